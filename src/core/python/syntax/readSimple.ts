import type { SyntaxNode } from '@lezer/common';
import type { BlockReader, Unfinished } from './blockReader';
import { indexOf, splitAt } from './nodes';
import type { FromImport } from './tree';

type Nodes = readonly SyntaxNode[];

export function readImport(reader: BlockReader, parts: Nodes): readonly (Unfinished | undefined)[] {
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

function readFrom(reader: BlockReader, parts: Nodes): Unfinished | undefined {
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

export function readAssignment(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished {
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

export function readUpdate(reader: BlockReader, parts: Nodes, node: SyntaxNode): Unfinished {
  return {
    kind: 'update',
    target: reader.expressions.read(parts[0]),
    operator: parts.length > 1 ? reader.textOf(parts[1]).replace(/=$/, '') : '',
    value: reader.expressions.readAll(parts.slice(2), node),
  };
}
