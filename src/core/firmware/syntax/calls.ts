import type { SyntaxNode } from '@lezer/common';
import { childrenOf, expressionOf, textOf } from './expressions';
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

/** `chained`: what stands to its left decides whether it is called, and a status of 0 there says no. */
function useOf(node: SyntaxNode, text: string): CallUse {
  if (node.parent?.name === 'ExpressionStatement') return 'dropped';
  for (let at = node, parent = at.parent; parent !== null && !isBlock(parent); at = parent, parent = at.parent) {
    const [left, operator] = childrenOf(parent);
    if (parent.name !== 'BinaryExpression' || operator.name !== 'LogicOp' || left.from === at.from) continue;
    if (endsWithSuccess(textOf(operator, { text, shift: 0 }), textOf(left, { text, shift: 0 }))) return 'chained';
  }
  return 'used';
}

/** Whether what follows is left out when the call to the left gives `kTfLiteOk`, which is 0. */
function endsWithSuccess(operator: string, left: string): boolean {
  if (!/\bAdd[A-Z]\w*\s*\(/.test(left)) return false;
  const isEqual = /==\s*(?:\w+::)*kTfLiteOk/.test(left);
  if (operator === '||') return isEqual || /^\s*!/.test(left);
  return !isEqual && !/^\s*!/.test(left);
}
