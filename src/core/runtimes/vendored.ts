import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { libraries } from './libraries';
import marks from './vendoredMarks.json';

/** A file of a copy of TFLM in a project. */
interface VendoredFile {
  /** With `/` between its parts. */
  readonly path: string;
  readonly text: string;
}

/** What the files of a copy of TFLM say of its version. */
export interface VendoredVersion {
  /** The first day of TFLM's history whose files these are; a value for the target's `tflmVersion`. */
  readonly tflmVersion: string;
  /** The first day whose files are others; absent where they are those of today. */
  readonly until?: string;
  /** How many of the files that tell versions apart agree with that, and how many were read. */
  readonly agreeing: number;
  readonly read: number;
  /** Ids of releases of libraries that hold TFLM of those days. */
  readonly releases: readonly string[];
}

/** `[hash, first day, first day without it]` of every state of a file, by its path within `tensorflow/lite/micro`. */
type Marks = Readonly<Record<string, readonly (readonly string[])[]>>;

/** The files that tell versions apart, by their paths within `tensorflow/lite/micro`. */
export const tellingFiles: readonly string[] = Object.keys(marks);

/**
 * The version of a copy of TFLM by the contents of its files, of which those in `tellingFiles` count, also as `.cpp`:
 * the days on which most of them are TFLM's own but for included names, spaces at the ends of lines and line ends.
 * `undefined` where that is not more than half of those that were read: changes of a library's own in some files do no
 * harm, and a copy from before April 2021, when TFLM's own history begins, is not taken for a later one.
 */
export function vendoredVersion(files: readonly VendoredFile[], table: Marks = marks): VendoredVersion | undefined {
  const states = new Map(Object.entries(table).map(([name, rows]) => [name, statesOf(rows)]));
  const named = files.flatMap(({ path, text }) => {
    const name = nameOf(path);
    return name === undefined ? [] : [states.get(name)?.get(markOf(text))];
  });
  const spans = named.filter((span) => span !== undefined);
  const days = [...new Set(spans.map(([since]) => since))].sort();
  const votes = days.map((day) => spans.filter(([since, until]) => since <= day && isBefore(day, until)).length);
  const agreeing = Math.max(0, ...votes);
  if (2 * agreeing <= named.length) return undefined;
  // Of days with as many votes the latest: what is copied is never older than its newest file.
  const tflmVersion = days[votes.lastIndexOf(agreeing)];
  const ends = spans
    .filter(([since, until]) => since <= tflmVersion && isBefore(tflmVersion, until))
    .flatMap(([, until]) => (until === undefined ? [] : [until]));
  const until = ends.sort().at(0);
  const releases = libraries.flatMap((library) =>
    library.holds === 'kernels'
      ? []
      : library.releases
          .filter(({ date }) => date !== undefined && date >= tflmVersion && isBefore(date, until))
          .map(({ id }) => id),
  );
  return { tflmVersion, ...(until === undefined ? {} : { until }), agreeing, read: named.length, releases };
}

/** A span of days by the hash of a file. */
function statesOf(rows: readonly (readonly string[])[]): ReadonlyMap<string, readonly [string, string | undefined]> {
  return new Map(rows.map(([hash, since, until]) => [hash, [since, until]]));
}

function isBefore(day: string, until: string | undefined): boolean {
  return until === undefined || day < until;
}

function nameOf(path: string): string | undefined {
  const plain = path.replace(/\.cpp$/, '.cc');
  return tellingFiles.find((name) => plain.endsWith(`/lite/micro/${name}`));
}

/** The first 8 digits of SHA-256, without the lines that include files, whose names ports change. */
function markOf(text: string): string {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#include'));
  return bytesToHex(sha256(utf8ToBytes(lines.map((line) => line.trimEnd()).join('\n')))).slice(0, 8);
}
