import type { Project, ProjectModel } from './projectValues';

/**
 * Position of the project's own entry for a model, whose path is relative to the file; -1 where it has none. An entry
 * for an array is that of `path#array`, and of its source as a whole.
 */
export function entryPlace({ models = [] }: Project, path: string): number {
  const asked = plainPath(path);
  return models.findIndex((entry) => isEntryOf(entry, asked));
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
