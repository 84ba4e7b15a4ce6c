import type { SyntaxNode } from '@lezer/common';
import type { NodeReader } from './nodeReader';
import { childrenOf, indexOf, splitAt } from './nodes';
import { readComprehension } from './readComprehension';
import type { Argument, PyExpression, PyParameter } from './tree';

type Nodes = readonly SyntaxNode[];

export function readArguments(reader: NodeReader, list: SyntaxNode): readonly Argument[] {
  const inner = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')');
  if (inner.some(({ name }) => name === 'for')) {
    const value: PyExpression = { ...readComprehension(reader, inner, 'generator'), from: list.from, to: list.to };
    return [{ value }];
  }
  return splitAt(inner, ',')
    .filter((group) => group.length > 0)
    .map((group) => readArgument(reader, group));
}

function readArgument(reader: NodeReader, group: Nodes): Argument {
  const last = group[group.length - 1];
  if ((group[0].name === '*' || group[0].name === '**') && group.length > 1) {
    return { unpacked: group[0].name, value: reader.read(last) };
  }
  if (group.length > 1 && group[1].name === 'AssignOp') {
    const value = group.length > 2 ? reader.read(group[2]) : reader.readAll([], group[1]);
    return { name: reader.textOf(group[0]), value };
  }
  return { value: reader.read(group[0]) };
}

export function readParameters(reader: NodeReader, list: SyntaxNode): readonly PyParameter[] {
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
      name: reader.textOf(name),
      kind,
      from: name.from,
      to: nodes[nodes.length - 1].to,
      ...(assigned >= 0 && assigned + 1 < nodes.length ? { initial: reader.read(nodes[assigned + 1]) } : {}),
      ...(annotation ? { annotation: reader.textOf(annotation).replace(/^:\s*/, '') } : {}),
    });
    afterStar ||= star === '*';
  }
  return parameters;
}

export function readSubscript(reader: NodeReader, nodes: Nodes, otherwise: SyntaxNode): PyExpression {
  const groups = splitAt(nodes, ',');
  if (groups.length === 1) return readSlice(reader, groups[0], otherwise);
  const items = groups.filter((group) => group.length > 0).map((group) => readSlice(reader, group, otherwise));
  return { kind: 'tuple', items, from: otherwise.from, to: otherwise.to };
}

function readSlice(reader: NodeReader, nodes: Nodes, otherwise: SyntaxNode): PyExpression {
  if (!nodes.some(({ name }) => name === ':')) return reader.readAll(nodes, otherwise);
  const [start, stop, step] = splitAt(nodes, ':').map((group) =>
    group.length === 0 ? undefined : reader.read(group[0]),
  );
  const extent = { from: nodes[0].from, to: nodes[nodes.length - 1].to };
  return { kind: 'slice', ...(start && { start }), ...(stop && { stop }), ...(step && { step }), ...extent };
}
