/** Where a section comes from. `strings` are log messages and other text, whatever their origin. */
export type CodeOrigin = 'kernels' | 'kernelLibrary' | 'libraries' | 'registration' | 'strings';

/**
 * What operators of one kernel library pull into an image. A group is a set of linker sections that the same operators
 * need; an image gives the bytes of each group on one core in one kind of build.
 */
export interface CodeImages {
  /** Names as in the resolver's methods, `Conv2D`; int8-only registrations as `Conv2D__CONV_2D_INT8`. */
  readonly operators: readonly string[];
  /** Of each group: the operators (indices into `operators`) that need it. */
  readonly groups: readonly (readonly number[])[];
  /** By `core|build`. */
  readonly images: Readonly<Record<string, CodeImage | undefined>>;
}

export interface CodeImage {
  /** Flash of the image without any operator: interpreter, allocator, planner, start-up. */
  readonly base: number;
  /** By origin: pairs of group index and bytes, one after the other. */
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
  /** Bytes of every group, by origin. */
  readonly parts: Readonly<Record<CodeOrigin, Float64Array>>;
}

/** Bytes that a set of operators adds to the image without operators, by origin. */
export type OriginBytes = Readonly<Record<CodeOrigin, number>>;

export interface SetBytes {
  readonly byOrigin: OriginBytes;
  /** Bytes of strings of the operator that has most. */
  readonly largestStrings: number;
}

/** Lays out the table for summing. */
export function indexImages({ operators, groups, images }: CodeImages): IndexedImages {
  const groupsOf: number[][] = operators.map(() => []);
  for (const [group, users] of groups.entries()) for (const user of users) groupsOf[user].push(group);
  const indexed = Object.entries(images).flatMap(([key, image]) =>
    image === undefined ? [] : [[key, indexImage(image, groups.length)] as const],
  );
  return { operators, groupsOf, groupCount: groups.length, images: new Map(indexed) };
}

function indexImage({ base, parts }: CodeImage, groupCount: number): IndexedImage {
  return { base, parts: ofOrigins((origin) => dense(parts[origin] ?? [], groupCount)) };
}

function dense(pairs: readonly number[], groupCount: number): Float64Array {
  const bytes = new Float64Array(groupCount);
  for (let index = 0; index + 1 < pairs.length; index += 2) bytes[pairs[index]] = pairs[index + 1];
  return bytes;
}

/** The union of what `operators` (indices) need: each group counts once. */
export function setBytes(images: IndexedImages, image: IndexedImage, operators: ReadonlySet<number>): SetBytes {
  const needed = new Uint8Array(images.groupCount);
  let largestStrings = 0;
  for (const operator of operators) {
    let strings = 0;
    for (const group of images.groupsOf[operator]) {
      needed[group] = 1;
      strings += image.parts.strings[group];
    }
    largestStrings = Math.max(largestStrings, strings);
  }
  return { byOrigin: ofOrigins((origin) => sumOf(image.parts[origin], needed)), largestStrings };
}

function sumOf(bytes: Float64Array, needed: Uint8Array): number {
  let sum = 0;
  for (const [group, each] of bytes.entries()) sum += each * needed[group];
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
