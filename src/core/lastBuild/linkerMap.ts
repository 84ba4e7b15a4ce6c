import { gnuMap } from './gnuMap';
import { lldMap } from './lldMap';
import type { LinkerMap } from './mapParts';

/** A map file of GNU ld or LLVM lld; nothing where the text is none, or ends before its sections do. */
export function readLinkerMap(text: string): LinkerMap | undefined {
  return /^\s*VMA\s+LMA\s+Size\s+Align\s+Out\s+In\s+Symbol/.test(text) ? lldMap(text) : gnuMap(text);
}
