import type { SyntaxNode } from '@lezer/common';
import type { BlockReader, Unfinished } from './blockReader';
import { childrenOf, indexOf } from './nodes';
import { readArguments, readParameters } from './readArguments';
import { readFor, readIf, readTry, readWhile, readWith } from './readCompound';
import { ExpressionReader } from './readExpressions';
import { readYield } from './readOperations';
import { readMatch } from './readMatch';
import { readAssignment, readImport, readUpdate } from './readSimple';
import type { Block, PyExpression, PyExpressions, PyStatement } from './tree';

type Nodes = readonly SyntaxNode[];

/** Depth of nested blocks beyond which they are not understood. */
const mostDepth = 60;

/** The statements of a tree's top; `known`: those that were read before, and stand where they stood. */
export function readStatements(top: SyntaxNode, text: string, known: Block = []): Block {
  return new StatementReader(text, new Map(known.map((statement) => [statement.from, statement]))).block(top);
}

/** Reads statements of one text. */
class StatementReader implements BlockReader {
  readonly expressions: ExpressionReader;
  #depth = 0;
  /** Whether the function that is being read yields. */
  #yields = false;

  constructor(
    readonly text: string,
    readonly known: ReadonlyMap<number, PyStatement>,
  ) {
    this.expressions = new ExpressionReader(text);
  }

  block(body: SyntaxNode | undefined): Block {
    if (body === undefined || this.#depth > mostDepth) return [];
    this.#depth += 1;
    const statements: PyStatement[] = [];
    for (const child of childrenOf(body)) {
      if (child.name === 'StatementGroup') statements.push(...this.block(child));
      else this.#read(child, statements);
    }
    this.#depth -= 1;
    return statements;
  }

  #read(node: SyntaxNode, into: PyStatement[]): void {
    const known = this.#depth === 1 ? this.known.get(node.from) : undefined;
    if (known !== undefined && known.to === node.to && node.name !== 'ImportStatement') {
      into.push(known);
      return;
    }
    const parts = childrenOf(node);
    const read =
      node.name === 'ImportStatement' ? readImport(this, parts) : [converters.get(node.name)?.(this, parts, node)];
    for (const statement of read) {
      if (statement !== undefined) into.push({ ...statement, from: node.from, to: node.to } as unknown as PyStatement);
    }
  }

  textOf(node: SyntaxNode): string {
    return this.expressions.textOf(node);
  }

  function(parts: Nodes, decorators: PyExpressions): Unfinished | undefined {
    const name = parts.find((part) => part.name === 'VariableName');
    const list = parts.find((part) => part.name === 'ParamList');
    const body = parts.find((part) => part.name === 'Body');
    if (name === undefined || list === undefined) return undefined;
    const outer = this.#yields;
    this.#yields = false;
    const statements = this.block(body);
    const isGenerator = this.#yields || (body !== undefined && this.#hasYield(body));
    this.#yields = outer;
    const first = statements.at(0);
    return {
      kind: 'function',
      name: this.textOf(name),
      parameters: readParameters(this.expressions, list),
      body: statements,
      decorators,
      isGenerator,
      ...(first?.kind === 'expression' && first.value.kind === 'string' ? { documentation: first.value.text } : {}),
    };
  }

  sawYield(): void {
    this.#yields = true;
  }

  /** A `yield` within an expression, not in a function inside. */
  #hasYield(body: SyntaxNode): boolean {
    if (!this.text.slice(body.from, body.to).includes('yield')) return false;
    let found = false;
    body.cursor().iterate((node) => {
      if (node.from > body.from && /^(?:FunctionDefinition|LambdaExpression)$/.test(node.name)) return false;
      found ||= node.name === 'YieldExpression' || node.name === 'YieldStatement';
      return !found;
    });
    return found;
  }

  class(parts: Nodes, decorators: PyExpressions): Unfinished | undefined {
    const name = parts.find((part) => part.name === 'VariableName');
    const list = parts.find((part) => part.name === 'ArgList');
    const body = parts.find((part) => part.name === 'Body');
    if (name === undefined) return undefined;
    const bases = list === undefined ? [] : readArguments(this.expressions, list);
    return { kind: 'class', name: this.textOf(name), bases, body: this.block(body), decorators };
  }
}

type Converter = (reader: StatementReader, parts: Nodes, node: SyntaxNode) => Unfinished | undefined;

function readDecorated(reader: StatementReader, parts: Nodes): Unfinished | undefined {
  const decorators = parts
    .filter(({ name }) => name === 'Decorator')
    .map((decorator) => readDecorator(reader, childrenOf(decorator).slice(1), decorator));
  const defined = parts.find(({ name }) => name === 'FunctionDefinition' || name === 'ClassDefinition');
  if (defined === undefined) return undefined;
  const inner = childrenOf(defined);
  return defined.name === 'FunctionDefinition' ? reader.function(inner, decorators) : reader.class(inner, decorators);
}

/** The parser gives a decorator's names and arguments one after the other. */
function readDecorator(reader: StatementReader, parts: Nodes, node: SyntaxNode): PyExpression {
  let read: PyExpression | undefined;
  for (const part of parts) {
    const extent = { from: parts[0].from, to: part.to };
    if (part.name === 'ArgList' && read !== undefined) {
      read = { kind: 'call', callee: read, arguments: readArguments(reader.expressions, part), ...extent };
    } else if (read !== undefined && /Name$/.test(part.name)) {
      read = { kind: 'member', object: read, name: reader.textOf(part), ...extent };
    } else if (part.name !== '.') read ??= reader.expressions.read(part);
  }
  return read ?? reader.expressions.readAll([], node);
}

function valued(kind: 'return' | 'raise'): Converter {
  return (reader, parts, node) => {
    const from = indexOf(parts, 'from');
    const given = parts.slice(1, from < 0 ? parts.length : from);
    return { kind, ...(given.length > 0 ? { value: reader.expressions.readAll(given, node) } : {}) };
  };
}

const converters: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  [
    'ExpressionStatement',
    (reader, parts, node) => ({ kind: 'expression', value: reader.expressions.readAll(parts, node) }),
  ],
  ['AssignStatement', readAssignment],
  ['UpdateStatement', readUpdate],
  ['FunctionDefinition', (reader, parts) => reader.function(parts, [])],
  ['ClassDefinition', (reader, parts) => reader.class(parts, [])],
  ['DecoratedStatement', readDecorated],
  ['ReturnStatement', valued('return')],
  ['RaiseStatement', valued('raise')],
  ['IfStatement', readIf],
  ['ForStatement', readFor],
  ['WhileStatement', readWhile],
  ['TryStatement', readTry],
  ['WithStatement', readWith],
  ['MatchStatement', readMatch],
  [
    'AssertStatement',
    (reader, parts, node) => ({ kind: 'assert', test: reader.expressions.readAll(parts.slice(1, 2), node) }),
  ],
  ['DeleteStatement', (reader, parts) => ({ kind: 'delete', targets: reader.expressions.items(parts.slice(1)) })],
  [
    'ScopeStatement',
    (reader, parts) => ({
      kind: 'scope',
      isGlobal: parts[0].name === 'global',
      names: parts.filter(({ name }) => name === 'VariableName').map((part) => reader.textOf(part)),
    }),
  ],
  [
    'YieldStatement',
    (reader, parts, node) => {
      reader.sawYield();
      const value = { ...readYield(reader.expressions, parts), from: node.from, to: node.to };
      return { kind: 'expression', value };
    },
  ],
  ['PassStatement', () => ({ kind: 'pass' })],
  ['BreakStatement', () => ({ kind: 'break' })],
  ['ContinueStatement', () => ({ kind: 'continue' })],
]);
