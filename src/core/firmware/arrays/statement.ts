/** Kinds of tokens; a punctuator is its own character code. */
export const word = 1;
export const number = 2;
export const literal = 3;
/** An initialiser that was scanned, with its braces. */
export const body = 4;
/** `::` */
export const scope = 5;

/** A statement of more tokens is none that declares an array. */
const mostTokens = 512;

/** The tokens of the statement that is being read: kinds and places alone, since most statements are of no interest. */
export class Statement {
  readonly #kinds = new Uint8Array(mostTokens);
  readonly #starts = new Float64Array(mostTokens);
  readonly #ends = new Float64Array(mostTokens);
  #count = 0;
  #hasBrackets = false;

  /** Tokens kept; what follows too many of them is not. */
  get count(): number {
    return this.#count;
  }

  /** Whether a `[` is among the tokens. */
  get hasBrackets(): boolean {
    return this.#hasBrackets;
  }

  get isFull(): boolean {
    return this.#count === mostTokens;
  }

  add(kind: number, start: number, end: number): void {
    if (this.#count === mostTokens) return;
    this.#kinds[this.#count] = kind;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count++;
    if (kind === 91) this.#hasBrackets = true;
  }

  clear(): void {
    this.#count = 0;
    this.#hasBrackets = false;
  }

  /** Kind of a token; of one counted from the end for a negative index; 0 where there is none. */
  kind(index: number): number {
    const at = index < 0 ? this.#count + index : index;
    return at >= 0 && at < this.#count ? this.#kinds[at] : 0;
  }

  start(index: number): number {
    return this.#starts[index < 0 ? this.#count + index : index];
  }

  end(index: number): number {
    return this.#ends[index < 0 ? this.#count + index : index];
  }
}
