import type { LinkerMap } from './mapParts';
import { mapLines, notLoaded, ObjectBytes, takesNoFlash } from './mapParts';
import type { LinkedSection } from './memories';

const mostSections = 10_000;

/**
 * A map file of LLVM lld, which has no memories; nothing where the text ends before its sections. Source: LLVM 18,
 * lld/ELF/MapFile.cpp: VMA, LMA and size in hexadecimal, the alignment in decimal digits, then an output section in
 * the first column, an input section in the second, or a symbol in the third; the sections of names come last.
 */
export function lldMap(text: string): LinkerMap | undefined {
  const [sections, objects]: [LinkedSection[], ObjectBytes] = [[], new ObjectBytes()];
  let [isWhole, isLoaded] = [false, false];
  for (const line of mapLines(text)) {
    const match = /^\s*([\da-f]{1,16})\s+([\da-f]{1,16})\s+([\da-f]{1,16})\s+\d+ (.*)$/.exec(line);
    if (match === null) continue;
    const [address, load, bytes] = match.slice(1, 4).map((digits) => Number.parseInt(digits, 16));
    if (![address, load, bytes].every(Number.isSafeInteger)) continue;
    const [, , , , said] = match;
    const name = said.trim();
    if (/^[.\w]/.test(said)) {
      if (/^\.(?:sh)?strtab$/.test(name)) isWhole = true;
      isLoaded = !notLoaded.test(name) && !name.includes(' ') && bytes > 0;
      const keptAt = load === address ? {} : { keptAt: load };
      if (isLoaded && sections.length < mostSections) sections.push({ name, address, bytes, ...keptAt });
      continue;
    }
    const input = /^ {8}(\S.*):\(([^()]*)\)$/.exec(said);
    if (isLoaded && input !== null && !takesNoFlash.test(input[2])) objects.add(input[1], bytes);
  }
  return isWhole ? { memories: [], sections, objects: objects.all } : undefined;
}
