import type { SyntaxNode } from '@lezer/common';
import type { Attribute } from '../source/maskedText';
import type { Expression, Expressions } from './expression';
import { childrenOf, expressionOf, expressionOfText, listed, textOf } from './expressions';
import type { Scope, Storage, VariableFact } from './syntax';
import { namedType } from './types';

/** Nodes before the declarators that are no type. */
const specifiers =
  /^(?:static|extern|const|constexpr|constinit|volatile|inline|register|mutable|thread_local|typedef|Macro|TypeQualifier|StorageClassSpecifier|Attribute\w*|virtual|explicit|friend|using)$/;

/** The variables that a declaration declares. Declarations of functions and types declare none. */
export function variablesOf(node: SyntaxNode, scope: Scope): readonly VariableFact[] {
  const parts = childrenOf(node).filter(({ name }) => ![',', ';', 'Macro'].includes(name));
  const typeAt = parts.findIndex(({ name }) => !specifiers.test(name));
  if (typeAt < 0 || parts.some(({ name }) => name === 'typedef' || name === 'using')) return [];
  const type = parts[typeAt];
  if (!/Type|^auto$|Specifier$/.test(type.name)) return [];
  const shared = sharedFacts(node, type, parts, scope);
  return parts.slice(typeAt + 1).flatMap((declarator, index, all) => {
    if (specifiers.test(declarator.name) || isAssigned(all[index - 1], declarator, scope)) return [];
    const following = all[index + 1];
    // A member's initializer stands beside its declarator.
    const isMember = scope.inFunction === undefined && following !== undefined;
    const isGiven = isMember && (isValue(following) || isAssigned(declarator, following, scope));
    const beside = isGiven ? following : undefined;
    return declared(declarator, beside, shared, scope);
  });
}

/** Whether a `=` stands between two nodes: a name behind it is a value, too. */
function isAssigned(before: SyntaxNode | undefined, node: SyntaxNode, { text }: Scope): boolean {
  return before !== undefined && text.slice(before.to, node.from).trim() === '=';
}

function isValue(node: SyntaxNode | undefined): boolean {
  return node !== undefined && !/Declarator$|Identifier$/.test(node.name);
}

type SharedFacts = Omit<VariableFact, 'name' | 'nameExtent' | 'dimensions' | 'indirections' | 'isReference'>;

function sharedFacts(
  node: SyntaxNode,
  type: SyntaxNode,
  parts: readonly SyntaxNode[],
  { text, attributes, inFunction, className }: Scope,
): SharedFacts {
  const head = text.slice(node.from, type.to);
  return {
    type: head.replace(/\s+/g, ' ').replace(/\b(?:static|extern|inline|constexpr) /g, ''),
    ...namedType(type, text),
    storage: storageOf(parts),
    isConstant: parts.some(({ name }) => name === 'const' || name === 'constexpr') || /\bconst(?:expr)?\b/.test(head),
    inFunction,
    className: inFunction === undefined ? className : undefined,
    attributes: [...attributesOf(node, text, attributes), ...macrosOf(node, text)],
    start: node.from,
    end: node.to,
  };
}

function storageOf(parts: readonly SyntaxNode[]): Storage {
  if (parts.some(({ name }) => name === 'extern')) return 'extern';
  return parts.some(({ name }) => name === 'static') ? 'static' : 'none';
}

/** Words of a declaration that the parser takes for macros: what they mean is not known. */
function macrosOf(node: SyntaxNode, text: string): readonly Attribute[] {
  const before = node.prevSibling;
  const own = childrenOf(node).flatMap((child) => [child, ...childrenOf(child)]);
  return [...(before === null ? [] : [before]), ...own]
    .filter(({ name }) => name === 'Macro')
    .map(({ from, to }) => ({ name: /\w+/.exec(text.slice(from, to))?.[0] ?? '', start: from, end: to }));
}

/** Attributes within a declaration, and those between it and what stands before it. */
function attributesOf(node: SyntaxNode, text: string, attributes: readonly Attribute[]): readonly Attribute[] {
  let from = node.from;
  while (from > 0 && /\s/.test(text[from - 1])) from -= 1;
  let to = node.to;
  while (to < text.length && /\s/.test(text[to])) to += 1;
  if (text[node.to - 1] === ';' || text[to] !== ';') to = node.to;
  let low = 0;
  for (let high = attributes.length; low < high;) {
    const middle = (low + high) >> 1;
    if (attributes[middle].start < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < attributes.length && attributes[end].start < to) end += 1;
  return attributes.slice(low, end);
}

interface Declarator {
  name?: SyntaxNode;
  dimensions: (Expression | undefined)[];
  indirections: number;
  isReference: boolean;
  initializer?: Expression;
  given?: Expressions;
  isFunction: boolean;
}

function declared(
  node: SyntaxNode,
  beside: SyntaxNode | undefined,
  shared: SharedFacts,
  { text }: Scope,
): readonly VariableFact[] {
  const parts: Declarator = { dimensions: [], indirections: 0, isReference: false, isFunction: false };
  unfold(node, text, parts);
  const { name, isFunction, ...rest } = parts;
  if (name === undefined || isFunction) return [];
  const initializer = beside === undefined ? rest.initializer : expressionOf(beside, { text, shift: 0 });
  const nameExtent = { start: name.from, end: name.to };
  const written = textOf(name, { text, shift: 0 }).split('::');
  const className = written.length > 1 ? written.at(-2)?.trim() : shared.className;
  return [{ ...shared, ...rest, className, initializer, name: written.at(-1)?.trim() ?? '', nameExtent }];
}

/** Follows nested declarators down to the name. */
function unfold(node: SyntaxNode, text: string, into: Declarator): void {
  const source = { text, shift: 0 };
  const parts = childrenOf(node);
  if (/Identifier$/.test(node.name)) {
    into.name = node;
    return;
  }
  if (node.name === 'FunctionDeclarator') {
    unfoldCalled(node, text, into);
    return;
  }
  if (node.name === 'PointerDeclarator') into.indirections += 1;
  if (node.name === 'ReferenceDeclarator') into.isReference = true;
  if (node.name === 'ArrayDeclarator') {
    const size = parts.slice(1).find(({ name }) => !/^[[\]]$/.test(name));
    into.dimensions.unshift(size && expressionOf(size, source));
  }
  const inner = parts.find(({ name }) => /Declarator$|Identifier$/.test(name));
  if (node.name === 'InitDeclarator') {
    const value = parts
      .slice(1)
      .reverse()
      .find(({ name }) => !/^(?:Macro|=)$/.test(name));
    if (value?.name === 'ArgumentList') into.given = listed(value, source);
    else if (value !== undefined) into.initializer = expressionOf(value, source);
    if (into.initializer?.kind === 'list') into.given = into.initializer.items;
  }
  if (inner !== undefined) unfold(inner, text, into);
}

/** `Type name(a, b)` of names alone reads like the declaration of a function, and is one where a type is written. */
function unfoldCalled(node: SyntaxNode, text: string, into: Declarator): void {
  const list = node.getChild('ParameterList');
  const parameters = list === null ? [] : childrenOf(list).filter(({ name }) => !/^[(),]$/.test(name));
  const values = parameters.map(({ from, to }) =>
    /^[\w:]+$|^[&*]/.test(text.slice(from, to)) &&
    !/^(?:void|int|float|char|bool|u?int\d+_t|size_t)$/.test(text.slice(from, to))
      ? expressionOfText(text.slice(from, to), from)
      : undefined,
  );
  const given = values.filter((value) => value !== undefined);
  if (given.length === 0 || given.length < values.length) {
    into.isFunction = true;
    return;
  }
  into.given = given;
  if (node.firstChild !== null) unfold(node.firstChild, text, into);
}

/** `Type* name(value);`, which the parser takes for a product that nobody uses. */
export function pointerOfProduct(node: SyntaxNode, scope: Scope): readonly VariableFact[] {
  const source = { text: scope.text, shift: 0 };
  const product = node.getChild('BinaryExpression');
  const [type, times, call] = product === null ? [] : childrenOf(product);
  const list = call?.name === 'CallExpression' ? call.getChild('ArgumentList') : null;
  const name = call?.getChild('Identifier');
  if (!list || !name || !/Identifier$/.test(type.name) || textOf(times, source) !== '*') return [];
  return [
    {
      ...sharedFacts(node, type, [], scope),
      name: textOf(name, source),
      nameExtent: { start: name.from, end: name.to },
      dimensions: [],
      indirections: 1,
      isReference: false,
      given: listed(list, source),
    },
  ];
}

/** The constants of an enumeration. */
export function readEnumerators(list: SyntaxNode, scope: Scope): readonly VariableFact[] {
  const source = { text: scope.text, shift: 0 };
  return childrenOf(list)
    .filter(({ name }) => name === 'Enumerator')
    .map((node) => {
      const [named, value] = childrenOf(node).filter(({ name }) => name !== '=');
      return {
        name: textOf(named, source),
        nameExtent: { start: named.from, end: named.to },
        type: 'int',
        typeName: 'int',
        templateArguments: [],
        dimensions: [],
        indirections: 0,
        isReference: false,
        storage: 'none' as const,
        isConstant: true,
        initializer: value === undefined ? undefined : expressionOf(value, source),
        inFunction: scope.inFunction,
        className: scope.inFunction === undefined ? scope.className : undefined,
        attributes: [],
        start: node.from,
        end: node.to,
      };
    });
}
