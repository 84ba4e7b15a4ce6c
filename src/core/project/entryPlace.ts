import { modelPlaceOf } from '../formats/kinds';
import type { Project, ProjectModel } from './projectValues';

/**
 * Position of the project's own entry for a model, whose path is relative to the file; -1 where it has none. An entry
 * for an array is that of `path#array`, and of its source as a whole.
 */
export function entryPlace({ models = [] }: Project, path: string): number {
  const asked = plainPath(path);
  return models.findIndex((entry) => isEntryOf(entry, asked));
}

/** Positions of all entries for a file, whichever of its models they are about. */
export function entriesOfFile({ models = [] }: Project, path: string): readonly number[] {
  const fileOf = (each: string): string => plainPath(modelPlaceOf(each).file);
  return models.flatMap((entry, index) => (fileOf(entry.path) === fileOf(path) ? [index] : []));
}

function isEntryOf({ path, array }: ProjectModel, asked: string): boolean {
  const own = plainPath(path);
  if (asked === own || asked === `${own}#${array ?? ''}`) return true;
  return array === undefined && asked.startsWith(`${own}#`);
}

/** A path without steps that lead nowhere: `./a/../b` is `b`. */
function plainPath(path: string): string {
  const steps: string[] = [];
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
