import type { PlacedText } from './lines';
import { linesOf, partOf } from './lines';

/**
 * A value of a YAML file. `unread` is what the files of builds do not need: text over several lines, anchors, aliases,
 * tags.
 */
export type YamlValue =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'map'; readonly entries: readonly YamlEntry[] }
  | { readonly kind: 'list'; readonly items: readonly YamlValue[] }
  | { readonly kind: 'unread' };

interface YamlEntry {
  readonly key: PlacedText;
  readonly value: YamlValue;
}

interface YamlFile {
  readonly root: YamlValue;
  /** The first line, counted from 0, that is not understood: nothing is read from there on. */
  readonly damagedLine?: number;
}

const unread: YamlValue = { kind: 'unread' };

/** Levels that are read: the files of builds have six. */
const mostLevels = 24;

interface Line {
  readonly indent: number;
  readonly said: PlacedText;
  readonly index: number;
}

/** Marks a line that is not understood; what stood before it holds. */
class DamageAt extends Error {
  readonly index: number;

  constructor(index: number) {
    super('A line is not understood.');
    this.index = index;
  }
}

/**
 * Reads the maps, lists and words that YAML files of builds are made of, each with its place, in time proportional to
 * the text. Of a key that comes twice neither value is read.
 */
export function readYaml(text: string): YamlFile {
  return new Reader(text).read();
}

class Reader {
  readonly #lines: Line[] = [];
  #at = 0;

  constructor(text: string) {
    for (const [index, line] of linesOf(text).entries()) {
      const said = partOf(line, 0, commentOf(line.text));
      if (said.text === '' || (index === 0 && said.text.startsWith('%'))) continue;
      const isMark = said.text === '---' || said.text === '...';
      if (isMark && this.#lines.length > 0) break;
      // A tab is no indentation: no level is that of such a line.
      const isTabbed = line.text.slice(0, said.start - line.start).includes('\t');
      if (!isMark) this.#lines.push({ indent: isTabbed ? -1 : said.start - line.start, said, index });
    }
  }

  read(): YamlFile {
    const entries: YamlEntry[] = [];
    try {
      const [first] = this.#lines;
      if (first === undefined) return { root: unread };
      if (isItem(first.said.text)) return { root: this.#list(first.indent, 0), ...this.#rest() };
      this.#entries(first.indent, 0, entries);
      return { root: mapOf(entries), ...this.#rest() };
    } catch (error) {
      if (!(error instanceof DamageAt)) throw error;
      return { root: mapOf(entries), damagedLine: error.index };
    }
  }

  #rest(): { readonly damagedLine?: number } {
    const line = this.#lines.at(this.#at);
    return line === undefined ? {} : { damagedLine: line.index };
  }

  /** What stands deeper than a line. */
  #below(indent: number, level: number, mayBeList: boolean): YamlValue {
    const line = this.#lines.at(this.#at);
    if (line === undefined) return unread;
    const isList = isItem(line.said.text);
    if (line.indent < indent || (line.indent === indent && !(mayBeList && isList))) return unread;
    if (level > mostLevels) throw new DamageAt(line.index);
    if (isList) return this.#list(line.indent, level);
    const entries: YamlEntry[] = [];
    this.#entries(line.indent, level, entries);
    return mapOf(entries);
  }

  #entries(indent: number, level: number, into: YamlEntry[]): void {
    for (let line = this.#lines.at(this.#at); line?.indent === indent; line = this.#lines.at(this.#at)) {
      const split = keyOf(line.said);
      if (isItem(line.said.text)) return;
      if (split === undefined) throw new DamageAt(line.index);
      this.#at += 1;
      into.push({ key: split.key, value: this.#value(split.rest, indent, level) });
    }
    const next = this.#lines.at(this.#at);
    if (next !== undefined && next.indent > indent) throw new DamageAt(next.index);
  }

  #list(indent: number, level: number): YamlValue {
    const items: YamlValue[] = [];
    for (let line = this.#lines.at(this.#at); line?.indent === indent; line = this.#lines.at(this.#at)) {
      if (!isItem(line.said.text)) break;
      const rest = partOf(line.said, 1);
      if (keyOf(rest) !== undefined && !/^[[{"'&*!|>]/.test(rest.text)) {
        // The map of an item begins in its line.
        const inner = indent + rest.start - line.said.start;
        this.#lines[this.#at] = { indent: inner, said: rest, index: line.index };
        items.push(this.#below(inner - 1, level + 1, false));
        continue;
      }
      this.#at += 1;
      items.push(this.#value(rest, indent, level));
    }
    return { kind: 'list', items };
  }

  #value(rest: PlacedText, indent: number, level: number): YamlValue {
    if (rest.text === '') return this.#below(indent, level + 1, true);
    const value = inlineValue(rest);
    // Deeper lines go on with a text, or are of a flow that did not end.
    let isLonger = false;
    for (
      let line = this.#lines.at(this.#at);
      line !== undefined && line.indent > indent;
      line = this.#lines.at(this.#at)
    ) {
      this.#at += 1;
      isLonger = true;
    }
    return isLonger ? unread : value;
  }
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

function mapOf(entries: readonly YamlEntry[]): YamlValue {
  const counts = new Map<string, number>();
  for (const { key } of entries) counts.set(key.text, (counts.get(key.text) ?? 0) + 1);
  return {
    kind: 'map',
    entries: entries.map((entry) => (counts.get(entry.key.text) === 1 ? entry : { key: entry.key, value: unread })),
  };
}

/** The key of a line, and what stands behind its colon. */
function keyOf(line: PlacedText): { readonly key: PlacedText; readonly rest: PlacedText } | undefined {
  const { text } = line;
  const quote = text[0] === '"' || text[0] === "'" ? text[0] : '';
  const from = quote === '' ? 0 : text.indexOf(quote, 1) + 1;
  if (quote !== '' && from === 0) return undefined;
  for (let at = text.indexOf(':', from); at >= 0; at = text.indexOf(':', at + 1)) {
    if (at + 1 < text.length && text[at + 1] !== ' ') continue;
    const key = partOf(line, quote === '' ? 0 : 1, quote === '' ? at : from - 1);
    return key.text === '' ? undefined : { key, rest: partOf(line, at + 1) };
  }
  return undefined;
}

function inlineValue(rest: PlacedText): YamlValue {
  if (!/^[[{"'&*!|>%@`]/.test(rest.text)) return { kind: 'text', ...rest };
  const flow = new FlowReader(rest);
  return flow.whole();
}

/** A value in one line: `{a: "b", c: [d]}`. */
class FlowReader {
  readonly #rest: PlacedText;
  #at = 0;

  constructor(rest: PlacedText) {
    this.#rest = rest;
  }

  whole(): YamlValue {
    const value = this.#value(0);
    return value !== undefined && this.#at === this.#rest.text.length ? value : unread;
  }

  #value(level: number): YamlValue | undefined {
    if (level > mostLevels) return undefined;
    this.#skipBlanks();
    const sign = this.#rest.text.at(this.#at);
    if (sign === '[' || sign === '{') return this.#collection(sign, level);
    const word = sign === '"' || sign === "'" ? this.#quoted(sign) : this.#plain();
    return word && { kind: 'text', ...word };
  }

  #collection(sign: '[' | '{', level: number): YamlValue | undefined {
    const [end, items, entries]: [string, YamlValue[], YamlEntry[]] = [sign === '[' ? ']' : '}', [], []];
    this.#at += 1;
    for (;;) {
      this.#skipBlanks();
      if (this.#take(end)) break;
      const value = this.#value(level + 1);
      if (value === undefined) return undefined;
      this.#skipBlanks();
      if (sign === '{') {
        if (value.kind !== 'text' || !this.#take(':')) return undefined;
        const below = this.#value(level + 1);
        if (below === undefined) return undefined;
        entries.push({ key: { text: value.text, start: value.start, end: value.end }, value: below });
      } else items.push(value);
      this.#skipBlanks();
      if (!this.#take(',') && this.#rest.text.at(this.#at) !== end) return undefined;
    }
    return sign === '[' ? { kind: 'list', items } : mapOf(entries);
  }

  #quoted(quote: string): PlacedText | undefined {
    const { text, start } = this.#rest;
    const from = this.#at;
    const end = text.indexOf(quote, from + 1);
    const inner = text.slice(from + 1, end);
    // Signs that are written by others are not needed in versions and names.
    if (end < 0 || inner.includes('\\') || text[end + 1] === quote) return undefined;
    this.#at = end + 1;
    return { text: inner, start: start + from, end: start + this.#at };
  }

  #plain(): PlacedText | undefined {
    const { text } = this.#rest;
    const from = this.#at;
    if (/^[&*!|>%@`]/.test(text.slice(from, from + 1))) return undefined;
    while (this.#at < text.length && !'[]{},'.includes(text[this.#at])) {
      if (text[this.#at] === ':' && (this.#at + 1 === text.length || ' ,}]'.includes(text[this.#at + 1]))) break;
      this.#at += 1;
    }
    const word = partOf(this.#rest, from, this.#at);
    return word.text === '' ? undefined : word;
  }

  #take(sign: string): boolean {
    const isThere = this.#rest.text.at(this.#at) === sign;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #skipBlanks(): void {
    while (this.#rest.text.at(this.#at) === ' ') this.#at += 1;
  }
}

/** Where the comment of a line begins, or the line ends: `#` after a blank, outside of quotes. */
function commentOf(text: string): number {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const isFirst = at === 0 || ' \t'.includes(text[at - 1]);
    if (quote === '' && sign === '#' && isFirst) return at;
    if (sign === quote) quote = '';
    else if (quote === '' && (sign === '"' || sign === "'") && (isFirst || '[{,:'.includes(text[at - 1]))) quote = sign;
  }
  return text.length;
}

/** The value of a key of a map; nothing where there is none, or it is another kind of value. */
export function valueAt(value: YamlValue | undefined, key: string): YamlValue | undefined {
  return value?.kind === 'map' ? value.entries.find((entry) => entry.key.text === key)?.value : undefined;
}

/** A text; nothing for another kind of value. */
export function textAt(value: YamlValue | undefined, key: string): (YamlValue & { kind: 'text' }) | undefined {
  const found = valueAt(value, key);
  return found?.kind === 'text' ? found : undefined;
}
