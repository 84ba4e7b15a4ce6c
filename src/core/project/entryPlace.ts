import type { Project } from './projectValues';

/** Position of the project's own entry for a model, whose path is relative to the file; -1 where it has none. */
export function entryPlace({ models = [] }: Project, path: string): number {
  return models.findIndex((entry) => plainPath(entry.path) === plainPath(path));
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
