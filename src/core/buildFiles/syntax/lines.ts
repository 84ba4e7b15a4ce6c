/** A part of a text, with its place. */
export interface PlacedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Values were filled in, so that parts of it have no places of their own. */
  readonly isFilled?: boolean;
}

/** The lines of a text, without their ends. */
export function linesOf(text: string): readonly PlacedText[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const placed = placedAt(line.endsWith('\r') ? line.slice(0, -1) : line, start);
    start += line.length + 1;
    return placed;
  });
}

function placedAt(text: string, start: number): PlacedText {
  return { text, start, end: start + text.length };
}

/** What lies between two offsets into a part, without blanks at both ends. */
export function partOf({ text, start, end, isFilled }: PlacedText, from: number, to = text.length): PlacedText {
  const part = text.slice(from, to);
  if (isFilled === true) return { text: part.trim(), start, end, isFilled };
  return placedAt(part.trim(), start + from + part.length - part.trimStart().length);
}

/** Parts between separators, without blanks around them; empty ones are left out. */
export function partsOf(whole: PlacedText, separator: string): readonly PlacedText[] {
  const parts: PlacedText[] = [];
  let from = 0;
  for (const piece of whole.text.split(separator)) {
    parts.push(partOf(whole, from, from + piece.length));
    from += piece.length + separator.length;
  }
  return parts.filter(({ text }) => text !== '');
}
