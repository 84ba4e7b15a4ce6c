import type { Subject } from '../core/analysis/subject';
import { HumanError } from '../core/model/problem';

/** @throws HumanError for a program, which only says how a model is built. */
export function checkTrained({ path, program }: Pick<Subject, 'path' | 'program'>): void {
  if (program === undefined) return;
  throw new HumanError(
    'usage-untrained',
    `${path} builds a model that has no trained weights. Run it, let it save the model with model.save(), and name that file, or its weights with --weights FILE.`,
  );
}
