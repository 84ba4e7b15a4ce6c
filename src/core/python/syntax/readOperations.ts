import type { SyntaxNode } from '@lezer/common';
import { unclear, type Expressionless, type NodeReader } from './nodeReader';
import { splitAt } from './nodes';
import type { Comparison, DictEntry } from './tree';

type Nodes = readonly SyntaxNode[];

export function readBinary(reader: NodeReader, parts: Nodes): Expressionless {
  if (parts.length < 3) return unclear;
  const [left, operator] = parts;
  const right = parts[parts.length - 1];
  if (operator.name === 'CompareOp' || /^(?:in|is|not)$/.test(operator.name)) return readChain(reader, parts);
  const text = reader.textOf(operator);
  return { kind: 'binary', operator: text, left: reader.read(left), right: reader.read(right) };
}

function readChain(reader: NodeReader, parts: Nodes): Expressionless {
  const comparisons: Comparison[] = [];
  const left = reader.read(parts[0]);
  const operator = parts
    .slice(1, -1)
    .map((part) => reader.textOf(part))
    .join(' ');
  const right = reader.read(parts[parts.length - 1]);
  if (left.kind === 'compare' && parts[0].name === 'BinaryExpression') {
    comparisons.push(...left.rest, { operator, right });
    return { kind: 'compare', first: left.first, rest: comparisons };
  }
  return { kind: 'compare', first: left, rest: [{ operator, right }] };
}

export function readDict(reader: NodeReader, parts: Nodes): Expressionless {
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

/** Also of a statement that is nothing else. */
export function readYield(reader: NodeReader, parts: Nodes): Expressionless {
  const rest = parts.slice(1);
  const isFrom = rest[0]?.name === 'from';
  const nodes = isFrom ? rest.slice(1) : rest;
  return {
    kind: 'yield',
    isFrom,
    ...(nodes.length > 0 ? { value: reader.readAll(nodes, parts[0]) } : {}),
  };
}
