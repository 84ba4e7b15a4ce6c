import type { SourcePlace } from '../model/origin';

/**
 * A Keras model as its source or its file says it, before anything is lowered: layers with their configuration, and
 * which output goes into which call. Readers of sources and of files produce this.
 */
export interface KerasModel {
  readonly name: string;
  readonly flavour: KerasFlavour;
  readonly kind: 'sequential' | 'functional' | 'subclassed';
  /**
   * In Keras's order (`model.layers`), operations where they were called. A functional model has its input layers here;
   * a sequential or a subclassed one has none.
   */
  readonly layers: readonly KerasLayer[];
  readonly inputs: readonly KerasInput[];
  readonly outputs: readonly KerasTensor[];
  /** Where the model object was made. */
  readonly origin?: SourcePlace;
}

/** Keras 2 (`tf_keras`) and Keras 3 number, fill in and convert some layers in other ways. */
export type KerasFlavour = 'keras2' | 'keras3';

export interface KerasInput {
  readonly name: string;
  /** With the batch in front. */
  readonly shape: KerasShape;
  /** As NumPy names it, `float32` for instance. */
  readonly dtype: string;
  /** Index of its `InputLayer` in `layers`, of a functional model. */
  readonly layer?: number;
}

/** A layer, or (`op`) an operation on tensors that Keras 3 keeps as a node and does not list as a layer. */
export interface KerasLayer {
  /** As Keras registers it, `Conv2D` for instance: never an alias. */
  readonly className: string;
  readonly name: string;
  readonly kind: 'layer' | 'op';
  /** As `get_config()` gives it: names of Keras, tuples as lists, defaults filled in. `undefined`: cannot be known. */
  readonly config: KerasConfig;
  /** Each use in this model, in order. None: made and listed, never called. */
  readonly calls: readonly KerasCall[];
  /** The model that it is, or what the `call` method of a layer of one's own does. */
  readonly model?: KerasModel;
  /** Layers inside a wrapper: of `Bidirectional` forward and backward, of `RNN` its cells in order. */
  readonly wraps?: readonly KerasLayer[];
  /** In Keras's order. Absent where the source or the file says nothing of it. */
  readonly weights?: readonly KerasWeight[];
  /** The call expression that makes the layer. */
  readonly origin?: SourcePlace;
  /** Call sites, nearest first, where it was made inside a function, a method or a comprehension's owner. */
  readonly calledFrom?: readonly SourcePlace[];
}

/** One use of a layer. */
export interface KerasCall {
  /** Tensors among the arguments, in the order in which they stand there. */
  readonly inputs: readonly KerasTensor[];
  readonly positional: readonly KerasArgument[];
  readonly named: ReadonlyMap<string, KerasArgument>;
  /** Shapes of what it returns. */
  readonly outputs: readonly KerasShape[];
  readonly origin?: SourcePlace;
}

/**
 * Something that is computed: output `output` of call `call` of layer `layer` (its index in `layers` of the same
 * model), or an input of the model.
 */
export type KerasTensor =
  { readonly layer: number; readonly call: number; readonly output: number } | { readonly input: number };

/** What a layer is called with. */
export type KerasArgument =
  KerasValue | { readonly tensor: KerasTensor } | { readonly list: readonly KerasArgument[] } | undefined;

/** A value of a configuration. Slices are maps with `start`, `stop` and `step`; what JSON cannot say is not here. */
export type KerasValue =
  null | boolean | number | string | readonly (KerasValue | undefined)[] | ReadonlyMap<string, KerasValue | undefined>;

export type KerasConfig = ReadonlyMap<string, KerasValue | undefined>;

/** A dimension; `null`: left open, as Keras's `None`; `undefined`: not known to the reader. */
export type KerasDimension = number | null | undefined;

/** `undefined`: not even the rank is known. */
export type KerasShape = readonly KerasDimension[] | undefined;

export interface KerasWeight {
  /** As Keras names it within its layer, `kernel` for instance. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly isTrainable: boolean;
  /** Row-major. Absent where nothing is trained yet. */
  readonly values?: Float32Array;
}
