import { scanArrays } from './scan';
import type { ScannedSource } from './sourceArray';
import { unitsOf } from './units';

/** Shorter bodies cost a parser nothing, and may say something: a shape, a handful of pins. */
const leastBlanked = 256;

/**
 * The text with the long bodies of its arrays replaced by spaces, for a parser: of the same length, with the same
 * lines,
 * so that every offset and line holds. A string literal becomes an empty one.
 */
export function blankBodies(text: string, scanned: ScannedSource = scanArrays(unitsOf(text))): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { body, form } of scanned.arrays) {
    if (body.end - body.start < leastBlanked) continue;
    const opening = form === 'strings' ? '""' : '';
    parts.push(text.slice(kept, body.start), opening, blank(text, body.start + opening.length, body.end));
    kept = body.end;
  }
  return parts.join('') + text.slice(kept);
}

function blank(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length));
}
