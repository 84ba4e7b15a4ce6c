import { lookup } from '../core/text/lookup';

const reasons: Readonly<Record<string, string>> = lookup({
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  EEXIST: 'there is a file of that name already',
  ELOOP: 'its links lead in a circle, or a link stands where a file is to be',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'its name has a character that no name may have',
  EROFS: 'the file system is read-only',
  EFBIG: 'it is larger than a file may be here',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk has failed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
});

/** The code of a failure of the system (`ENOENT`); nothing for any other. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** A failure of the file system in words, as part of a sentence. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (
    (code === undefined ? undefined : reasons[code]) ?? code ?? (error instanceof Error ? error.message : String(error))
  );
}
