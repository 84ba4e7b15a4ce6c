import type { LinkerMap } from './mapParts';
import { mapLines, notLoaded, ObjectBytes, takesNoFlash } from './mapParts';
import type { LinkedSection, Memory } from './memories';

/** A linker script with more memories is none: no chip has so many. */
const mostMemories = 256;
const mostSections = 10_000;

/**
 * A map file of GNU ld; nothing where the text is no such file, or ends before its sections. Source: GNU ld, "Memory
 * Configuration" and "Linker script and memory map", as `-Wl,-Map` of binutils 2.40 writes them: an output section
 * begins its line, what object files give to it stands below with a space in front, and a long name has the rest on
 * the next line. One pass over lines.
 */
export function gnuMap(text: string): LinkerMap | undefined {
  const [memories, sections, objects]: [Memory[], LinkedSection[], ObjectBytes] = [[], [], new ObjectBytes()];
  let part: 'before' | 'memories' | 'sections' = 'before';
  let [isWhole, isLoaded] = [false, false];
  let longName: string | undefined;
  for (const line of mapLines(text)) {
    if (line === 'Memory Configuration') part = 'memories';
    else if (line === 'Linker script and memory map') part = 'sections';
    else if (part === 'memories') {
      const memory = memoryOf(line);
      if (memory !== undefined) memories.push(memory);
      if (memories.length > mostMemories) return undefined;
    } else if (part === 'sections') {
      if (line.startsWith('OUTPUT(')) isWhole = true;
      const [first, ...rest] = wordsOf(line);
      const isContinued: boolean = longName !== undefined && first.startsWith('0x');
      const name: string = isContinued ? (longName ?? '') : first;
      const words = isContinued ? [first, ...rest] : rest;
      const isOutput = isContinued ? !/^\s/.test(name) : /^[\w.]/.test(line);
      longName = !isContinued && words.length === 0 && /^ ?[\w.]/.test(line) ? line : undefined;
      if (longName !== undefined) continue;
      if (isOutput) {
        const section = sectionOf(name, words);
        isLoaded = section !== undefined && !notLoaded.test(name);
        if (section !== undefined && isLoaded && sections.length < mostSections) sections.push(section);
      } else if (isLoaded && (isContinued || /^ [\w.]/.test(line))) addObject(objects, name.trim(), words);
    }
  }
  return isWhole ? { memories, sections, objects: objects.all } : undefined;
}

/** A name may have spaces: the last word is the rest of the line. */
function wordsOf(line: string): readonly [string, ...string[]] {
  const match = /^\s*(\S+)(?:\s+(\S+)(?:\s+(\S+)(?:\s+(.*))?)?)?/.exec(line);
  if (match === null) return [''];
  const [, first, ...rest] = match;
  return [first, ...rest.filter((word) => (word as string | undefined) !== undefined)];
}

/** `RAM  0x20000000  0x00040000  xrw`. The memory of the linker itself, `*default*`, has no end. */
function memoryOf(line: string): Memory | undefined {
  const [name, origin, length] = line.split(/\s+/, 3);
  const [from, bytes] = [hexadecimal(origin), hexadecimal(length)];
  if (name === '*default*' || from === undefined || bytes === undefined || bytes === 0) return undefined;
  return { name, origin: from, bytes };
}

/** `.data  0x20000000  0x28  load address 0x000000a8`. */
function sectionOf(name: string, [address, size, rest]: readonly (string | undefined)[]): LinkedSection | undefined {
  const [at, bytes] = [hexadecimal(address), hexadecimal(size)];
  if (at === undefined || bytes === undefined) return undefined;
  const keptAt = hexadecimal(/^load address (\S+)/.exec(rest ?? '')?.[1]);
  return { name, address: at, bytes, ...(keptAt === undefined ? {} : { keptAt }) };
}

/** ` .text.main  0x00000000  0x80 firmware.o`; a symbol has no size, and what fills gaps no file. */
function addObject(objects: ObjectBytes, section: string, words: readonly (string | undefined)[]): void {
  const [, size, file] = words;
  const bytes = hexadecimal(size);
  if (file === undefined || bytes === undefined || takesNoFlash.test(section)) return;
  objects.add(file, bytes);
}

function hexadecimal(word: string | undefined): number | undefined {
  const value = word !== undefined && /^0x[\da-f]{1,16}$/i.test(word) ? Number(word) : undefined;
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}
