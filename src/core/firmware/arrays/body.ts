import type { BodyFlaw, Stretch } from './sourceArray';
import { conditionOf, directiveAt, isEndOfBranch, nextDirective, type DirectiveLine } from './directives';
import * as u from './units';

/** Taken once: the loops look at every unit of a body. */
const { unitClass, digit, wordStart, space, comma } = u;

/** An initialiser that was scanned. */
export interface ScannedBody {
  readonly body: Stretch;
  readonly form: 'numbers' | 'strings';
  readonly elements: number;
  readonly flaw?: BodyFlaw;
}

/** A scan of a list of numbers, and how the text goes on. */
interface NumbersScan {
  /** Absent where it is no list of numbers: of names, of strings, of structures. */
  readonly list?: ScannedBody;
  /** Behind the closing brace, or where the scan stopped: nothing before it needs to be looked at again. */
  readonly next: number;
  /** Braces that are open at `next`. */
  readonly openBraces: number;
  /** Lines whose branches are open at `next`. */
  readonly openBranches: readonly DirectiveLine[];
}

/** A list that begins with so many numbers is one of numbers, whatever follows. */
const surelyNumbers = 16;

/** Scans from the brace at `open` to its own, however large the list: each unit is looked at once. */
export function scanNumbers(units: Uint8Array, open: number): NumbersScan {
  const scan = new NumberScan(units, open);
  const { end, flaw, elements } = scan.run();
  const body = { start: open + 1, end };
  const isList = flaw?.kind !== 'notNumeric' || elements >= surelyNumbers;
  const list: ScannedBody | undefined = isList ? { body, form: 'numbers', elements, ...(flaw && { flaw }) } : undefined;
  const isClosed = units[end] === u.closeBrace && end < units.length && scan.depth === 0;
  const openBraces = flaw?.kind === 'notNumeric' ? scan.depth + 1 : 0;
  return { ...(list && { list }), next: isClosed ? end + 1 : end, openBraces, openBranches: scan.openBranches };
}

/** Takes the element at `index`: the stretch of its literal, and the unit of `-`, `+` or `~` before it, 0 for none. */
export type NumberVisitor = (index: number, start: number, end: number, sign: number) => void;

/** Visits the first `most` elements of a body that `scanNumbers` found. */
export function visitNumbers(units: Uint8Array, body: Stretch, most: number, visit: NumberVisitor): void {
  new NumberScan(units.subarray(0, body.end), body.start - 1, { most, visit }).run();
}

interface Visit {
  readonly most: number;
  readonly visit: NumberVisitor;
}

class NumberScan {
  readonly #visit: Visit | undefined;
  readonly #units: Uint8Array;
  #at: number;
  #depth = 0;
  #elements = 0;
  #flaw: BodyFlaw | undefined;
  /** An element was read that no comma has ended. */
  #isBehindElement = false;
  /** Lines of the branches that are open and count. */
  readonly #branches: DirectiveLine[] = [];

  /** A `-`, `+` or `~` that stands before the next element. */
  #sign = 0;

  constructor(units: Uint8Array, open: number, visit?: Visit) {
    this.#units = units;
    this.#visit = visit;
    this.#at = open + 1;
  }

  /** Braces that are open within the list. */
  get depth(): number {
    return this.#depth;
  }

  get openBranches(): readonly DirectiveLine[] {
    return this.#branches;
  }

  run(): { readonly end: number; readonly elements: number; readonly flaw?: BodyFlaw } {
    const units = this.#units;
    const most = this.#visit?.most ?? Infinity;
    while (this.#at < units.length && this.#elements < most) {
      const unit = units[this.#at];
      const kind = unitClass[unit];
      if (kind === digit) {
        if (this.#isBehindElement) return this.#stopAt(this.#at);
        this.#number();
      } else if (kind === space) this.#at++;
      else if (unit === comma) {
        this.#isBehindElement = false;
        this.#at++;
      } else if (unit === u.closeBrace && this.#depth === 0) return this.#end(this.#at);
      else if (!this.#other(unit)) return this.#stopAt(this.#at);
    }
    return this.#stopAt(units.length);
  }

  /** The common case, in one short loop. */
  #number(): void {
    const units = this.#units;
    let end = this.#at + 1;
    while (end < units.length && unitClass[units[end]] >= wordStart) end++;
    const next = units[end];
    if (next === u.dot || next === u.singleQuote || next === u.minus || next === 43) end = u.wordEnd(units, this.#at);
    this.#element(end);
  }

  #element(end: number): void {
    this.#visit?.visit(this.#elements, this.#at, end, this.#sign);
    this.#at = end;
    this.#elements++;
    this.#isBehindElement = true;
    this.#sign = 0;
  }

  /** False at what no list of numbers has. */
  #other(unit: number): boolean {
    switch (unit) {
      case u.slash: {
        const end = u.commentEnd(this.#units, this.#at);
        const isComment = end > this.#at;
        this.#at = end;
        return isComment;
      }
      case u.hash:
        return this.#directive();
      case u.openBrace:
        return this.#brace(1);
      case u.closeBrace:
        return this.#brace(-1);
      case u.singleQuote:
        return this.#character();
      case u.openParen:
        return this.#cast();
      case u.dot:
        if (this.#isBehindElement || unitClass[this.#units[this.#at + 1] ?? 0] !== digit) return false;
        this.#number();
        return true;
      case u.minus:
      case 43: // +
      case 126: // ~
        if (this.#isBehindElement) return false;
        this.#sign = unit;
        this.#at++;
        return true;
      default:
        return false;
    }
  }

  #brace(step: 1 | -1): boolean {
    if (step === 1 && this.#isBehindElement) return false;
    this.#depth += step;
    this.#at++;
    this.#isBehindElement = step === -1;
    return true;
  }

  #character(): boolean {
    if (this.#isBehindElement) return false;
    const end = u.literalEnd(this.#units, this.#at);
    if (end - this.#at < 3 || this.#units[end - 1] !== u.singleQuote) return false;
    this.#element(end);
    return true;
  }

  /** `(uint8_t)` before a number. */
  #cast(): boolean {
    if (this.#isBehindElement) return false;
    let end = this.#at + 1;
    const isName = (unit: number): boolean => unitClass[unit] !== u.other || unit === 58;
    while (end < this.#units.length && end - this.#at < 64 && isName(this.#units[end])) end++;
    if (this.#units[end] !== u.closeParen) return false;
    this.#at = end + 1;
    return true;
  }

  /**
   * Branches whose condition is 0 or 1 are decided; `#include` and other conditions are flaws, and the scan goes on.
   */
  #directive(): boolean {
    const found = directiveAt(this.#units, this.#at);
    const { start, name, rest, end } = found;
    if (isEndOfBranch(name) && this.#branches.length === 0) return false;
    this.#at = end;
    if (name === 'include' || name === 'embed') {
      const file = /^(?:"([^"]+)"|<([^>]+)>)/.exec(rest);
      this.#flaw ??= { kind: 'included', start, file: file?.[1] ?? file?.[2] ?? rest.trim() };
    } else if (isEndOfBranch(name)) {
      this.#branches.pop();
      if (name !== 'endif') this.#passTo('endif');
    } else if (/^(?:if|ifdef|ifndef)$/.test(name)) this.#branch(found);
    return true;
  }

  #branch(opening: DirectiveLine): void {
    let found = opening;
    while (conditionOf(found) === false) {
      found = this.#passTo('el');
      if (found.name === 'endif' || found.name === '') return;
    }
    if (conditionOf(found) === undefined) this.#flaw ??= { kind: 'conditional', start: found.start };
    this.#branches.push(found);
  }

  /** Passes over a branch that does not count, and over all that follow it where `until` is the last line. */
  #passTo(until: 'endif' | 'el'): DirectiveLine {
    let found = nextDirective(this.#units, this.#at);
    while (until === 'endif' && found.name !== 'endif' && found.name !== '')
      found = nextDirective(this.#units, found.end);
    this.#at = found.end;
    return found;
  }

  #end(end: number): { readonly end: number; readonly elements: number; readonly flaw?: BodyFlaw } {
    return { end, elements: this.#elements, ...(this.#flaw && { flaw: this.#flaw }) };
  }

  #stopAt(start: number): { readonly end: number; readonly elements: number; readonly flaw: BodyFlaw } {
    const { length } = this.#units;
    const isCut = start >= length || this.#units[start] === u.semicolon;
    const end = Math.min(start, length);
    if (isCut) return { ...this.#end(end), flaw: { kind: 'cut', start: end } };
    const isWord = unitClass[this.#units[start]] === wordStart;
    const wordEnd = isWord ? u.wordEnd(this.#units, start) : start + 1;
    const word = u.textOf(this.#units, start, Math.min(wordEnd, start + 80));
    return { ...this.#end(end), flaw: { kind: 'notNumeric', start, word } };
  }
}
