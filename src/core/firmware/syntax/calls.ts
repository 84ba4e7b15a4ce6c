import type { SyntaxNode } from '@lezer/common';
import { expressionOf, textOf } from './expressions';
import type { CallFact, CallUse, Scope } from './syntax';

/** A call, with what becomes of its value. */
export function readCall(node: SyntaxNode, { text, inFunction }: Scope): readonly CallFact[] {
  const call = expressionOf(node, { text, shift: 0 });
  if (call.kind !== 'call') return [];
  const statement = statementOf(node);
  return [
    {
      call,
      use: useOf(node, text),
      inFunction,
      statement: { start: statement.from, end: statement.to },
      start: node.from,
      end: node.to,
    },
  ];
}

function statementOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  for (let parent = at.parent; parent !== null && !isBlock(parent); parent = at.parent) at = parent;
  return at;
}

function isBlock({ name }: SyntaxNode): boolean {
  return ['CompoundStatement', 'Program', 'FieldDeclarationList', 'CaseStatement'].includes(name);
}

/** `chained`: it stands to the right of an `&&` or `||`, so that what stands left decides whether it is called. */
function useOf(node: SyntaxNode, text: string): CallUse {
  if (node.parent?.name === 'ExpressionStatement') return 'dropped';
  for (let at = node, parent = at.parent; parent !== null && !isBlock(parent); at = parent, parent = at.parent) {
    const isRight =
      parent.lastChild !== null && parent.lastChild.from === at.from && parent.firstChild?.from !== at.from;
    const operator = parent.name === 'BinaryExpression' ? parent.getChild('LogicOp') : null;
    if (isRight && operator !== null && textOf(operator, { text, shift: 0 }) === '&&') return 'chained';
  }
  return 'used';
}
