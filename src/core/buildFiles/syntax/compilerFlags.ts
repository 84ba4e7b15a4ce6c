import type { Definition } from '../facts';
import type { PlacedText } from './lines';

/** What flags of a compiler say, each with its place. */
interface ReadFlags {
  readonly definitions: readonly { readonly definition: Definition; readonly word: PlacedText }[];
  /** `-O` flags, without the dash. */
  readonly optimizations: readonly { readonly level: string; readonly word: PlacedText }[];
  /** Words that may define names in a way that is not followed: a script, a file of flags, a macro with parameters. */
  readonly hasOther: boolean;
}

/** Reads flags as a shell would split them. */
export function readFlags(flags: readonly PlacedText[]): ReadFlags {
  const definitions: { definition: Definition; word: PlacedText }[] = [];
  const optimizations: { level: string; word: PlacedText }[] = [];
  let hasOther = false;
  for (const line of flags) {
    const words = wordsOf(line);
    if (words === undefined || line.text.startsWith('!')) {
      hasOther = true;
      continue;
    }
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at];
      const flag = word.text.slice(0, 2);
      if (flag === '-D' || flag === '-U') {
        const isAlone = word.text.length === 2;
        const said = isAlone ? (words.at(at + 1)?.text ?? '') : word.text.slice(2).trim();
        if (isAlone) at += 1;
        const definition = flag === '-D' ? definitionOf(said) : nameAlone(said);
        if (definition === undefined) hasOther = true;
        else definitions.push({ definition, word });
      } else if (flag === '-O') optimizations.push({ level: word.text.slice(1), word });
      else if (word.text.startsWith('-include') || word.text.startsWith('@') || word.text.includes('$'))
        hasOther = true;
    }
  }
  return { definitions, optimizations, hasOther };
}

/** `NAME`, which is 1, or `NAME=TEXT`; nothing for a macro with parameters and for what is no name. */
export function definitionOf(text: string): Definition | undefined {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!isName(name) || text.includes('$')) return undefined;
  return { name, text: at < 0 ? '1' : text.slice(at + 1) };
}

function nameAlone(name: string): Definition | undefined {
  return isName(name) ? { name } : undefined;
}

function isName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z_]\w*$/.test(text);
}

/** The words of a line, quotes and backslashes taken as a shell takes them; nothing where a quote does not end. */
export function wordsOf({ text, start, end, isFilled }: PlacedText): readonly PlacedText[] | undefined {
  const words: PlacedText[] = [];
  let [word, from, quote] = ['', -1, ''];
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text.at(at) ?? ' ';
    if ((quote === '' && (sign === ' ' || sign === '\t')) || at === text.length) {
      if (from >= 0)
        words.push({ text: word, ...(isFilled === true ? { start, end } : { start: start + from, end: start + at }) });
      [word, from] = ['', -1];
      continue;
    }
    if (from < 0) from = at;
    if (sign === quote) quote = '';
    else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === '\\' && quote !== "'" && at + 1 < text.length) {
      at += 1;
      word += quote === '"' && text[at] !== '"' && text[at] !== '\\' ? `\\${text[at]}` : text[at];
    } else word += sign;
  }
  return quote === '' ? words : undefined;
}
