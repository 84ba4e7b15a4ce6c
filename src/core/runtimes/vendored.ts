import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KernelLibrary } from '../operators/operator';
import { libraries } from './libraries';
import marks from './vendoredMarks.json';

/** A file of a copy of TFLM, as far as it tells versions apart. */
export interface VendoredState {
  /** Its path within `tensorflow/lite`. */
  readonly name: string;
  /** The first day on which TFLM's own history has these contents; absent where it never has. */
  readonly since?: string;
  /** The first day on which it has others again; absent where it still has them. */
  readonly until?: string;
}

/** What the files of a copy of TFLM say of its version. */
interface VendoredVersion {
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

/** `[hash, first day, first day without it]` of every state of a file, by its path within `tensorflow/lite`. */
type Marks = Readonly<Record<string, readonly (readonly string[])[]>>;

/**
 * The files that tell versions apart, by their paths within `tensorflow/lite`: each day on which the arena, the
 * operators or the known faults of TFLM's own files changed is the first day of one of their states. States are those
 * of the first parents of TFLM's main branch, and of two libraries from before that history.
 */
export const tellingFiles: readonly string[] = Object.keys(marks);

/** What a file of a copy is in TFLM's history, by its contents; `undefined` for one that does not tell. */
export function vendoredState(path: string, text: string, table: Marks = marks): VendoredState | undefined {
  const name = nameOf(path);
  if (name === undefined) return undefined;
  const mark = markOf(text);
  const [, since, until] = (table[name] ?? []).find(([hash]) => hash === mark) ?? [];
  return { name, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

/**
 * The version of a copy of TFLM by the contents of its files: the days on which most of them are TFLM's own but for
 * included names, spaces at the ends of lines and line ends. `undefined` where that is not more than half of those that
 * were read: changes of a library's own in some files do no harm, and a copy from before April 2021, when TFLM's own
 * history begins, is not taken for a later one.
 */
export function vendoredVersion(states: readonly VendoredState[]): VendoredVersion | undefined {
  const spans = states.flatMap(({ since, until }): Span[] => (since === undefined ? [] : [[since, until]]));
  const days = [...new Set(spans.map(([since]) => since))].sort();
  const votes = days.map((day) => spans.filter((span) => isOn(day, span)).length);
  const agreeing = Math.max(0, ...votes);
  if (2 * agreeing <= states.length) return undefined;
  // Of days with as many votes the latest: what is copied is never older than its newest file.
  const tflmVersion = days[votes.lastIndexOf(agreeing)];
  const ends = spans
    .filter((span) => isOn(tflmVersion, span))
    .flatMap(([, until]) => (until === undefined ? [] : [until]));
  const until = ends.sort().at(0);
  const releases = libraries.flatMap((library) =>
    library.holds === 'kernels'
      ? []
      : library.releases
          .filter(({ date }) => date !== undefined && isOn(date, [tflmVersion, until]))
          .map(({ id }) => id),
  );
  return { tflmVersion, ...(until === undefined ? {} : { until }), agreeing, read: states.length, releases };
}

/** Whose kernels lie in a copy of TFLM; `other` where they are for none of the runtimes here. */
export type CopiedKernels = KernelLibrary | 'other';

/** Folders of kernels in TFLM, by their names there and in earlier copies. */
const kernelFolders: ReadonlyMap<string, KernelLibrary> = new Map([
  ['cmsis_nn', 'cmsis_nn'],
  ['cmsis-nn', 'cmsis_nn'],
  ['esp_nn', 'esp_nn'],
]);

/** Whose convolution a file of a copy is; nothing for another file. */
export function copiedKernels(path: string): CopiedKernels | undefined {
  const match = /\/micro\/kernels\/(?:([^/]+)\/)?conv\.(?:cc|cpp)$/.exec(path);
  if (match === null) return undefined;
  return match[1] === undefined ? 'reference' : (kernelFolders.get(match[1]) ?? 'other');
}

type Span = readonly [since: string, until: string | undefined];

/** What came and went on one day counts on it. */
function isOn(day: string, [since, until]: Span): boolean {
  return since <= day && (since === day || isBefore(day, until));
}

function isBefore(day: string, until: string | undefined): boolean {
  return until === undefined || day < until;
}

function nameOf(path: string): string | undefined {
  const plain = path.replace(/\.cpp$/, '.cc');
  return tellingFiles.find((name) => plain.endsWith(`/lite/${name}`));
}

/** The first 8 digits of SHA-256, without the lines that include files, whose names ports change. */
function markOf(text: string): string {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#include'));
  return bytesToHex(sha256(utf8ToBytes(lines.map((line) => line.trimEnd()).join('\n')))).slice(0, 8);
}
