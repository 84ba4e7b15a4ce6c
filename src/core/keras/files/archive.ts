import { unzipSync } from 'fflate';
import { ModelError } from '../../model/problem';

/** Bytes that the members of one archive may unpack to. */
const mostUnpackedBytes = 2 ** 30;

/** Deflate makes at most so many bytes of one: a member that claims more is damaged, and gets no memory for it. */
const mostGrowth = 1032;

/** The beginning of every archive with a member. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes.length > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The members of a `.keras` file that `names` has; those that it lacks are left out.
 * @throws ModelError `keras-archive` where the archive is damaged, or claims what it cannot hold.
 */
export function archiveMembers(bytes: Uint8Array, names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  let unpacked = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (!names.includes(name)) return false;
        unpacked += originalSize;
        if (originalSize > size * mostGrowth + 64 || unpacked > mostUnpackedBytes) throw new Error('cannot be');
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch {
    throw new ModelError(
      'keras-archive',
      'The Keras file is a damaged archive, or one that claims more bytes than it can hold. Save the model again.',
    );
  }
}
