import { kindOfPath, isForeign } from '../core/formats/kinds';

/** Commands that look for models in folders. */
const searching: ReadonlySet<string> = new Set(['check', 'doctor', 'export']);

/** Commands that read the files that they are given. */
const readingModels: ReadonlySet<string> = new Set([
  'analyze',
  'list',
  'compare',
  'run',
  'quantize',
  'prune',
  'fit',
  'convert',
]);

/** Commands that do their work on a thread, which begins with the same arguments: the first one reads nothing. */
const threaded: ReadonlySet<string> = new Set(['quantize', 'prune', 'fit', 'convert']);

/** Whether the thread that hears signals leaves all reading to another one. */
export function readsOnThread([command = '']: readonly string[]): boolean {
  return threaded.has(command);
}

/**
 * Whether a command line may read a format that no microcontroller runs, or has to name all formats: their readers are
 * a third of what a start loads.
 */
export function mayReadForeign([command, ...rest]: readonly string[]): boolean {
  if (command === undefined) return false;
  if (searching.has(command) || rest.some(isForeign)) return true;
  const isPath = (arg: string, index: number): boolean =>
    !arg.startsWith('-') && !(rest[index - 1] ?? '').startsWith('-');
  const paths = rest.filter(isPath);
  const isUnknown = paths.some((path) => kindOfPath(path) === undefined);
  return isUnknown && readingModels.has(command);
}
