import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareVersions } from './versionRange';
import marks from './vendoredKernelMarks.json';

/** A file of a copy of a library of kernels, as far as it tells releases apart. */
export interface VendoredKernelFile {
  /** Id of the library in `libraries.ts`. */
  readonly library: string;
  /** Its path within the library. */
  readonly name: string;
  /** Releases that have its code, oldest first; none for code of no release. */
  readonly releases: readonly string[];
}

/** `[hash of the code, releases with it…]` of the states of each file, by library and path within it. */
type Marks = Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

/** The files of libraries of kernels that tell releases apart, by their paths within the libraries. */
export const tellingKernelFiles: readonly string[] = Object.values(marks).flatMap((files) => Object.keys(files));

/** What releases a file of a copy is of, by its code; nothing for one that does not tell. */
export function vendoredKernelFile(path: string, text: string, table: Marks = marks): VendoredKernelFile | undefined {
  for (const [library, files] of Object.entries(table)) {
    const found = Object.entries(files).find(([name]) => `/${path}`.endsWith(`/${name}`));
    if (found === undefined) continue;
    const [name, states] = found;
    const mark = markOf(text);
    return { library, name, releases: states.find(([hash]) => hash === mark)?.slice(1) ?? [] };
  }
  return undefined;
}

/** Files of a copy of which fewer say too little. */
const leastFiles = 3;

/**
 * The release of a copy, as a value for the target's `kernelsVersion`: the newest that has the code of all files that
 * were read. Code between releases, and code that somebody changed, is of none.
 */
export function vendoredKernelsVersion(files: readonly VendoredKernelFile[]): string | undefined {
  const [first, ...others] = files;
  if (first === undefined || files.length < leastFiles) return undefined;
  const common = first.releases.filter((release) => others.every(({ releases }) => releases.includes(release)));
  const newest = [...common].sort(compareVersions).at(-1);
  return newest === undefined ? undefined : `${first.library}-${newest}`;
}

/** The first 8 digits of SHA-256 of the code: without comments, blanks around lines, and lines that include files. */
function markOf(text: string): string {
  const lines = withoutBlocks(text)
    .split('\n')
    .map((line) => line.split('//')[0].trim())
    .filter((line) => line !== '' && !line.startsWith('#include'));
  return bytesToHex(sha256(utf8ToBytes(lines.join('\n')))).slice(0, 8);
}

/** A text without its comments between signs, in one pass. */
function withoutBlocks(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('/*'); at >= 0; at = text.indexOf('/*', from)) {
    pieces.push(text.slice(from, at));
    const end = text.indexOf('*/', at + 2);
    if (end < 0) return pieces.join('');
    from = end + 2;
  }
  return [...pieces, text.slice(from)].join('');
}
