import type { Graph, Operator } from '../model/model';
import type { ShapeFunction } from './outputShapes';

/** What an input of an operator is for. */
export type InputRole = 'activation' | 'weights' | 'bias' | 'parameter' | 'state';

/** Whose kernels run the operators: they accept slightly different types, ranks and quantizations. */
export type KernelLibrary = 'reference' | 'cmsis_nn' | 'esp_nn';

/**
 * Everything that is known about one kind of operator, whatever runs it. One file each (or one per family), one line in
 * `operators.ts`.
 */
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
  /**
   * Whether TFLM runs it with these types, shapes and options; the first reason why not, as a complete sentence.
   * `library` defaults to the reference kernels.
   */
  readonly support: (operator: Operator, graph: Graph, library?: KernelLibrary) => Support;
  /** Whether it has the inputs and outputs that it computes with; whatever follows operators may rely on them then. */
  readonly isComplete: (operator: Operator, graph: Graph) => boolean;
  /**
   * A contradiction between the shapes of its tensors, as a whole sentence; cost formulas may rely on shapes when there
   * is none.
   */
  readonly shapeProblem?: (operator: Operator, graph: Graph) => string | undefined;
  /** The shapes that it gives its outputs, whatever the file says of them; absent where the file's own shapes count. */
  readonly outputShapes?: ShapeFunction;
  /** One short text of the options that matter: `stride 2x2 same relu`. */
  readonly optionsText?: (operator: Operator, graph: Graph) => string;
}

export type Support = { readonly supported: true } | Refusal;

/** TFLM does not run an operator: why, with the next step. */
export interface Refusal {
  readonly supported: false;
  readonly code: SupportCode;
  /** What fails: AllocateTensors(), or only Invoke() (some kernels look at types and options no earlier). */
  readonly when: 'allocating' | 'running';
  /** A complete sentence that names the operator and ends with what to do. */
  readonly reason: string;
}

/** Stable codes of why TFLM does not run an operator. */
export type SupportCode =
  /** TFLM has no such builtin operator. */
  | 'operator-unsupported'
  /** A custom operator that TFLM does not bring along. */
  | 'operator-custom-unknown'
  /** An operator that exists only in a build for an accelerator. */
  | 'operator-needs-driver'
  /** Float activations with integer weights. */
  | 'hybrid-operator'
  /** A tensor type that the kernel rejects. */
  | 'type-unsupported'
  /** A dimension that is only known at run time. */
  | 'dynamic-shape'
  /** A rank or a combination of shapes that the kernel rejects. */
  | 'shape-unsupported'
  /** A builtin option that the kernel rejects or ignores. */
  | 'options-unsupported'
  /** Scales or zero points that the kernel rejects. */
  | 'quantization-unsupported'
  /** The number of inputs or outputs, or an input that is absent. */
  | 'inputs-unsupported'
  /** An input that has to be a constant of the model. */
  | 'constant-required';
