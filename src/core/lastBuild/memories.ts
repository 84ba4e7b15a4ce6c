/** A memory as the linker or a table of boards has it. */
export interface Memory {
  readonly name: string;
  readonly origin: number;
  readonly bytes: number;
}

/** What the linker put somewhere as a whole. */
export interface LinkedSection {
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
  /** Where its initial values are kept, if that is elsewhere. */
  readonly keptAt?: number;
}

/** A memory of the linker, with what the sections of the last build take of it. */
export interface LinkedRegion extends Memory {
  /** Of all sections that lie there, stacks and heap among them, and of the initial values that are kept there. */
  readonly takenBytes: number;
  /** Of a heap that was given all that the others left, which `takenBytes` does not count. */
  readonly heapBytes: number;
  /** Variables lie there. */
  readonly holdsVariables: boolean;
}

/** Gaps up to this size between sections are there for alignment, and hold nothing else. */
const mostAlignmentBytes = 64;

/** Stacks at the end of one memory of which more are not looked at: one for each core. */
const mostStacks = 16;

/** Sections without initial values, by the names that linker scripts give them. */
const withoutValues = /^\.?_*(?:s?bss|t?bss|noinit|uninit|heap|stack|user_heap)|\.bss$|\.noinit$/i;

/** What sections take of memories, bytes that several have in common once. */
export function takenOf(memories: readonly Memory[], sections: readonly LinkedSection[]): readonly LinkedRegion[] {
  const stretches = new Map<Memory, Stretch[]>(memories.map((memory) => [memory, []]));
  const variables = new Set<Memory>();
  const add = (home: Memory | undefined, start: number, bytes: number): void => {
    if (home !== undefined) stretches.get(home)?.push({ start, end: start + bytes });
  };
  const heaps = new Map(memories.map((memory) => [memory, fillingHeap(memory, sections)]));
  for (const section of sections) {
    const { name, address, bytes, keptAt } = section;
    const home = memoryAt(memories, address);
    if (home !== undefined && heaps.get(home) === section) continue;
    add(home, address, bytes);
    const hasValues = !withoutValues.test(name);
    const image = keptAt === undefined || !hasValues ? undefined : memoryAt(memories, keptAt);
    if (home !== undefined && bytes > 0 && (!hasValues || image !== undefined)) variables.add(home);
    if (keptAt !== undefined && image !== home) add(image, keptAt, bytes);
  }
  return memories.map((memory) => ({
    ...memory,
    takenBytes: lengthOf(stretches.get(memory) ?? []),
    heapBytes: heaps.get(memory)?.bytes ?? 0,
    holdsVariables: variables.has(memory),
  }));
}

/** The memory that an address is in. */
export function memoryAt<Any extends Memory>(memories: readonly Any[], address: number): Any | undefined {
  return memories.find(({ origin, bytes }) => origin <= address && address < origin + bytes);
}

/** The heap of a memory that goes to its end, or to the stack at its end: it was given what was left. */
function fillingHeap({ origin, bytes }: Memory, sections: readonly LinkedSection[]): LinkedSection | undefined {
  const limit = origin + bytes;
  const endOf = (section: LinkedSection): number => section.address + section.bytes;
  const isLast = (end: number): boolean => limit - end >= 0 && limit - end <= mostAlignmentBytes;
  const stacks = sections
    .filter((section) => /stack/i.test(section.name) && isLast(endOf(section)))
    .slice(0, mostStacks);
  return sections.find(
    (section) =>
      /heap/i.test(section.name) &&
      !/stack/i.test(section.name) &&
      section.address > origin &&
      section.bytes > 0 &&
      (isLast(endOf(section)) ||
        stacks.some(
          ({ address }) =>
            address >= endOf(section) && address - endOf(section) <= mostAlignmentBytes && address < limit,
        )),
  );
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function lengthOf(stretches: readonly Stretch[]): number {
  const ordered = stretches.filter(({ start, end }) => end > start).sort((left, right) => left.start - right.start);
  let [length, end] = [0, Number.NEGATIVE_INFINITY];
  for (const next of ordered) {
    const from = next.start - end <= mostAlignmentBytes ? Math.min(end, next.end) : next.start;
    length += Math.max(0, next.end - from);
    end = Math.max(end, next.end);
  }
  return length;
}
