import { LazyTable } from '../../text/lazyTable';

/** Where a section comes from. `strings` are log messages and other text, whatever their origin. */
export type CodeOrigin = 'kernels' | 'kernelLibrary' | 'libraries' | 'registration' | 'strings';

/**
 * What operators of one kernel library pull into an image. A group is a set of linker sections that the same operators
 * need; an image gives the bytes of each group on one core in one kind of build.
 */
interface CodeImages {
  /** Names as in the resolver's methods, `Conv2D`; int8-only registrations as `Conv2D__CONV_2D_INT8`. */
  readonly operators: readonly string[];
  /** Of each group: the operators (indices into `operators`) that need it. */
  readonly groups: readonly (readonly number[])[];
  /** By `core|build`. */
  readonly images: Readonly<Record<string, CodeImage | undefined>>;
}

interface CodeImage {
  /** Flash of the image without any operator: interpreter, allocator, planner, start-up. */
  readonly base: number;
  /** By origin: pairs of group index and bytes, one after another. */
  readonly parts: Readonly<Partial<Record<CodeOrigin, readonly number[]>>>;
}

/** The same, laid out for summing. */
export interface IndexedImages {
  readonly operators: readonly string[];
  /** Of each operator: the groups that it needs. */
  readonly groupsOf: readonly (readonly number[])[];
  readonly groupCount: number;
  readonly images: ReadonlyMap<string, IndexedImage>;
}

export interface IndexedImage {
  readonly base: number;
  readonly parts: Readonly<Record<CodeOrigin, PartBytes>>;
}

/** The groups that have bytes of one origin, and as many bytes. */
interface PartBytes {
  readonly groups: readonly number[];
  readonly bytes: readonly number[];
}

/** Bytes that a set of operators adds to the image without operators, by origin. */
export type OriginBytes = Readonly<Record<CodeOrigin, number>>;

interface SetBytes {
  readonly byOrigin: OriginBytes;
  /** Bytes of strings of the operator that has most. */
  readonly largestStrings: number;
}

/** Lays out the table for summing. */
export function indexImages({ operators, groups, images }: CodeImages): IndexedImages {
  const groupsOf: number[][] = operators.map(() => []);
  for (const [group, users] of groups.entries()) for (const user of users) groupsOf[user].push(group);
  const linked = new Map(Object.entries(images).flatMap(([key, image]) => (image === undefined ? [] : [[key, image]])));
  const indexed = new LazyTable(linked.keys(), (key) => indexImage(linked.get(key)!));
  return { operators, groupsOf, groupCount: groups.length, images: indexed };
}

function indexImage({ base, parts }: CodeImage): IndexedImage {
  return { base, parts: ofOrigins((origin) => indexPart(parts[origin] ?? [])) };
}

function indexPart(pairs: readonly number[]): PartBytes {
  return {
    groups: pairs.filter((_, index) => index % 2 === 0),
    bytes: pairs.filter((_, index) => index % 2 === 1),
  };
}

/** The union of what `operators` (indices) need: each group counts once. */
export function setBytes(images: IndexedImages, image: IndexedImage, operators: ReadonlySet<number>): SetBytes {
  const needed = groupsOf(images, operators);
  const strings = [...operators].map((operator) => sumOf(image.parts.strings, groupsOf(images, [operator])));
  return {
    byOrigin: ofOrigins((origin) => sumOf(image.parts[origin], needed)),
    largestStrings: Math.max(0, ...strings),
  };
}

/** 1 for each group that one of the operators needs. */
function groupsOf(images: IndexedImages, operators: Iterable<number>): Uint8Array {
  const needed = new Uint8Array(images.groupCount);
  for (const operator of operators) for (const group of images.groupsOf[operator]) needed[group] = 1;
  return needed;
}

function sumOf({ groups, bytes }: PartBytes, needed: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < groups.length; index += 1) sum += bytes[index] * needed[groups[index]];
  return sum;
}

/**
 * What a set adds once the linker has merged equal strings: of the strings beyond those of the operator that has most,
 * the share `stringOverlap` is already there. Code is not merged.
 */
export function mergedBytes({ byOrigin, largestStrings }: SetBytes, stringOverlap: number): OriginBytes {
  return { ...byOrigin, strings: byOrigin.strings - stringOverlap * (byOrigin.strings - largestStrings) };
}

/** Sum over all origins. */
export function totalBytes({ kernels, kernelLibrary, libraries, registration, strings }: OriginBytes): number {
  return kernels + kernelLibrary + libraries + registration + strings;
}

/** A value for each origin. */
export function ofOrigins<T>(value: (origin: CodeOrigin) => T): Readonly<Record<CodeOrigin, T>> {
  return {
    kernels: value('kernels'),
    kernelLibrary: value('kernelLibrary'),
    libraries: value('libraries'),
    registration: value('registration'),
    strings: value('strings'),
  };
}
