import { execFileSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import type { Siblings } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import { FolderSiblings } from '../dataset/folderSiblings';
import { SiblingAccount } from '../dataset/siblingAccount';
import { mostBytesOf } from '../files/limits';

const timeoutMs = 20_000;

/**
 * A file as a revision of its Git repository has it; `undefined` where that revision has no such file, or there is no
 * repository. Nothing that the repository configures is run.
 * @throws HumanError where the revision is none that Git knows, or Git is not there
 */
export function fileAt(revision: string, path: string): Uint8Array | undefined {
  try {
    return git(dirname(path), ['cat-file', 'blob', `${revision}:./${basename(path)}`]);
  } catch {
    return undefined;
  }
}

/**
 * Files beside one, as a revision has them, bounded as those of a folder. Programs that import it are those of today,
 * with the texts of the revision, so that a builder is shown for the same caller in both.
 */
export function siblingsAt(revision: string, path: string, root: string): Siblings {
  const account = new SiblingAccount();
  return {
    read: (name) => {
      const bytes = fileAt(revision, join(dirname(path), name));
      account.take(name, bytes?.byteLength ?? 0);
      return bytes;
    },
    importers: (names) => new FolderSiblings(path, root).importers(names),
  };
}

/** @throws HumanError where a revision is none that Git knows in a folder, or Git is not there */
export function checkRevision(revision: string, folder: string): void {
  try {
    // What begins like an option is none: `--end-of-options` says so.
    git(folder, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`]);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new HumanError(
      'usage-revision',
      isMissing
        ? '--since needs Git, and there is no git on the path. Install it, or leave --since out.'
        : `"${revision}" is no revision of a Git repository that ${folder} lies in. Name a branch, a tag or a commit; in CI it may have to be fetched first.`,
    );
  }
}

function git(folder: string, args: readonly string[]): Uint8Array {
  return execFileSync('git', ['-C', folder, ...args], {
    maxBuffer: mostBytesOf.model,
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
}
