import { fileNameOf } from './paths';

/** A file is read up to where it is damaged. */
export function damagedSentence(path: string, line: number): string {
  return `${fileNameOf(path)} is read up to line ${line + 1}, which is not understood. Correct it there.`;
}
