import type { SyntaxNode } from '@lezer/common';
import { childrenOf, expressionOf, listed, textOf } from './expressions';
import type { AssignmentFact, Scope } from './syntax';

/** `a = b`, and the `member(value)` of a constructor. */
export function readAssignment(node: SyntaxNode, { text, inFunction }: Scope): readonly AssignmentFact[] {
  const source = { text, shift: 0 };
  const parts = childrenOf(node);
  if (parts.length < 2) return [];
  const place = { inFunction, start: node.from, end: node.to };
  const target = expressionOf(parts[0], source);
  const last = parts[parts.length - 1];
  if (node.name === 'FieldInitializer') {
    const given = listed(last, source);
    return given.length === 0 ? [] : [{ target, value: given[0], given, ...place }];
  }
  // `+=` and the like change a value by what stands there, but are no source of it.
  if (parts.length > 2 && /^\S+=$/.test(textOf(parts[1], source))) return [];
  return [{ target, value: expressionOf(last, source), ...place }];
}
