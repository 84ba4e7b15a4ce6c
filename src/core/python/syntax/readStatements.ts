import type { SyntaxNode } from '@lezer/common';
import { childrenOf, indexOf, splitAt } from './nodes';
import { ExpressionReader, readYield } from './readExpressions';
import type {
  Block,
  Branch,
  PyExpression,
  PyExpressions,
  FromImport,
  PyStatement,
  TryStatement,
  WithItem,
} from './tree';

type Nodes = readonly SyntaxNode[];

/** Depth of nested blocks beyond which they are not understood. */
const mostDepth = 60;

/** The statements of a tree's top. */
export function readStatements(top: SyntaxNode, text: string): Block {
  return new StatementReader(text).block(top);
}

/** Reads statements of one text. */
class StatementReader {
  readonly expressions: ExpressionReader;
  #depth = 0;
  /** Whether the function that is being read yields. */
  #yields = false;

  constructor(readonly text: string) {
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

  function(parts: Nodes, decorators: PyExpressions): Bare | undefined {
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
      parameters: this.expressions.parameters(list),
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

  class(parts: Nodes, decorators: PyExpressions): Bare | undefined {
    const name = parts.find((part) => part.name === 'VariableName');
    const list = parts.find((part) => part.name === 'ArgList');
    const body = parts.find((part) => part.name === 'Body');
    if (name === undefined) return undefined;
    const bases = list === undefined ? [] : this.expressions.arguments(list);
    return { kind: 'class', name: this.textOf(name), bases, body: this.block(body), decorators };
  }
}

/** A statement whose place is added by who reads it. */
type Bare = { readonly kind: PyStatement['kind'] } & Record<string, unknown>;

type Converter = (reader: StatementReader, parts: Nodes, node: SyntaxNode) => Bare | undefined;

/** Bodies with what stands before them: the words of each clause of a compound statement. */
interface ClauseOf {
  readonly word: string;
  readonly head: Nodes;
  readonly body?: SyntaxNode;
}

function clausesOf(parts: Nodes, words: ReadonlySet<string>): readonly ClauseOf[] {
  const clauses: { word: string; head: SyntaxNode[]; body?: SyntaxNode }[] = [];
  for (const part of parts) {
    if (words.has(part.name)) clauses.push({ word: part.name, head: [] });
    else if (clauses.length === 0) continue;
    else if (part.name === 'Body') clauses[clauses.length - 1].body = part;
    else clauses[clauses.length - 1].head.push(part);
  }
  return clauses;
}

const ifWords = new Set(['if', 'elif', 'else']);
const loopWords = new Set(['for', 'while', 'else']);
const tryWords = new Set(['try', 'except', 'else', 'finally']);

function readIf(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare {
  const branches: Branch[] = [];
  let otherwise: Block = [];
  for (const { word, head, body } of clausesOf(parts, ifWords)) {
    if (word === 'else') otherwise = reader.block(body);
    else branches.push({ test: reader.expressions.readAll(head, node), body: reader.block(body) });
  }
  return { kind: 'if', branches, otherwise };
}

function readFor(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare | undefined {
  const [loop, otherwise] = clausesOf(
    parts.filter(({ name }) => name !== 'async'),
    loopWords,
  );
  const middle = indexOf(loop.head, 'in');
  if (middle < 0) return undefined;
  return {
    kind: 'for',
    target: reader.expressions.readAll(loop.head.slice(0, middle), node),
    source: reader.expressions.readAll(loop.head.slice(middle + 1), node),
    body: reader.block(loop.body),
    otherwise: reader.block(clauseBody(otherwise)),
  };
}

function clauseBody(clause: ClauseOf | undefined): SyntaxNode | undefined {
  return clause?.body;
}

function readWhile(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare {
  const [loop, otherwise] = clausesOf(parts, loopWords);
  return {
    kind: 'while',
    test: reader.expressions.readAll(loop.head, node),
    body: reader.block(loop.body),
    otherwise: reader.block(clauseBody(otherwise)),
  };
}

function readTry(reader: StatementReader, parts: Nodes): Bare {
  const bodies = { body: [] as Block, otherwise: [] as Block, last: [] as Block };
  const handlers: TryStatement['handlers'][number][] = [];
  for (const { word, head, body } of clausesOf(parts, tryWords)) {
    const block = reader.block(body);
    if (word === 'try') bodies.body = block;
    else if (word === 'else') bodies.otherwise = block;
    else if (word === 'finally') bodies.last = block;
    else {
      const as = indexOf(head, 'as');
      const type = head.length > 0 && head[0].name !== 'as' ? reader.expressions.read(head[0]) : undefined;
      const name = as >= 0 && as + 1 < head.length ? reader.textOf(head[as + 1]) : undefined;
      handlers.push({ ...(type && { type }), ...(name !== undefined && { name }), body: block });
    }
  }
  return { kind: 'try', ...bodies, handlers };
}

function readWith(reader: StatementReader, parts: Nodes): Bare {
  const body = parts.find(({ name }) => name === 'Body');
  const head = parts.filter(({ name }) => !/^(?:async|with|Body|\(|\))$/.test(name));
  const items: WithItem[] = splitAt(head, ',')
    .filter((group) => group.length > 0)
    .map((group) => ({
      value: reader.expressions.read(group[0]),
      ...(group.length > 2 && group[1].name === 'as' ? { target: reader.expressions.read(group[2]) } : {}),
    }));
  return { kind: 'with', items, body: reader.block(body) };
}

function readImport(reader: StatementReader, parts: Nodes): readonly (Bare | undefined)[] {
  if (parts[0].name === 'from') return [readFrom(reader, parts)];
  return splitAt(parts.slice(1), ',')
    .filter((group) => group.length > 0)
    .map((group) => {
      const as = indexOf(group, 'as');
      const path = group
        .slice(0, as < 0 ? group.length : as)
        .map((part) => reader.textOf(part))
        .join('');
      const alias = as >= 0 && as + 1 < group.length ? reader.textOf(group[as + 1]) : undefined;
      return { kind: 'import' as const, path, ...(alias !== undefined && { alias }) };
    });
}

function readFrom(reader: StatementReader, parts: Nodes): Bare | undefined {
  const middle = indexOf(parts, 'import');
  if (middle < 0) return undefined;
  const source = parts
    .slice(1, middle)
    .map((part) => reader.textOf(part))
    .join('');
  const level = /^\.*/.exec(source)?.[0].length ?? 0;
  const path = source.slice(level);
  const given = parts.slice(middle + 1).filter(({ name }) => name !== '(' && name !== ')');
  if (given.length > 0 && given[0].name === '*') return { kind: 'from', level, path };
  const names: NonNullable<FromImport['names']>[number][] = splitAt(given, ',')
    .filter((group) => group.length > 0)
    .map((group) => ({
      name: reader.textOf(group[0]),
      ...(group.length > 2 ? { alias: reader.textOf(group[2]) } : {}),
    }));
  return { kind: 'from', level, path, names };
}

function readAssignment(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare {
  const annotation = parts.find(({ name }) => name === 'TypeDef');
  const groups = splitAt(
    parts.filter((part) => part !== annotation),
    'AssignOp',
  );
  const targets = groups
    .slice(0, Math.max(1, groups.length - 1))
    .map((group) => reader.expressions.readAll(group, node));
  return {
    kind: 'assign',
    targets,
    ...(groups.length > 1 ? { value: reader.expressions.readAll(groups[groups.length - 1], node) } : {}),
    ...(annotation ? { annotation: reader.textOf(annotation).replace(/^:\s*/, '') } : {}),
  };
}

function readUpdate(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare {
  return {
    kind: 'update',
    target: reader.expressions.read(parts[0]),
    operator: parts.length > 1 ? reader.textOf(parts[1]).replace(/=$/, '') : '',
    value: reader.expressions.readAll(parts.slice(2), node),
  };
}

function readDecorated(reader: StatementReader, parts: Nodes): Bare | undefined {
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
      read = { kind: 'call', callee: read, arguments: reader.expressions.arguments(part), ...extent };
    } else if (read !== undefined && /Name$/.test(part.name)) {
      read = { kind: 'member', object: read, name: reader.textOf(part), ...extent };
    } else if (part.name !== '.') read ??= reader.expressions.read(part);
  }
  return read ?? reader.expressions.readAll([], node);
}

function readMatch(reader: StatementReader, parts: Nodes, node: SyntaxNode): Bare {
  const body = parts.find(({ name }) => name === 'MatchBody');
  const cases = (body === undefined ? [] : childrenOf(body))
    .filter(({ name }) => name === 'MatchClause')
    .map((clause) => {
      const inner = childrenOf(clause);
      const guard = inner.find(({ name }) => name === 'Guard');
      const condition = guard === undefined ? undefined : childrenOf(guard).at(1);
      return {
        ...patternOf(reader, inner.at(1)),
        ...(condition ? { guard: reader.expressions.read(condition) } : {}),
        body: reader.block(inner.find(({ name }) => name === 'Body')),
      };
    });
  return { kind: 'match', subject: reader.expressions.readAll(parts.slice(1, 2), node), cases };
}

function patternOf(
  reader: StatementReader,
  pattern: SyntaxNode | undefined,
): { readonly pattern: PyExpressions | 'anything' | 'unclear'; readonly name?: string } {
  if (pattern === undefined) return { pattern: 'unclear' };
  if (pattern.name === 'CapturePattern') {
    const name = reader.textOf(pattern);
    return name === '_' ? { pattern: 'anything' } : { pattern: 'anything', name };
  }
  const alternatives = pattern.name === 'OrPattern' ? childrenOf(pattern) : [pattern];
  const values: PyExpression[] = [];
  for (const alternative of alternatives) {
    if (alternative.name === 'LogicOp') continue;
    const inner = childrenOf(alternative).at(0);
    if (alternative.name !== 'LiteralPattern' || inner === undefined) return { pattern: 'unclear' };
    values.push(reader.expressions.read(inner));
  }
  return { pattern: values };
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
