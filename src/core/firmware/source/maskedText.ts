import { attributeWords, isSymbolName } from './attributeWords';

/** A `#` line with its continuation lines: name, and what follows it without comments. */
export interface Directive {
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where `text` begins in the file. */
  readonly textStart: number;
}

/** Something that says where or how a variable lies: `alignas(16)`, `__attribute__((aligned(16)))`, `DMA_ATTR`. */
export interface Attribute {
  readonly name: string;
  /** What stands in its parentheses; absent where there are none. */
  readonly argument?: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A source text of the same length in which comments, directives and attributes are blank, so that a parser of the
 * language alone understands it, and what was blanked.
 */
export interface MaskedText {
  readonly text: string;
  readonly attributes: readonly Attribute[];
}

const token =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|R"([^()\\\s]{0,16})\([^]*?\)\1"|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|^[ \t]*#(?:[^\n\\]|\\[^])*|[A-Za-z_]\w*|\d[\w.]*(?:'\w+)*/gm;

/** Comments, literals and directives: without words, of which there are many more. */
const line =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|R"([^()\\\s]{0,16})\([^]*?\)\1"|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|^[ \t]*#(?:[^\n\\]|\\[^])*|\d[\w.]*(?:'\w+)+/gm;

/** The `#` lines of a text. */
export function directivesIn(source: string): readonly Directive[] {
  if (!source.includes('#')) return [];
  const found: Directive[] = [];
  for (const match of source.matchAll(line)) {
    const [word] = match;
    if (/^[ \t]*#/.test(word)) found.push(directiveOf(word, match.index));
  }
  return found;
}

/** Blanks what a parser of C++ without a preprocessor would stumble over; `macros` are names that mean attributes. */
export function maskText(source: string, macros: ReadonlySet<string>): MaskedText {
  const attributes: Attribute[] = [];
  const pieces: string[] = [];
  let done = 0;
  const blank = (start: number, end: number): void => {
    pieces.push(source.slice(done, start), source.slice(start, end).replace(/[^\n\r]/g, ' '));
    done = end;
  };
  const pattern = new RegExp(token);
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const [word] = match;
    if (word === '') break;
    const start = match.index;
    let end = start + word.length;
    if (!/^(?:\/[/*]|\s*#)/.test(word)) {
      const attribute = attributeAt(source, word, start, macros);
      if (attribute === undefined) continue;
      attributes.push(attribute);
      end = attribute.end;
    }
    blank(start, end);
    pattern.lastIndex = end;
  }
  return { text: pieces.join('') + source.slice(done), attributes };
}

function directiveOf(line: string, start: number): Directive {
  const [head, name] = /^\s*#\s*(\w*)\s*/.exec(line) ?? ['', ''];
  const text = line
    .slice(head.length)
    .replace(/\\\r?\n/g, (sign) => ' '.repeat(sign.length))
    .replace(/\/\*[^]*?\*\//g, (comment) => ' '.repeat(comment.length))
    .replace(/(^|[^:"'])\/\/.*$/, '$1')
    .trimEnd();
  return { name, text, start, end: start + line.length, textStart: start + head.length };
}

function attributeAt(source: string, word: string, start: number, macros: ReadonlySet<string>): Attribute | undefined {
  const from = start + word.length;
  const following = source.slice(from, from + 40);
  if (!attributeWords.test(word) && !macros.has(word) && !isSymbolName(word, following)) return undefined;
  const open = /^\s*\(/.exec(following);
  if (open === null) return { name: word, start, end: from };
  const end = closingAt(source, from + open[0].length);
  return { name: word, argument: source.slice(from + open[0].length, end - 1).trim(), start, end };
}

/** Just behind the parenthesis that closes what is open before `from`; within 1,000 characters. */
function closingAt(source: string, from: number): number {
  let depth = 1;
  const last = Math.min(source.length, from + 1000);
  for (let at = from; at < last; at += 1) {
    if (source[at] === '(') depth += 1;
    else if (source[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return last;
}
