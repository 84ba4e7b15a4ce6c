import { attributesOf, integerOf, type Meanings } from './attributes';
import { elementType, isTypeWord } from './elementTypes';
import type { ArrayDeclaration, SourceType, Guard, Stretch } from './sourceArray';
import * as s from './statement';
import type { Statement } from './statement';
import { closeBracket, closeParen, comma, openBracket, openParen, textOf } from './units';

/** Where the parts of an array's declarator stand among the tokens of a statement. */
export interface Declarator {
  /** Tokens before it that say its type: all before the name, of the first declarator of the statement. */
  readonly specifiers: number;
  /** First token of this declarator. */
  readonly first: number;
  /** Token of the name. */
  readonly name: number;
  /** First token of the brackets, or the `<` of `std::array`. */
  readonly brackets: number;
  /** Behind the last token of the declarator. */
  readonly end: number;
  /** Of a template: `std::array<uint8_t, 1668>`. */
  readonly isTemplate: boolean;
}

/** What is known where a declarator stands, beside its own words. */
interface DeclarationPlace {
  readonly namespace: string;
  readonly isInBlock: boolean;
  readonly guards: readonly Guard[];
  readonly meanings: Meanings;
}

const lessThan = 60;
const greaterThan = 62;
const equals = 61;

/** The declarator of an array that ends before token `end`; `undefined` where there is none. */
export function declaratorBefore(statement: Statement, end: number): Declarator | undefined {
  let first = 0;
  for (let at = 0; at < end; at++)
    if (statement.kind(at) === comma && statement.kind(at - 1) === s.body) first = at + 1;
  const brackets = bracketsFrom(statement, first, end);
  if (brackets === undefined) return templateBefore(statement, end);
  let name = brackets - 1;
  while (name > first && statement.kind(name) === closeParen) name = openingBefore(statement, name) - 2;
  const hasType = first > 0 || qualifiedStart(statement, name) > 0;
  if (statement.kind(name) !== s.word || !hasType) return undefined;
  const specifiers = first === 0 ? name : firstName(statement);
  return { specifiers, first, name, brackets, end, isTemplate: false };
}

/** The first `[` outside of parentheses and angle brackets that opens no attribute. */
function bracketsFrom(statement: Statement, first: number, end: number): number | undefined {
  let parens = 0;
  let angles = 0;
  for (let at = first; at < end; at++) {
    const kind = statement.kind(at);
    if (kind === openParen) parens++;
    else if (kind === closeParen) parens--;
    else if (kind === lessThan) angles++;
    else if (kind === greaterThan) angles--;
    else if (kind === equals) return undefined;
    else if (kind === openBracket && parens === 0 && angles === 0) {
      if (statement.kind(at + 1) === openBracket) while (at < end && !isAttributeEnd(statement, at)) at++;
      else return at;
    }
  }
  return undefined;
}

function isAttributeEnd(statement: Statement, at: number): boolean {
  return statement.kind(at) === closeBracket && statement.kind(at - 1) === closeBracket;
}

/** `std::array<uint8_t, 1668> name`, or what looks like it: the name of the template is not looked at. */
function templateBefore(statement: Statement, end: number): Declarator | undefined {
  const name = end - 1;
  if (statement.kind(name) !== s.word || statement.kind(name - 1) !== greaterThan) return undefined;
  let open = name - 1;
  while (open > 0 && statement.kind(open) !== lessThan) open--;
  if (statement.kind(open - 1) !== s.word || statement.kind(open - 2) !== s.scope) return undefined;
  return { specifiers: name, first: 0, name, brackets: open, end, isTemplate: true };
}

function openingBefore(statement: Statement, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (statement.kind(at) === closeParen) depth++;
    else if (statement.kind(at) === openParen && --depth === 0) return at;
  }
  return 0;
}

/** The first token of a name with its qualification: of `a::b::name` that of `a`. */
function qualifiedStart(statement: Statement, name: number): number {
  let at = name;
  while (statement.kind(at - 1) === s.scope && statement.kind(at - 2) === s.word && at >= 2) at -= 2;
  return at;
}

/** The name of the first declarator of a statement that has several. */
function firstName(statement: Statement): number {
  const brackets = bracketsFrom(statement, 0, statement.count) ?? 1;
  return Math.max(0, brackets - 1);
}

/** Reads a declarator's words. `span` is its place with the initialiser. */
export function declarationOf(
  units: Uint8Array,
  statement: Statement,
  declarator: Declarator,
  { namespace, isInBlock, guards, meanings }: DeclarationPlace,
): ArrayDeclaration {
  const text = (at: number): string => textOf(units, statement.start(at), statement.end(at));
  const texts = (from: number, to: number): readonly string[] =>
    Array.from({ length: Math.max(0, to - from) }, (_none, index) => text(from + index));
  const { name, first, specifiers, end, brackets, isTemplate } = declarator;
  const qualified = isTemplate ? name : qualifiedStart(statement, name);
  const before = texts(0, first === 0 ? qualified : specifiers);
  const { length, next } = dimensions(texts(brackets, end));
  const behind = isTemplate ? [] : [...texts(name + 1, brackets), ...texts(brackets + next, end)];
  const written = isTemplate
    ? templateType(texts(brackets + 1, name - 1), before.slice(0, Math.max(0, brackets - 3)))
    : { ...typeOf(before), length };
  const { type, rest, length: lengthText } = written;
  const declaredLength = lengthOf(lengthText, meanings);
  const attributes = attributesOf([...rest, ...behind], meanings);
  const qualification = texts(qualified, name).filter((each) => each !== '::');
  const nameSpan: Stretch = { start: statement.start(name), end: statement.end(name) };
  return {
    name: text(name),
    namespace: [...(namespace === '' ? [] : [namespace]), ...qualification].join('::'),
    nameSpan,
    span: { start: statement.start(first), end: statement.end(end - 1) },
    type,
    lengthText,
    ...(declaredLength === undefined ? {} : { declaredLength }),
    isConst: before.includes('const') || before.includes('constexpr'),
    isStatic: before.includes('static'),
    isExtern: before.includes('extern'),
    isInBlock,
    ...attributes,
    guards,
  };
}

interface WrittenType {
  readonly type: SourceType;
  /** The other words. */
  readonly rest: readonly string[];
}

function templateType(inner: readonly string[], rest: readonly string[]): WrittenType & { readonly length: string } {
  const separator = inner.indexOf(',');
  const [type, length] = separator < 0 ? [inner, []] : [inner.slice(0, separator), inner.slice(separator + 1)];
  return { type: typeOf(type).type, rest, length: length.join('') };
}

/** The words of the type told from all others. */
function typeOf(words: readonly string[]): WrittenType {
  const isType = new Set<number>();
  let depth = 0;
  let named = -1;
  let isPointer = false;
  words.forEach((each, at) => {
    if (each === '(') depth++;
    else if (each === ')') depth--;
    else if (depth > 0) return;
    else if (each === '*') isPointer = true;
    else if (isTypeWord(each)) isType.add(at);
    else if (/^[A-Za-z_]/.test(each) && !qualifiers.has(each) && words[at + 1] !== '(') named = at;
  });
  // A name that is not known is the type where nothing else is.
  if (isType.size === 0 && named >= 0) isType.add(named);
  for (const at of [...isType]) {
    for (let back = at; words[back - 1] === '::' && back > 1; back -= 2) isType.add(back - 1).add(back - 2);
  }
  const typeWords = words.filter((_each, at) => isType.has(at));
  const rest = words.filter((each, at) => !isType.has(at) && each !== '*');
  const type = elementType(typeWords);
  return { type: isPointer ? { text: `${type.text}*`, bytes: pointerBytes, isFloat: false } : type, rest };
}

/** Of a 32-bit microcontroller. */
const pointerBytes = 4;

const qualifiers = new Set('const constexpr constinit static extern inline volatile mutable thread_local'.split(' '));

/** What stands between the brackets, and how many words they are. */
function dimensions(words: readonly string[]): { readonly length: string; readonly next: number } {
  const lengths: string[] = [];
  let at = 0;
  while (words[at] === '[' && words[at + 1] !== '[') {
    const close = words.indexOf(']', at);
    if (close < 0) break;
    lengths.push(words.slice(at + 1, close).join(''));
    at = close + 1;
  }
  return { length: lengths.join('*'), next: at };
}

function lengthOf(text: string, meanings: Meanings): number | undefined {
  const factors = text.split('*').map((factor) => integerOf(factor) ?? meanings.value(factor));
  return factors.reduce<number | undefined>(
    (all, each) => (all === undefined || each === undefined ? undefined : all * each),
    1,
  );
}
