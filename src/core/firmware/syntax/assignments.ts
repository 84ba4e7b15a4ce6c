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
  return [{ target, value: expressionOf(last, source), loop: loopAround(node, text), ...place }];
}

/** The innermost `for` that counts up to a limit. */
function loopAround(node: SyntaxNode, text: string): AssignmentFact['loop'] {
  for (let at = node.parent; at !== null && at.name !== 'FunctionDefinition'; at = at.parent) {
    const condition = at.name === 'ForStatement' ? at.getChild('BinaryExpression') : null;
    const tested = condition && expressionOf(condition, { text, shift: 0 });
    if (tested?.kind !== 'binary' || tested.left.kind !== 'name' || tested.operator !== '<') continue;
    return { name: tested.left.name, limit: tested.right };
  }
  return undefined;
}
