import type { SyntaxNode } from '@lezer/common';
import type { Expressionless, NodeReader } from './nodeReader';
import { indexOf, splitAt } from './nodes';
import type { Clause } from './tree';

type Nodes = readonly SyntaxNode[];

export function readComprehension(
  reader: NodeReader,
  children: Nodes,
  makes: 'list' | 'set' | 'dict' | 'generator',
): Expressionless {
  const nodes = children.filter(({ name }) => !/^[()[\]{}]$/.test(name));
  const first = indexOf(nodes, 'for');
  const clauses: Clause[] = [];
  for (let at = first; at >= 0;) {
    const next = indexOf(nodes, 'for', at + 1);
    clauses.push(readClause(reader, nodes.slice(at + 1, next < 0 ? nodes.length : next), nodes[at]));
    at = next;
  }
  const head = nodes.slice(0, first).filter(({ name }) => name !== 'async');
  const colon = indexOf(head, ':');
  if (head.length === 0 || clauses.length === 0) return { kind: 'other' };
  if (makes === 'dict' && colon > 0 && colon + 1 < head.length) {
    return { kind: 'comprehension', makes, key: reader.read(head[0]), element: reader.read(head[colon + 1]), clauses };
  }
  return { kind: 'comprehension', makes, element: reader.read(head[0]), clauses };
}

function readClause(reader: NodeReader, nodes: Nodes, at: SyntaxNode): Clause {
  const middle = indexOf(nodes, 'in');
  const [source, ...conditions] = splitAt(
    nodes.slice(middle + 1).filter(({ name }) => name !== 'async'),
    'if',
  );
  return {
    target: reader.readAll(middle < 0 ? [] : nodes.slice(0, middle), at),
    source: reader.readAll(source, at),
    conditions: conditions.map((condition) => reader.readAll(condition, at)),
  };
}
