import { bool, dict, float, int, list, none, str } from '../evaluate/plainValues';
import { unknown } from '../evaluate/machine';
import type { PythonPlace, PythonValue } from '../evaluate/values';

/** A line of YAML without its comment. */
interface YamlLine {
  readonly indent: number;
  readonly text: string;
}

/** Blocks within each other beyond which nothing is read. */
const mostDepth = 30;

/**
 * The value of a YAML file of settings: blocks of keys and items, lists and maps in brackets on one line, plain and
 * quoted texts. What is written otherwise (anchors, texts over several lines, tags) is not known, and all else is.
 */
export function yamlValue(text: string, at: PythonPlace): PythonValue {
  const reader = new YamlReader(linesOf(text), at);
  return reader.block(0);
}

function linesOf(text: string): readonly YamlLine[] {
  return text
    .split(/\r?\n/)
    .map((line) => ({ indent: line.length - line.trimStart().length, text: withoutComment(line).trim() }))
    .filter(({ text: each }) => each !== '' && each !== '---' && !each.startsWith('%'));
}

function withoutComment(line: string): string {
  let quote = '';
  for (let place = 0; place < line.length; place += 1) {
    const letter = line[place];
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '#' && (place === 0 || /\s/.test(line[place - 1]))) return line.slice(0, place);
  }
  return line;
}

const keyed = /^(?:"([^"]*)"|'([^']*)'|([^\s"'[\]{},&*!|>%@`#-][^:#]*?|-[^\s:#][^:#]*?))\s*:(?:\s+(.*))?$/;

class YamlReader {
  #next = 0;
  #depth = 0;

  constructor(
    readonly lines: readonly YamlLine[],
    readonly at: PythonPlace,
  ) {}

  /** The block that begins at the next line, with lines of at least `indent`. */
  block(indent: number): PythonValue {
    const first = this.lines.at(this.#next);
    if (first === undefined || first.indent < indent) return none;
    if (this.#depth >= mostDepth) return this.#unread(indent);
    this.#depth += 1;
    const made = isItem(first.text) ? this.#items(first.indent) : this.#keys(first.indent);
    this.#depth -= 1;
    return made;
  }

  #items(indent: number): PythonValue {
    const items: PythonValue[] = [];
    for (;;) {
      const line = this.lines.at(this.#next);
      if (line === undefined || line.indent !== indent || !isItem(line.text)) break;
      const rest = line.text.slice(1).trim();
      if (keyed.test(rest) && !/^[[{]/.test(rest)) {
        // A map begins behind the dash: its keys stand as far in as the first.
        const inner = indent + line.text.length - rest.length;
        (this.lines as YamlLine[])[this.#next] = { indent: inner, text: rest };
        items.push(this.block(inner));
      } else {
        this.#next += 1;
        if (isItem(rest)) return this.#unread(indent);
        items.push(rest === '' ? this.block(indent + 1) : this.#scalar(rest, indent));
      }
    }
    return list(items);
  }

  #keys(indent: number): PythonValue {
    const entries: (readonly [PythonValue, PythonValue])[] = [];
    for (;;) {
      const line = this.lines.at(this.#next);
      if (line === undefined || line.indent !== indent) break;
      const found = keyed.exec(line.text);
      if (found === null) {
        // A text that goes on, or what is not followed: nothing of this block is sure.
        return this.#unread(indent);
      }
      this.#next += 1;
      const [, double, single, plain, value = ''] = found as (string | undefined)[];
      const key = double ?? single;
      entries.push([key === undefined ? scalarOf(plain ?? '', this.at) : str(key), this.#valueBehind(value, indent)]);
    }
    return dict(entries);
  }

  #valueBehind(value: string, indent: number): PythonValue {
    if (value !== '') return this.#scalar(value, indent);
    const next = this.lines.at(this.#next);
    // Items of a list may stand as far in as their key.
    return next !== undefined && next.indent === indent && isItem(next.text)
      ? this.#items(indent)
      : this.block(indent + 1);
  }

  /** A value on one line; lines that stand further in go on with it. */
  #scalar(text: string, indent: number): PythonValue {
    const next = this.lines.at(this.#next);
    const goesOn = next !== undefined && next.indent > indent;
    return goesOn ? this.#unread(indent + 1) : valueOnLine(text, this.at);
  }

  #unread(indent: number): PythonValue {
    while (this.#next < this.lines.length && this.lines[this.#next].indent >= indent) this.#next += 1;
    return unknown('This part of a YAML file is not followed.', this.at);
  }
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

function valueOnLine(text: string, at: PythonPlace): PythonValue {
  if (!/^[[{]/.test(text)) return scalarOf(text, at);
  const flow = new FlowReader(text, at);
  const made = flow.value(0);
  return flow.isDone && made !== undefined ? made : unknown('This part of a YAML file is not followed.', at);
}

function scalarOf(text: string, at: PythonPlace): PythonValue {
  const quoted = /^"([^"\\]*)"$|^'((?:[^']|\'\')*)'$/.exec(text) as (string | undefined)[] | null;
  if (quoted !== null) return str(quoted[1] ?? (quoted[2] ?? '').replaceAll("''", "'"));
  if (/^["'&*!|>%@`$]|\$\{/.test(text)) return unknown('This part of a YAML file is not followed.', at);
  if (/^(?:~|null|Null|NULL)?$/.test(text)) return none;
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return bool(true);
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return bool(false);
  // A number that begins with 0 is octal or a text, and digits with colons are of base 60.
  if (/^[-+]?(?:0|[1-9][\d_]*)$/.test(text)) return int(Number(text.replaceAll('_', '')));
  if (/^[-+]?(?:\d[\d_]*)?\.\d*(?:[eE][-+]\d+)?$/.test(text) && /\d/.test(text)) {
    return float(Number(text.replaceAll('_', '')));
  }
  return /^[-+]?[\d:_]+$|^0[xob]/.test(text) ? unknown('This number of a YAML file is not followed.', at) : str(text);
}

/** Lists and maps in brackets. */
class FlowReader {
  #next = 0;

  constructor(
    readonly text: string,
    readonly at: PythonPlace,
  ) {}

  get isDone(): boolean {
    return this.text.slice(this.#next).trim() === '';
  }

  value(depth: number): PythonValue | undefined {
    this.#skip();
    const open = this.text[this.#next];
    if (depth > mostDepth) return undefined;
    if (open === '[') return this.#list(depth);
    if (open === '{') return this.#map(depth);
    const found = /^(?:"[^"\\]*"|'[^']*'|[^[\]{},:]+(?::[^\s,\]}][^,\]}]*)?)/.exec(
      this.text.slice(this.#next, this.#next + 500),
    );
    if (found === null) return undefined;
    this.#next += found[0].length;
    return scalarOf(found[0].trim(), this.at);
  }

  #list(depth: number): PythonValue | undefined {
    const items: PythonValue[] = [];
    for (this.#next += 1; ; this.#next += 1) {
      this.#skip();
      if (this.#ends(']')) return list(items);
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      this.#skip();
      if (this.#ends(']')) return list(items);
      if (this.text[this.#next] !== ',') return undefined;
    }
  }

  #map(depth: number): PythonValue | undefined {
    const entries: (readonly [PythonValue, PythonValue])[] = [];
    for (this.#next += 1; ; this.#next += 1) {
      this.#skip();
      if (this.#ends('}')) return dict(entries);
      const key = this.value(depth + 1);
      this.#skip();
      if (key === undefined || this.text[this.#next] !== ':') return undefined;
      this.#next += 1;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      entries.push([key, value]);
      this.#skip();
      if (this.#ends('}')) return dict(entries);
      if (this.text[this.#next] !== ',') return undefined;
    }
  }

  #ends(bracket: string): boolean {
    if (this.text[this.#next] !== bracket) return false;
    this.#next += 1;
    return true;
  }

  #skip(): void {
    while (this.text[this.#next] === ' ') this.#next += 1;
  }
}
