import type { PlacedText } from './lines';
import { linesOf, partOf } from './lines';

/** An option: its lines after the delimiter, without comments and blanks; empty ones are left out. */
interface IniOption {
  readonly key: string;
  readonly start: number;
  readonly lines: readonly PlacedText[];
}

export interface IniSection {
  readonly name: string;
  readonly options: ReadonlyMap<string, IniOption>;
}

interface IniFile {
  readonly sections: ReadonlyMap<string, IniSection>;
  /** The first line, counted from 0, that is none of the grammar: nothing is read from there on. */
  readonly damagedLine?: number;
}

/**
 * Reads what Python's `configparser` reads, with comments behind values as PlatformIO has them: a sign after a blank.
 * A section or option that comes twice is damage, as it is there.
 */
export function readIni(text: string): IniFile {
  const sections = new Map<string, IniSection>();
  let options: Map<string, IniOption> | undefined;
  let open: { readonly indent: number; readonly lines: PlacedText[] } | undefined;
  for (const [index, line] of linesOf(text).entries()) {
    const said = partOf(line, 0, commentOf(line.text));
    if (said.text === '') continue;
    const indent = said.start - line.start;
    if (open !== undefined && indent > open.indent) {
      open.lines.push(said);
      continue;
    }
    const name = sectionName(said.text);
    if (name !== undefined) {
      if (sections.has(name)) return { sections, damagedLine: index };
      options = new Map();
      open = undefined;
      sections.set(name, { name, options });
      continue;
    }
    const at = said.text.startsWith('[') ? -1 : delimiterOf(said.text);
    const key = said.text.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (options === undefined || key === '' || options.has(key)) return { sections, damagedLine: index };
    const value = partOf(said, at + 1);
    open = { indent, lines: value.text === '' ? [] : [value] };
    options.set(key, { key, start: said.start, lines: open.lines });
  }
  return { sections };
}

function sectionName(line: string): string | undefined {
  return line.startsWith('[') && line.endsWith(']') && line.length > 2 ? line.slice(1, -1) : undefined;
}

/** The first `=` or `:`. */
function delimiterOf(line: string): number {
  const found = ['=', ':'].map((sign) => line.indexOf(sign)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

/** Where the comment of a line begins, or the line ends. */
function commentOf(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const isSign = text[at] === '#' || text[at] === ';';
    if (isSign && (at === 0 || text[at - 1] === ' ' || text[at - 1] === '\t')) return at;
  }
  return text.length;
}
