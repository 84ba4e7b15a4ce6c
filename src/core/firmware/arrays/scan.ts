import { scanNumbers, type ScannedBody } from './body';
import { declarationOf, declaratorBefore, type Declarator } from './declarator';
import { directiveAt } from './directives';
import { integerOf } from './attributes';
import { elementType } from './elementTypes';
import { KnownMeanings } from './meanings';
import type { ArrayDeclaration, ScannedSource, SourceArray } from './sourceArray';
import * as s from './statement';
import { scanStrings } from './stringLiteral';
import { Surroundings } from './surroundings';
import * as u from './units';

/**
 * Finds the arrays of numbers in C or C++ source, in one pass over its units, tolerant of whatever else stands there.
 * Takes bytes of UTF-8 or ASCII, or the units of a string (`unitsOf`): spans are offsets into what is given.
 */
export function scanArrays(units: Uint8Array): ScannedSource {
  return new SourceScan(units).run();
}

/**
 * A file that is nothing but numbers with commas between them, to be included between braces: an array of bytes without
 * a name. `undefined` where anything else stands in it.
 */
export function scanBareNumbers(units: Uint8Array): SourceArray | undefined {
  const { list } = scanNumbers(units, -1);
  if (list?.flaw?.kind !== 'cut' || list.body.end < units.length || list.elements === 0) return undefined;
  const whole = { start: 0, end: units.length };
  return {
    name: '',
    namespace: '',
    nameSpan: { start: 0, end: 0 },
    span: whole,
    body: whole,
    form: 'numbers',
    elements: list.elements,
    type: elementType(['uint8_t']),
    lengthText: '',
    isConst: false,
    isStatic: false,
    isExtern: false,
    isInBlock: false,
    isProgmem: false,
    unknownWords: [],
    guards: [],
  };
}

const equals = 61;
const colon = 58;
const greaterThan = 62;

class SourceScan {
  readonly #units: Uint8Array;
  readonly #statement = new s.Statement();
  readonly #meanings = new KnownMeanings();
  readonly #around = new Surroundings();
  readonly #arrays: SourceArray[] = [];
  readonly #declarations: ArrayDeclaration[] = [];
  /** The last declaration of each qualified name. */
  readonly #earlier = new Map<string, ArrayDeclaration>();
  #at = 0;
  #isLineStart = true;
  #hasBlocks = false;

  constructor(units: Uint8Array) {
    this.#units = units;
    // Byte order mark of UTF-8.
    if (units[0] === 0xef && units[1] === 0xbb && units[2] === 0xbf) this.#at = 3;
  }

  run(): ScannedSource {
    const units = this.#units;
    while (this.#at < units.length) {
      const unit = units[this.#at];
      const kind = u.unitClass[unit];
      if (kind === u.space) {
        if (unit === u.newline) this.#isLineStart = true;
        this.#at++;
      } else {
        if (kind === u.wordStart) this.#word();
        else if (kind === u.digit) this.#token(s.number, u.wordEnd(units, this.#at));
        else this.#punctuator(unit);
        this.#isLineStart = false;
      }
    }
    return {
      arrays: this.#arrays,
      declarations: this.#declarations,
      constants: this.#meanings.constants,
      hasBlocks: this.#hasBlocks,
    };
  }

  #token(kind: number, end: number): void {
    this.#statement.add(kind, this.#at, end);
    this.#at = end;
  }

  #word(): void {
    const end = u.wordEnd(this.#units, this.#at);
    if (this.#units[end] === u.doubleQuote && this.#units[end - 1] === 82) this.#rawLiteral(end);
    else this.#token(s.word, end);
  }

  /** `R"mark( … )mark"`: backslashes and quotes in it mean nothing. */
  #rawLiteral(quote: number): void {
    const units = this.#units;
    let open = quote + 1;
    while (open < units.length && open - quote <= 17 && units[open] !== u.openParen) open++;
    const mark = units.subarray(quote + 1, open);
    const isEnd = (at: number): boolean =>
      units[at] === u.closeParen &&
      units[at + 1 + mark.length] === u.doubleQuote &&
      mark.every((unit, index) => units[at + 1 + index] === unit);
    let end = open;
    while (end < units.length && !isEnd(end)) end++;
    this.#token(s.literal, Math.min(units.length, end + 2 + mark.length));
  }

  #punctuator(unit: number): void {
    const at = this.#at;
    switch (unit) {
      case u.hash:
        if (this.#isLineStart) this.#directive();
        else this.#at++;
        break;
      case u.slash:
        this.#at = u.commentEnd(this.#units, at);
        if (this.#at === at) this.#token(unit, at + 1);
        break;
      case u.doubleQuote:
        this.#stringLiteral();
        break;
      case u.singleQuote:
        this.#token(s.literal, u.literalEnd(this.#units, at));
        break;
      case u.openBrace:
        this.#openBrace();
        break;
      case u.closeBrace:
        this.#around.close();
        this.#statement.clear();
        this.#at++;
        break;
      case u.semicolon:
        this.#endStatement();
        break;
      case colon:
        this.#colon();
        break;
      default:
        this.#token(unit, at + 1);
    }
  }

  #directive(): void {
    const found = directiveAt(this.#units, this.#at);
    this.#around.directive(found);
    if (found.name === 'define') {
      const line = u.textOf(this.#units, found.start, Math.min(found.end, found.start + 2000));
      this.#meanings.define(found, line);
    }
    this.#at = found.end;
  }

  /** A label ends what stands before it. */
  #colon(): void {
    if (this.#units[this.#at + 1] === colon) {
      this.#token(s.scope, this.#at + 2);
      return;
    }
    this.#statement.clear();
    this.#at++;
  }

  #stringLiteral(): void {
    const declarator = this.#arrayBefore(equals);
    if (declarator === undefined || !this.#strings(declarator)) {
      this.#token(s.literal, u.literalEnd(this.#units, this.#at));
    }
  }

  #strings(declarator: Declarator): boolean {
    const declaration = this.#declarationOf(declarator);
    const { bytes = 1 } = declaration.type;
    if (bytes !== 1) return false;
    const found = scanStrings(this.#units, this.#at);
    this.#found(declaration, found, found.body.end);
    return true;
  }

  #openBrace(): void {
    const declarator = this.#arrayBefore(equals, u.closeBracket, s.word);
    if (declarator !== undefined) {
      this.#numbers(declarator);
      return;
    }
    this.#openScope();
    this.#statement.clear();
    this.#at++;
  }

  #numbers(declarator: Declarator): void {
    const { list, next, openBraces, openBranches } = scanNumbers(this.#units, this.#at);
    if (list !== undefined) this.#found(this.#declarationOf(declarator), list, next);
    for (const branch of openBranches) this.#around.directive(branch);
    for (let brace = 0; brace < openBraces; brace++) this.#around.openBlock();
    if (openBraces > 0) this.#statement.clear();
    this.#at = next;
  }

  /** The declarator of an array that the statement is up to its initialiser, where it ends with one of these tokens. */
  #arrayBefore(...kinds: readonly number[]): Declarator | undefined {
    const { hasBrackets, isFull, count } = this.#statement;
    const last = this.#statement.kind(-1);
    if (isFull || !kinds.includes(last)) return undefined;
    const end = last === equals ? count - 1 : count;
    const isTemplate = this.#statement.kind(end - 2) === greaterThan;
    if (!isTemplate && (!hasBrackets || last === s.word)) return undefined;
    const found = declaratorBefore(this.#statement, end);
    if (found?.isTemplate !== true) return found;
    return /^(?:array|vector)$/.test(this.#text(found.brackets - 1)) ? found : undefined;
  }

  #declarationOf(declarator: Declarator): ArrayDeclaration {
    const { namespace, isInBlock, guards } = this.#around;
    const place = { namespace, isInBlock, guards, meanings: this.#meanings };
    return declarationOf(this.#units, this.#statement, declarator, place);
  }

  #found(declaration: ArrayDeclaration, found: ScannedBody, next: number): void {
    const span = { start: declaration.span.start, end: next };
    this.#arrays.push({ ...this.#withEarlier(declaration), span, ...found });
    this.#token(s.body, next);
  }

  /** An `extern` before it may have aligned it. */
  #withEarlier(declaration: ArrayDeclaration): ArrayDeclaration {
    const earlier = this.#earlier.get(qualifiedName(declaration));
    if (earlier === undefined) return declaration;
    const alignBytes = Math.max(declaration.alignBytes ?? 0, earlier.alignBytes ?? 0);
    const unknownWords = [...new Set([...declaration.unknownWords, ...earlier.unknownWords])];
    return { ...declaration, ...(alignBytes === 0 ? {} : { alignBytes }), unknownWords };
  }

  #openScope(): void {
    const first = this.#text(0);
    const at = first === 'inline' ? 1 : 0;
    if (this.#text(at) === 'namespace') {
      const words: string[] = [];
      for (let index = at + 1; index < this.#statement.count; index++) words.push(this.#text(index));
      this.#around.openNamespace(words.join(''));
    } else if (first === 'extern' && this.#text(1).startsWith('"')) this.#around.openNamespace('');
    else {
      this.#hasBlocks = true;
      this.#around.openBlock();
    }
  }

  #text(index: number): string {
    if (index >= this.#statement.count) return '';
    return u.textOf(
      this.#units,
      this.#statement.start(index),
      Math.min(this.#statement.end(index), this.#statement.start(index) + 200),
    );
  }

  #endStatement(): void {
    const statement = this.#statement;
    if (statement.kind(-1) === s.number && statement.kind(-2) === equals) this.#constant();
    else if (statement.hasBrackets && statement.kind(-1) !== s.body && !statement.isFull) this.#declaration();
    statement.clear();
    this.#at++;
  }

  #constant(): void {
    const last = this.#statement.count - 1;
    const value = integerOf(this.#text(last));
    if (last < 3 || value === undefined || this.#statement.kind(last - 2) !== s.word) return;
    const valueSpan = { start: this.#statement.start(last), end: this.#statement.end(last) };
    this.#meanings.addConstant({ name: this.#text(last - 2), value, valueSpan });
  }

  #declaration(): void {
    if (/^(?:return|delete|goto|case|using|typedef|throw|new)$/.test(this.#text(0))) return;
    const declarator = declaratorBefore(this.#statement, this.#statement.count);
    if (declarator === undefined || declarator.isTemplate || declarator.name === 0) return;
    const declaration = this.#declarationOf(declarator);
    this.#declarations.push(declaration);
    this.#earlier.set(qualifiedName(declaration), declaration);
  }
}

function qualifiedName({ namespace, name }: ArrayDeclaration): string {
  return `${namespace}::${name}`;
}
