import type { Graph, Operator } from '../model/model';

/** What an input of an operator is for. */
export type InputRole = 'activation' | 'weights' | 'bias' | 'parameter' | 'state';

/** Everything that is known about one kind of operator, whatever runs it. One file each (or one per family), one line in `operators.ts`. */
export interface OperatorDefinition {
  /** Name in TFLite's schema, or the code of a custom operator that TFLM registers. */
  readonly kind: string;
  /** Name of the resolver's method that adds it: `AddConv2D`. */
  readonly resolverMethod: string;
  /** One sentence: what it computes. */
  readonly summary: string;
  /** The role of input `position`; a constant in an activation's place stays an activation by role. */
  readonly role: (position: number) => InputRole;
  /**
   * Multiply-accumulates of one execution; 0 for operators that do not multiply and accumulate.
   * `undefined` where a shape needed for it is not known.
   */
  readonly macs: (operator: Operator, graph: Graph) => number | undefined;
  /** Whether TFLM runs it with these types and options; the first reason why not, as a whole sentence. */
  readonly support: (operator: Operator, graph: Graph) => Support;
  /** One short text of the options that matter: `2x2 same relu`. */
  readonly optionsText?: (operator: Operator, graph: Graph) => string;
}

export type Support =
  { readonly supported: true } | { readonly supported: false; readonly code: string; readonly reason: string };
