import type { SyntaxNode } from '@lezer/common';
import type { PyExpression, PyExpressions, TextExtent } from './tree';

/** Reads expressions of one text, as the readers of their parts see it. */
export interface NodeReader {
  readonly text: string;
  textOf(node: TextExtent): string;
  read(node: SyntaxNode): PyExpression;
  /** One expression of some nodes, `*x` among them; several with commas are a tuple without parentheses. */
  readAll(nodes: readonly SyntaxNode[], otherwise: TextExtent): PyExpression;
  items(nodes: readonly SyntaxNode[]): PyExpressions;
}

/** An expression whose place is added by who reads it. */
export type Expressionless = Unplaced<PyExpression>;

/** Of each kind of a union, so that it stays one. */
type Unplaced<Kind> = Kind extends PyExpression ? Omit<Kind, 'from' | 'to'> : never;

/** What is not finished, or not understood. */
export const unclear = { kind: 'other' } as const;
