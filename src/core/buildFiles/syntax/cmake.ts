import type { PlacedText } from './lines';

/** A call of CMake with its arguments, quotes taken off. */
export interface CMakeCommand {
  /** In lower case. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly arguments: readonly PlacedText[];
  /** It stands in a branch, a loop or a function: whether it runs is not known. */
  readonly isConditional: boolean;
}

const openers: ReadonlySet<string> = new Set(['if', 'foreach', 'while', 'function', 'macro']);

/** Commands that are read of one file. */
const mostCommands = 20_000;

/** Reads the commands of a CMake file, in one pass; what is no command is passed over. */
export function readCMake(text: string): readonly CMakeCommand[] {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly CMakeCommand[] {
    const commands: CMakeCommand[] = [];
    let depth = 0;
    while (this.#at < this.#text.length && commands.length < mostCommands) {
      if (this.#skipComment()) continue;
      const name = this.#word();
      if (name === undefined) {
        this.#at += 1;
        continue;
      }
      const start = this.#at - name.length;
      this.#skipBlanks();
      if (this.#text[this.#at] !== '(') continue;
      const args = this.#arguments();
      if (args === undefined) return commands;
      const lower = name.toLowerCase();
      if (openers.has(lower)) depth += 1;
      if (lower.startsWith('end') && openers.has(lower.slice(3))) depth = Math.max(0, depth - 1);
      commands.push({ name: lower, start, end: this.#at, arguments: args, isConditional: depth > 0 });
    }
    return commands;
  }

  #word(): string | undefined {
    const start = this.#at;
    while (this.#at < this.#text.length && isWordSign(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#at === start ? undefined : this.#text.slice(start, this.#at);
  }

  #skipBlanks(): void {
    while (' \t'.includes(this.#text.at(this.#at) ?? '.')) this.#at += 1;
  }

  /** `# …` and `#[=[ … ]=]`. */
  #skipComment(): boolean {
    if (this.#text[this.#at] !== '#') return false;
    const close = this.#bracketClose(this.#at + 1);
    const end = this.#text.indexOf(close ?? '\n', this.#at + 1);
    this.#at = end < 0 ? this.#text.length : end + (close?.length ?? 1);
    return true;
  }

  /** What ends a bracket that begins at an offset: `[==[` ends with `]==]`. */
  #bracketClose(at: number): string | undefined {
    if (this.#text[at] !== '[') return undefined;
    let end = at + 1;
    while (this.#text[end] === '=' && end - at < 40) end += 1;
    return this.#text[end] === '[' ? `]${'='.repeat(end - at - 1)}]` : undefined;
  }

  /** From the opening parenthesis to behind the closing one; nothing where there is none. */
  #arguments(): readonly PlacedText[] | undefined {
    const found: PlacedText[] = [];
    let depth = 0;
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at];
      if (sign === '(' || sign === ')') {
        this.#at += 1;
        depth += sign === '(' ? 1 : -1;
        if (depth === 0) return found;
      } else if (sign === '#') this.#skipComment();
      else if (' \t\r\n;'.includes(sign)) this.#at += 1;
      else {
        const argument = this.#argument();
        if (argument === undefined) return undefined;
        found.push(argument);
      }
    }
    return undefined;
  }

  #argument(): PlacedText | undefined {
    const start = this.#at;
    const close = this.#bracketClose(start);
    if (close !== undefined) {
      const from = start + close.length;
      const end = this.#text.indexOf(close, from);
      if (end < 0) return undefined;
      this.#at = end + close.length;
      return { text: this.#text.slice(from, end), start, end: this.#at };
    }
    const pieces: string[] = [];
    let isQuoted = false;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const sign = this.#text[this.#at];
      if (sign === '\\') {
        this.#at += 1;
        pieces.push(this.#text[this.#at] ?? '');
      } else if (sign === '"') isQuoted = !isQuoted;
      else if (!isQuoted && ' \t\r\n;()#'.includes(sign)) break;
      else pieces.push(sign);
    }
    return isQuoted ? undefined : { text: pieces.join(''), start, end: this.#at };
  }
}

function isWordSign(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || (code >= 48 && code <= 57) || code === 95;
}
