/** A memory of the linker, with what the sections of the last build take of it. */
export interface LinkedRegion {
  readonly name: string;
  readonly bytes: number;
  /** Of all sections that lie there, stacks and heap among them, and of the initial values that are kept there. */
  readonly takenBytes: number;
}

interface Region {
  readonly name: string;
  readonly origin: number;
  readonly bytes: number;
  takenBytes: number;
}

/** Sections that are no part of what is loaded; their address is 0, which may be that of a memory. */
const notLoaded = /^\.(?:debug|comment|stab|ARM\.attributes|riscv\.attributes|xtensa\.info|gnu\.|note\.GNU)/;

/** Sections without initial values, by the names that linker scripts give them. */
const withoutValues = /^\.?_*(?:s?bss|t?bss|noinit|uninit|heap|stack|user_heap)/i;

/** A linker script with more memories is none: no chip has so many. */
const mostRegions = 256;

/**
 * The memories of a map file of GNU ld, in its order; none where the text is no such file, or ends before its sections.
 * Source: GNU ld, "Memory Configuration" and "Linker script and memory map", as `-Wl,-Map` of binutils 2.40 writes
 * them: an output section begins its line, and one with a long name has its address on the next. One pass over lines.
 */
export function linkedRegions(text: string): readonly LinkedRegion[] {
  const regions: Region[] = [];
  let part: 'before' | 'memories' | 'sections' = 'before';
  let isWhole = false;
  let longName: string | undefined;
  for (const line of linesOf(text)) {
    if (line === 'Memory Configuration') part = 'memories';
    else if (line === 'Linker script and memory map') part = 'sections';
    else if (part === 'memories') {
      const region = regionOf(line);
      if (region !== undefined) regions.push(region);
      if (regions.length > mostRegions) return [];
    } else if (part === 'sections') {
      if (line.startsWith('OUTPUT(')) isWhole = true;
      const words = line.trim().split(/\s+/, 6);
      if (longName !== undefined && words[0].startsWith('0x')) addSection(regions, [longName, ...words]);
      longName = undefined;
      if (/^[\w.]/.test(line) && words.length === 1) longName = words[0];
      else if (/^[\w.]/.test(line)) addSection(regions, words);
    }
  }
  return isWhole ? regions : [];
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    // A line of a map is short; what is longer is none.
    yield text.slice(start, Math.min(end, start + 1000)).trimEnd();
    start = end + 1;
  }
}

/** `RAM  0x20000000  0x00040000  xrw`. The memory of the linker itself, `*default*`, has no end. */
function regionOf(line: string): Region | undefined {
  const [name, origin, length] = line.split(/\s+/, 3);
  const [from, bytes] = [hexadecimal(origin), hexadecimal(length)];
  if (name === '*default*' || from === undefined || bytes === undefined || bytes === 0) return undefined;
  return { name, origin: from, bytes, takenBytes: 0 };
}

/** `.data  0x20000000  0x28  load address 0x000000a8`. */
function addSection(regions: readonly Region[], words: readonly string[]): void {
  const [name, address, size, load, word, kept] = words;
  const [at, bytes] = [hexadecimal(address), hexadecimal(size)];
  if (at === undefined || bytes === undefined || notLoaded.test(name)) return;
  const home = regionAt(regions, at);
  if (home !== undefined) home.takenBytes += bytes;
  const image = load === 'load' && word === 'address' ? hexadecimal(kept) : undefined;
  const other = image === undefined || withoutValues.test(name) ? undefined : regionAt(regions, image);
  if (other !== undefined && other !== home) other.takenBytes += bytes;
}

function regionAt(regions: readonly Region[], address: number): Region | undefined {
  return regions.find(({ origin, bytes }) => origin <= address && address < origin + bytes);
}

function hexadecimal(word: string | undefined): number | undefined {
  return word !== undefined && /^0x[\da-f]{1,16}$/i.test(word) ? Number(word) : undefined;
}
