import { withoutLogPrefix } from './logPrefix';

const word = /[\w()/.-]/;
const operatorName = /^[A-Z][A-Z\d]{1,}(?:_[A-Z\d]+)*$/;
const anyName = /^[A-Za-z_]/;

/**
 * The prefix of a stream as its own header shows it: what stands before the header stands before the rows, but for
 * other digits in it. For loggers whose form is not known.
 */
export class ConstantPrefix {
  #prefix = '';

  /** `prefix`: what stood before a header that is known. */
  learn(prefix: string): void {
    this.#prefix = prefix;
  }

  /**
   * The line as a header's rows may be: without the prefix that was learned where it has that, else without what is one
   * by its form.
   */
  strip(line: string): string {
    const end = endOfSame(this.#prefix, line);
    return end === undefined ? withoutLogPrefix(line) : line.slice(end).trim();
  }
}

/**
 * Where in a line a prefix ends that is the same but for its digits and the number of blanks; nothing where there is
 * none.
 */
function endOfSame(prefix: string, line: string): number | undefined {
  if (prefix.trim() === '') return undefined;
  let at = 0;
  for (let index = 0; index < prefix.length;) {
    const kind = kindOf(prefix.charCodeAt(index));
    if (kind === undefined) {
      if (prefix[index] !== line[at]) return undefined;
      index += 1;
      at += 1;
      continue;
    }
    const [from, start] = [index, at];
    while (index < prefix.length && kindOf(prefix.charCodeAt(index)) === kind) index += 1;
    // The last run of a prefix may go on in the row: only as much of it is taken.
    const most = index === prefix.length && kind === 'digit' ? index - from : Infinity;
    while (at - start < most && kindOf(line.charCodeAt(at)) === kind) at += 1;
    if (at === start) return undefined;
  }
  return at;
}

function kindOf(code: number): 'digit' | 'blank' | undefined {
  if (code >= 0x30 && code <= 0x39) return 'digit';
  return code === 0x20 || code === 0x09 ? 'blank' : undefined;
}

/**
 * Names of events without the prefix that all of them begin with, where what is left are names of operators: of loggers
 * whose form is not known. Names that have nothing in common stay as they are.
 */
export function withoutCommonPrefix(tags: readonly string[]): readonly string[] {
  const parts = tags.map(partsOf);
  const [first] = parts;
  if (first === undefined || first.head === '') return tags;
  const isCommon = parts.every(({ head, name }) => head === first.head && anyName.test(name));
  const operators = parts.filter(({ name }) => operatorName.test(name)).length;
  return isCommon && operators * 2 >= parts.length ? parts.map(({ name }) => name) : tags;
}

/** The last word, and what stands before it with every number made one digit and every gap one blank. */
function partsOf(tag: string): { readonly head: string; readonly name: string } {
  let start = tag.length;
  while (start > 0 && word.test(tag[start - 1])) start -= 1;
  const head = tag.slice(0, start).replace(/\d+/g, '0').replace(/\s+/g, ' ');
  return { head, name: tag.slice(start) };
}
