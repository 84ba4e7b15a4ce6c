import type { SyntaxNode } from '@lezer/common';
import { unclear, type Expressionless, type NodeReader } from './nodeReader';
import { childrenOf, indexOf, splitAt } from './nodes';
import { readArguments, readParameters, readSubscript } from './readArguments';
import { readComprehension } from './readComprehension';
import { readContinued, readFormatParts } from './readFormat';
import { isLogic, readLogic } from './readLogic';
import { readBinary, readDict, readYield } from './readOperations';
import { numberValue, stringValue } from './strings';
import type { PyExpression, PyExpressions } from './tree';

/** Depth of nested expressions beyond which they are not understood. */
const mostDepth = 150;

type Nodes = readonly SyntaxNode[];

/** Reads expressions of one text. */
export class ExpressionReader implements NodeReader {
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
}

type Converter = (reader: NodeReader, parts: Nodes, node: SyntaxNode) => Expressionless;

function collection(kind: 'list' | 'tuple' | 'set'): Converter {
  return (reader, parts) => ({ kind, items: reader.items(parts.filter(({ name }) => !/^[()[\]{}]$/.test(name))) });
}

function comprehension(makes: 'list' | 'set' | 'dict' | 'generator'): Converter {
  return (reader, parts) => readComprehension(reader, parts, makes);
}

function readMember(reader: NodeReader, parts: Nodes, node: SyntaxNode): Expressionless {
  if (parts.length === 0) return unclear;
  const object = reader.read(parts[0]);
  if (parts[1]?.name === '[') {
    const inner = parts.slice(2).filter(({ name }) => name !== ']');
    return { kind: 'index', object, index: readSubscript(reader, inner, node) };
  }
  const name = parts.find((part) => part.name === 'PropertyName');
  return name === undefined ? unclear : { kind: 'member', object, name: reader.textOf(name) };
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
  ['FormatString', (reader, _, node) => ({ kind: 'format', parts: readFormatParts(reader, node) })],
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
        : { kind: 'call', callee: reader.read(parts[0]), arguments: readArguments(reader, parts[1]) },
  ],
  [
    'UnaryExpression',
    (reader, parts, node) => {
      if (isLogic(node)) return readLogic(reader, node);
      if (parts.length < 2) return unclear;
      return { kind: 'unary', operator: reader.textOf(parts[0]), operand: reader.read(parts[1]) };
    },
  ],
  ['BinaryExpression', (reader, parts, node) => (isLogic(node) ? readLogic(reader, node) : readBinary(reader, parts))],
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
        parameters: list === undefined ? [] : readParameters(reader, list),
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
