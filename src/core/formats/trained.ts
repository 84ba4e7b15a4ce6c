import type { Program } from '../model/program';
import type { Problem } from '../model/problem';
import { HumanError } from '../model/problem';
import { readModel } from './formats';
import type { ReadResult } from './readResult';
import { siblingOf, type ModelSource } from './source';

/** Of a program: the file that it was trained to was found and has other weights. */
export const misfitCode = 'keras-weights';

/** What is to be done in the editor about a program without trained weights. */
export const untrainedAdvice =
  'Run it, let it save the model beside it with model.save() or model.save_weights(), and convert it again.';

/**
 * A model as it is worked on: of a program that names the file it was trained to, and has it beside it, the model with
 * the weights of this file; every other one as it was read.
 */
export function readTrained(source: ModelSource, read: ReadResult = readModel(source)): ReadResult {
  const name = trainedNameOf(read);
  const bytes = name === undefined ? undefined : siblingOf(source, name);
  return name === undefined || bytes === undefined ? read : readModel({ ...source, trained: { name, bytes } });
}

/** The file that has the weights of a program's model; nothing where they are not its own. */
export function trainedNameOf({ program }: Pick<ReadResult, 'program'>): string | undefined {
  return program?.trained?.misfit === undefined ? program?.trained?.file : undefined;
}

/** @throws HumanError for a program, which only says how a model is built; `advice` names the next step. */
export function checkTrained(
  {
    path,
    program,
    problems,
  }: { readonly path: string; readonly program?: Program; readonly problems: readonly Problem[] },
  advice: string,
): void {
  if (program === undefined) return;
  const misfit = problems.find(({ code }) => code === misfitCode);
  throw new HumanError(
    'usage-untrained',
    misfit?.message ?? `${path} builds a model that has no trained weights. ${advice}`,
  );
}
