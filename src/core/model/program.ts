import type { Origin, SourcePlace } from './origin';

/** What a program says of the model that it builds: layers as it names them, of which operators alone show little. */
export interface Program {
  /** Of the model, as the program names it. */
  readonly name?: string;
  /** In the program's own order; layers of nested models follow their owner. */
  readonly layers: readonly ProgramLayer[];
  /** What the program leaves open, and what was taken for it. */
  readonly openValues: readonly OpenValue[];
  /** What was taken for granted, as whole sentences for people. */
  readonly assumptions: readonly string[];
}

export interface ProgramLayer {
  readonly name: string;
  /** What it is, for instance `Conv2D`. */
  readonly kind: string;
  /** Of its last use, with the batch in front; `null` where a dimension is open; absent where it is not known. */
  readonly outputShape?: readonly (number | null)[];
  /** Weights and other stored values; absent where they are not known. */
  readonly parameters?: number;
  readonly origin?: Origin;
  /** Indices of its operators in the main graph: none of a layer that is gone in the converted model. */
  readonly operators: readonly number[];
  /** Its figures hold for what was taken for open values, or leave out what is not known. */
  readonly isOpen: boolean;
}

/** A value that nothing in the program says: a parameter that nobody passes, what is read from a file. */
export interface OpenValue {
  readonly name: string;
  readonly place?: SourcePlace;
  /** What is taken for it, as the program would write it; absent where nothing can be taken. */
  readonly taken?: string;
  /** A whole sentence: why it is not known. */
  readonly reason: string;
}
