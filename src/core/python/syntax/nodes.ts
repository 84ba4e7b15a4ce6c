import type { SyntaxNode } from '@lezer/common';

/** A node's children but comments, with what could not be parsed left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isError && child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** Splits at the children of a name, such as commas. */
export function splitAt(nodes: readonly SyntaxNode[], separator: string): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) groups.push([]);
    else groups[groups.length - 1].push(node);
  }
  return groups;
}

/** The index of a child by name, from an index on; -1 where there is none. */
export function indexOf(nodes: readonly SyntaxNode[], name: string, from = 0): number {
  for (let at = from; at < nodes.length; at += 1) if (nodes[at].name === name) return at;
  return -1;
}
