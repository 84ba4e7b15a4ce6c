import type { SyntaxNode } from '@lezer/common';
import type { Expressionless, NodeReader } from './nodeReader';
import { childrenOf } from './nodes';
import type { PyExpression } from './tree';

interface Term {
  readonly value: PyExpression;
  /** What joins it with the term before. */
  readonly operator?: 'and' | 'or';
}

/**
 * Conditions that are joined by `and` and `or`. The grammar lets `not` take all that follows it, Python only the next
 * condition: terms are put together anew.
 */
export function readLogic(reader: NodeReader, node: SyntaxNode): Expressionless {
  const terms: Term[] = [];
  collect(reader, node, terms);
  return joined(
    splitAtOr(terms).map((group) => joined(group, 'and')),
    'or',
  );
}

/** Whether a node is conditions that are joined, after any `not`. */
export function isLogic(node: SyntaxNode | undefined): boolean {
  if (node === undefined) return false;
  const parts = childrenOf(node);
  if (node.name === 'UnaryExpression') return parts[0]?.name === 'not' && isLogic(parts.at(1));
  return node.name === 'BinaryExpression' && operatorOf(parts) !== undefined;
}

function operatorOf(parts: readonly SyntaxNode[]): 'and' | 'or' | undefined {
  const name = parts.at(1)?.name;
  return parts.length > 2 && (name === 'and' || name === 'or') ? name : undefined;
}

function collect(reader: NodeReader, node: SyntaxNode, into: Term[]): void {
  const parts = childrenOf(node);
  if (!isLogic(node)) {
    into.push({ value: reader.read(node) });
    return;
  }
  const operator = operatorOf(parts);
  const first = into.length;
  if (operator === undefined) {
    collect(reader, parts[1], into);
    const { value, ...rest } = into[first];
    into[first] = { ...rest, value: { kind: 'unary', operator: 'not', operand: value, from: node.from, to: value.to } };
    return;
  }
  collect(reader, parts[0], into);
  const second = into.length;
  collect(reader, parts[parts.length - 1], into);
  into[second] = { ...into[second], operator };
}

function splitAtOr(terms: readonly Term[]): readonly (readonly PyExpression[])[] {
  const groups: PyExpression[][] = [];
  for (const { value, operator } of terms) {
    if (operator === 'and') groups[groups.length - 1].push(value);
    else groups.push([value]);
  }
  return groups;
}

function joined(values: readonly PyExpression[], operator: 'and' | 'or'): PyExpression {
  return values.reduce((left, right) => ({ kind: 'logic', operator, left, right, from: left.from, to: right.to }));
}
