import type { SyntaxNode } from '@lezer/common';
import type { BlockReader, Unfinished } from './blockReader';
import { indexOf, splitAt } from './nodes';
import type { Block, Branch, TryStatement, WithItem } from './tree';

type Nodes = readonly SyntaxNode[];

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

export function readIf(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished {
  const branches: Branch[] = [];
  let otherwise: Block = [];
  for (const { word, head, body } of clausesOf(parts, ifWords)) {
    if (word === 'else') otherwise = reader.block(body);
    else branches.push({ test: reader.expressions.readAll(head, node), body: reader.block(body) });
  }
  return { kind: 'if', branches, otherwise };
}

export function readFor(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished | undefined {
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

export function readWhile(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished {
  const [loop, otherwise] = clausesOf(parts, loopWords);
  return {
    kind: 'while',
    test: reader.expressions.readAll(loop.head, node),
    body: reader.block(loop.body),
    otherwise: reader.block(clauseBody(otherwise)),
  };
}

export function readTry(reader: BlockReader, parts: Nodes): Unfinished {
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

export function readWith(reader: BlockReader, parts: Nodes): Unfinished {
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
