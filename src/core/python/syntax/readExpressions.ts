import type { SyntaxNode } from '@lezer/common';
import { childrenOf, indexOf, splitAt } from './nodes';
import { numberValue, quotesOf, stringValue, unescaped } from './strings';
import type {
  Argument,
  Clause,
  Comparison,
  DictEntry,
  PyExpression,
  PyExpressions,
  PyParameter,
  FormatReplacement,
} from './tree';

/** Depth of nested expressions beyond which they are not understood. */
const mostDepth = 150;

type Nodes = readonly SyntaxNode[];

/** Reads expressions of one text. */
export class ExpressionReader {
  #depth = 0;

  constructor(readonly text: string) {}

  textOf({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  read(node: SyntaxNode): PyExpression {
    const extent = { from: node.from, to: node.to };
    const convert = converters.get(node.name);
    if (convert === undefined || this.#depth > mostDepth) return { kind: 'other', ...extent };
    this.#depth += 1;
    try {
      const read = convert(this, childrenOf(node), node);
      return { ...read, ...extent };
    } finally {
      this.#depth -= 1;
    }
  }

  /** One expression of some nodes, `*x` among them; several with commas are a tuple without parentheses. */
  readAll(nodes: Nodes, otherwise: { readonly from: number; readonly to: number }): PyExpression {
    if (nodes.length === 0) return { kind: 'other', from: otherwise.from, to: otherwise.to };
    const extent = { from: nodes[0].from, to: nodes[nodes.length - 1].to };
    if (nodes.some(({ name }) => name === ',')) return { kind: 'tuple', items: this.items(nodes), ...extent };
    return this.#starred(nodes);
  }

  items(nodes: Nodes): PyExpressions {
    return splitAt(nodes, ',')
      .filter((group) => group.length > 0)
      .map((group) => this.#starred(group));
  }

  #starred(nodes: Nodes): PyExpression {
    const last = nodes[nodes.length - 1];
    if (nodes[0].name === '*' && nodes.length > 1) {
      return { kind: 'star', operand: this.read(last), from: nodes[0].from, to: last.to };
    }
    return this.read(nodes[0]);
  }

  arguments(list: SyntaxNode): readonly Argument[] {
    const inner = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')');
    if (inner.some(({ name }) => name === 'for')) {
      const value: PyExpression = { ...this.#comprehension(inner, 'generator'), from: list.from, to: list.to };
      return [{ value }];
    }
    return splitAt(inner, ',')
      .filter((group) => group.length > 0)
      .map((group) => this.#argument(group));
  }

  #argument(group: Nodes): Argument {
    const last = group[group.length - 1];
    if ((group[0].name === '*' || group[0].name === '**') && group.length > 1) {
      return { unpacked: group[0].name, value: this.read(last) };
    }
    if (group.length > 1 && group[1].name === 'AssignOp') {
      const value = group.length > 2 ? this.read(group[2]) : this.readAll([], group[1]);
      return { name: this.textOf(group[0]), value };
    }
    return { value: this.read(group[0]) };
  }

  parameters(list: SyntaxNode): readonly PyParameter[] {
    const parameters: PyParameter[] = [];
    let afterStar = false;
    for (const group of splitAt(childrenOf(list), ',')) {
      const nodes = group.filter(({ name }) => name !== '(' && name !== ')');
      if (nodes.length === 0) continue;
      const name = nodes.find((node) => node.name === 'VariableName');
      const star = nodes[0].name;
      if (name === undefined) {
        afterStar ||= star === '*';
        continue;
      }
      const assigned = indexOf(nodes, 'AssignOp');
      const annotation = nodes.find((node) => node.name === 'TypeDef');
      const kind = star === '*' ? 'rest' : star === '**' ? 'keywords' : afterStar ? 'keyword' : 'plain';
      parameters.push({
        name: this.textOf(name),
        kind,
        from: name.from,
        to: nodes[nodes.length - 1].to,
        ...(assigned >= 0 && assigned + 1 < nodes.length ? { initial: this.read(nodes[assigned + 1]) } : {}),
        ...(annotation ? { annotation: this.textOf(annotation).replace(/^:\s*/, '') } : {}),
      });
      afterStar ||= star === '*';
    }
    return parameters;
  }

  subscript(nodes: Nodes, otherwise: SyntaxNode): PyExpression {
    const groups = splitAt(nodes, ',');
    if (groups.length === 1) return this.#slice(groups[0], otherwise);
    const items = groups.filter((group) => group.length > 0).map((group) => this.#slice(group, otherwise));
    return { kind: 'tuple', items, from: otherwise.from, to: otherwise.to };
  }

  #slice(nodes: Nodes, otherwise: SyntaxNode): PyExpression {
    if (!nodes.some(({ name }) => name === ':')) return this.readAll(nodes, otherwise);
    const [start, stop, step] = splitAt(nodes, ':').map((group) =>
      group.length === 0 ? undefined : this.read(group[0]),
    );
    const extent = { from: nodes[0].from, to: nodes[nodes.length - 1].to };
    return { kind: 'slice', ...(start && { start }), ...(stop && { stop }), ...(step && { step }), ...extent };
  }

  comprehension(children: Nodes, makes: 'list' | 'set' | 'dict' | 'generator'): Expressionless {
    return this.#comprehension(
      children.filter(({ name }) => !/^[()[\]{}]$/.test(name)),
      makes,
    );
  }

  #comprehension(nodes: Nodes, makes: 'list' | 'set' | 'dict' | 'generator'): Expressionless {
    const first = indexOf(nodes, 'for');
    const clauses: Clause[] = [];
    for (let at = first; at >= 0;) {
      const next = indexOf(nodes, 'for', at + 1);
      clauses.push(this.#clause(nodes.slice(at + 1, next < 0 ? nodes.length : next), nodes[at]));
      at = next;
    }
    const head = nodes.slice(0, first).filter(({ name }) => name !== 'async');
    const colon = indexOf(head, ':');
    if (head.length === 0 || clauses.length === 0) return { kind: 'other' };
    if (makes === 'dict' && colon > 0 && colon + 1 < head.length) {
      return { kind: 'comprehension', makes, key: this.read(head[0]), element: this.read(head[colon + 1]), clauses };
    }
    return { kind: 'comprehension', makes, element: this.read(head[0]), clauses };
  }

  #clause(nodes: Nodes, at: SyntaxNode): Clause {
    const middle = indexOf(nodes, 'in');
    const [source, ...conditions] = splitAt(
      nodes.slice(middle + 1).filter(({ name }) => name !== 'async'),
      'if',
    );
    return {
      target: this.readAll(middle < 0 ? [] : nodes.slice(0, middle), at),
      source: this.readAll(source, at),
      conditions: conditions.map((condition) => this.readAll(condition, at)),
    };
  }

  replacement(node: SyntaxNode): FormatReplacement | string {
    const parts = childrenOf(node);
    const spec = parts.find(({ name }) => name === 'FormatSpec');
    const conversion = parts.find(({ name }) => name === 'FormatConversion');
    const self = parts.find(({ name }) => name === 'FormatSelfDoc');
    const value = parts.find(({ name }) => !/^[{}]$|^Format/.test(name));
    if (value === undefined) return '';
    return {
      value: this.read(value),
      conversion: conversion ? this.textOf(conversion) : '',
      spec: spec ? this.textOf(spec).slice(1) : '',
      ...(self ? { label: this.text.slice(value.from, self.to) } : {}),
    };
  }

  formatParts(node: SyntaxNode): (string | FormatReplacement)[] {
    const { start, end, isRaw } = quotesOf(this.textOf(node));
    const parts: (string | FormatReplacement)[] = [];
    let at = node.from + start;
    const literal = (to: number): void => {
      const piece = this.text.slice(at, to).replace(/\{\{/g, '{').replace(/\}\}/g, '}');
      if (piece !== '') parts.push(isRaw ? piece : unescaped(piece));
    };
    for (const child of childrenOf(node)) {
      if (child.name !== 'FormatReplacement') continue;
      literal(child.from);
      parts.push(this.replacement(child));
      at = child.to;
    }
    literal(node.from + end);
    return parts;
  }

  chain(parts: Nodes): Expressionless {
    const comparisons: Comparison[] = [];
    const left = this.read(parts[0]);
    const operator = parts
      .slice(1, -1)
      .map((part) => this.textOf(part))
      .join(' ');
    const right = this.read(parts[parts.length - 1]);
    if (left.kind === 'compare' && parts[0].name === 'BinaryExpression') {
      comparisons.push(...left.rest, { operator, right });
      return { kind: 'compare', first: left.first, rest: comparisons };
    }
    return { kind: 'compare', first: left, rest: [{ operator, right }] };
  }
}

/** An expression whose place is added by who reads it. */
type Expressionless = Unplaced<PyExpression>;

/** Of each kind of a union, so that it stays one. */
type Unplaced<Kind> = Kind extends PyExpression ? Omit<Kind, 'from' | 'to'> : never;

type Converter = (reader: ExpressionReader, parts: Nodes, node: SyntaxNode) => Expressionless;

const unclear = { kind: 'other' } as const;

function collection(kind: 'list' | 'tuple' | 'set'): Converter {
  return (reader, parts) => ({ kind, items: reader.items(parts.filter(({ name }) => !/^[()[\]{}]$/.test(name))) });
}

function comprehension(makes: 'list' | 'set' | 'dict' | 'generator'): Converter {
  return (reader, parts) => reader.comprehension(parts, makes);
}

function readBinary(reader: ExpressionReader, parts: Nodes): Expressionless {
  if (parts.length < 3) return unclear;
  const [left, operator] = parts;
  const right = parts[parts.length - 1];
  if (operator.name === 'and' || operator.name === 'or') {
    return { kind: 'logic', operator: operator.name, left: reader.read(left), right: reader.read(right) };
  }
  if (operator.name === 'CompareOp' || /^(?:in|is|not)$/.test(operator.name)) return reader.chain(parts);
  const text = reader.textOf(operator);
  return { kind: 'binary', operator: text, left: reader.read(left), right: reader.read(right) };
}

function readMember(reader: ExpressionReader, parts: Nodes, node: SyntaxNode): Expressionless {
  if (parts.length === 0) return unclear;
  const object = reader.read(parts[0]);
  if (parts[1]?.name === '[') {
    const inner = parts.slice(2).filter(({ name }) => name !== ']');
    return { kind: 'index', object, index: reader.subscript(inner, node) };
  }
  const name = parts.find((part) => part.name === 'PropertyName');
  return name === undefined ? unclear : { kind: 'member', object, name: reader.textOf(name) };
}

function readContinued(reader: ExpressionReader, parts: Nodes): Expressionless {
  const pieces = parts.flatMap((part): (string | FormatReplacement)[] =>
    part.name === 'FormatString' ? reader.formatParts(part) : [stringValue(reader.textOf(part))],
  );
  if (pieces.every((piece) => typeof piece === 'string')) {
    return { kind: 'string', text: pieces.join('') };
  }
  return { kind: 'format', parts: pieces };
}

function readDict(reader: ExpressionReader, parts: Nodes): Expressionless {
  const entries: DictEntry[] = [];
  for (const group of splitAt(
    parts.filter(({ name }) => name !== '{' && name !== '}'),
    ',',
  )) {
    if (group.length === 0) continue;
    if (group[0].name === '**') {
      if (group.length > 1) entries.push({ value: reader.read(group[1]) });
      continue;
    }
    const value = group.length > 2 ? reader.read(group[2]) : reader.readAll([], group[0]);
    entries.push({ key: reader.read(group[0]), value });
  }
  return { kind: 'dict', entries };
}

const converters: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  ['VariableName', (reader, _, node) => ({ kind: 'name', name: reader.textOf(node) })],
  [
    'Number',
    (reader, _, node) => {
      const number = numberValue(reader.textOf(node));
      return Number.isNaN(number.value) ? unclear : { kind: 'number', ...number };
    },
  ],
  ['String', (reader, _, node) => ({ kind: 'string', text: stringValue(reader.textOf(node)) })],
  ['FormatString', (reader, _, node) => ({ kind: 'format', parts: reader.formatParts(node) })],
  ['ContinuedString', readContinued],
  ['None', () => ({ kind: 'constant', value: 'None' })],
  ['Boolean', (reader, _, node) => ({ kind: 'constant', value: reader.textOf(node) === 'True' ? 'True' : 'False' })],
  ['Ellipsis', () => ({ kind: 'constant', value: 'Ellipsis' })],
  ['ArrayExpression', collection('list')],
  ['TupleExpression', collection('tuple')],
  ['SetExpression', collection('set')],
  ['DictionaryExpression', readDict],
  ['ArrayComprehensionExpression', comprehension('list')],
  ['SetComprehensionExpression', comprehension('set')],
  ['DictionaryComprehensionExpression', comprehension('dict')],
  ['ComprehensionExpression', comprehension('generator')],
  [
    'ParenthesizedExpression',
    (reader, parts) => {
      const inner = parts.find(({ name }) => name !== '(' && name !== ')');
      return inner === undefined ? unclear : reader.read(inner);
    },
  ],
  ['MemberExpression', readMember],
  [
    'CallExpression',
    (reader, parts) =>
      parts.length < 2
        ? unclear
        : { kind: 'call', callee: reader.read(parts[0]), arguments: reader.arguments(parts[1]) },
  ],
  [
    'UnaryExpression',
    (reader, parts) =>
      parts.length < 2 ? unclear : { kind: 'unary', operator: reader.textOf(parts[0]), operand: reader.read(parts[1]) },
  ],
  ['BinaryExpression', readBinary],
  [
    'ConditionalExpression',
    (reader, parts) =>
      parts.length < 5
        ? unclear
        : {
            kind: 'choice',
            then: reader.read(parts[0]),
            test: reader.read(parts[2]),
            otherwise: reader.read(parts[4]),
          },
  ],
  [
    'LambdaExpression',
    (reader, parts) => {
      const list = parts.find(({ name }) => name === 'ParamList');
      const colon = indexOf(parts, ':');
      if (colon < 0 || colon + 1 >= parts.length) return unclear;
      return {
        kind: 'lambda',
        parameters: list === undefined ? [] : reader.parameters(list),
        body: reader.read(parts[colon + 1]),
      };
    },
  ],
  [
    'NamedExpression',
    (reader, parts) =>
      parts.length < 3 ? unclear : { kind: 'named', name: reader.textOf(parts[0]), value: reader.read(parts[2]) },
  ],
  ['AwaitExpression', (reader, parts) => (parts.length < 2 ? unclear : reader.read(parts[1]))],
  ['YieldExpression', readYield],
]);

/** Also of a statement that is nothing else. */
export function readYield(reader: ExpressionReader, parts: Nodes): Expressionless {
  const rest = parts.slice(1);
  const isFrom = rest[0]?.name === 'from';
  const nodes = isFrom ? rest.slice(1) : rest;
  return {
    kind: 'yield',
    isFrom,
    ...(nodes.length > 0 ? { value: reader.readAll(nodes, parts[0]) } : {}),
  };
}
