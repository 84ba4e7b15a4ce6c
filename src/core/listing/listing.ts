import type { Span } from '../model/span';

/** A model as text, one operator a line, with the place of everything on it. */
export interface Listing {
  readonly lines: readonly string[];
  /** One entry per operator of all graphs, in the order of the report's layers. */
  readonly operators: readonly ListedOperator[];
  /** Every mention of a tensor: its definition (the operator's name column, or an `in` line) and its uses. */
  readonly tensors: readonly ListedTensor[];
  /** Where the cost columns stand: in the text itself, or as hints in front of the text that follows. */
  readonly costCells: readonly CostCell[];
  /** Foldable stretches of lines (a graph each), first line and last line. */
  readonly folds: readonly { readonly line: number; readonly endLine: number }[];
}

export interface ListedOperator {
  readonly graph: number;
  readonly index: number;
  readonly line: number;
  /** The whole line without leading blanks. */
  readonly span: Span;
  /** The operator's kind on the line. */
  readonly kindSpan: Span;
  readonly nameSpan: Span;
}

export interface ListedTensor {
  readonly graph: number;
  readonly tensor: number;
  readonly span: Span;
  readonly role: 'definition' | 'use' | 'output';
}

/**
 * A place for costs: the columns' head, an operator's costs (`layer` is its index in the report's layers), or blanks
 * that keep a line aligned.
 */
export interface CostCell {
  readonly line: number;
  readonly column: number;
  readonly kind: 'head' | 'layer' | 'blank';
  readonly layer?: number;
}
