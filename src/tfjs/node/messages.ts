import type { Model } from '../../core/model/model';

/**
 * What is asked of the process that runs TensorFlow.js for Node; each message has the number that its answer repeats.
 */
export type ToChild =
  | { readonly type: 'load'; readonly id: number; readonly model: Model }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly program: number;
      readonly inputs: readonly Float32Array[];
      readonly samples: number;
      readonly observed: readonly number[];
    }
  | { readonly type: 'dispose'; readonly id: number; readonly program: number };

/** Values by tensor. */
export type RunAnswer = readonly (readonly [tensor: number, values: Float32Array])[];

export type FromChild =
  /** The library is loaded; `name` is for people. */
  | { readonly type: 'ready'; readonly name: string }
  /** The library cannot be loaded; the process ends. */
  | { readonly type: 'unavailable'; readonly message: string }
  /** A program's number, or the values of a run. */
  | { readonly type: 'answer'; readonly id: number; readonly value: number | RunAnswer }
  /** `code` is that of a `HumanError`. */
  | { readonly type: 'failure'; readonly id: number; readonly message: string; readonly code?: string };
