import { mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { HumanError } from '../core/model/problem';
import { isWithin } from './opening';
import { codeOf } from './reasons';

/**
 * Makes a folder with those above it, unless it is there. With `within` it must lie in one of these folders, links
 * followed on both sides: nothing is made, and nothing can be written, where a link leads elsewhere.
 * @throws HumanError `folder-outside`; what the system says where it cannot be made
 */
export function makeFolderSync(path: string, within?: readonly string[]): void {
  checkFolderWithin(path, within);
  mkdirSync(path, { recursive: true });
  checkFolderWithin(path, within);
}

/** @throws HumanError `folder-outside` where a folder, or the nearest there is above it, lies in none of `within` */
export function checkFolderWithin(path: string, within: readonly string[] | undefined): void {
  if (within === undefined) return;
  const place = nearestReal(path);
  if (isWithin(place, within.map(nearestReal))) return;
  throw new HumanError(
    'folder-outside',
    `${path} leads to ${place}, outside of the open folder, and nothing is written there. Put a folder in the place of the link.`,
  );
}

/** Where a folder really is; of one that is not there, the nearest above it. */
function nearestReal(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      return realpathSync(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || folder === dirname(folder)) throw error;
    }
  }
}
