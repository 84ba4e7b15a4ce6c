import type { KerasArgument, KerasConfig, KerasFlavour, KerasLayer, KerasShape, KerasValue } from '../kerasModel';

/** A class of layers, or of operations, as Keras has it. */
export interface LayerKind {
  readonly className: string;
  /** Other names that Keras exports it under. */
  readonly aliases?: readonly string[];
  /**
   * Functions that make it: of an operation its name in `keras.ops`, of a merging layer that in `keras.layers`. Their
   * arguments are tensors first, in the order of `inputs`, then the parameters.
   */
  readonly functions?: readonly string[];
  readonly isOperation?: boolean;
  /**
   * Names of the tensors that it is called with, where they are not one called `inputs`; one that takes a list of
   * tensors ends in `[]`.
   */
  readonly inputs?: readonly string[];
  /** In the order of the constructor's positional arguments. */
  readonly parameters: readonly LayerParameter[];
  /** Shapes of what a call returns, one for each output; none where even their number is not known. */
  readonly outputs: (use: LayerUse) => readonly KerasShape[];
  /** Variables in Keras's order; `undefined` where their shapes cannot be known. Absent: it has none. */
  readonly weights?: (use: LayerUse) => readonly WeightShape[] | undefined;
}

export interface LayerParameter {
  readonly name: string;
  /** Without the argument; absent where it has to be given. */
  readonly default?: KerasValue;
  /** Where the default of Keras 2 is another; `null` is a value as well. */
  readonly keras2Default?: KerasValue;
  /** How `get_config()` writes what was given. */
  readonly form?: ParameterForm;
  /** Name in Keras 2. */
  readonly keras2Name?: string;
}

export type ParameterForm =
  /** One number or a list, as a list of that many. */
  | { readonly kind: 'sizes'; readonly count: number }
  /** Padding or cropping: a number, one for each axis, or pairs; as one pair, or as a list of pairs. */
  | { readonly kind: 'margins'; readonly axes: number }
  /** Text in lower case. */
  | { readonly kind: 'word' }
  /** A function by its name; `None` is `linear`. */
  | { readonly kind: 'activation' }
  | { readonly kind: 'dataFormat' }
  /** `None` is the value of another parameter. */
  | { readonly kind: 'asOther'; readonly other: string; readonly count: number };

/** One use of a layer: what its shapes and variables hang on. */
export interface LayerUse {
  readonly config: KerasConfig;
  /** Shapes of the tensors that it is called with. */
  readonly inputs: readonly KerasShape[];
  readonly flavour: KerasFlavour;
  readonly wraps?: readonly KerasLayer[];
  readonly positional?: readonly KerasArgument[];
  readonly named?: ReadonlyMap<string, KerasArgument>;
}

export interface WeightShape {
  /** As Keras names it within its layer; with the names of layers inside in front, `forward_layer/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly isTrainable: boolean;
}

export function parameter(name: string, value: KerasValue, form?: ParameterForm): LayerParameter {
  return { name, default: value, form };
}

/** A parameter without a default. */
export function required(name: string, form?: ParameterForm): LayerParameter {
  return { name, form };
}

export const sizes = (count: number): ParameterForm => ({ kind: 'sizes', count });
export const margins = (axes: number): ParameterForm => ({ kind: 'margins', axes });
export const word: ParameterForm = { kind: 'word' };
export const activationParameter = parameter('activation', null, { kind: 'activation' });
export const dataFormat = parameter('data_format', null, { kind: 'dataFormat' });
export const useBias = parameter('use_bias', true);

/** Parameters that change no shape and no cost, by name: they are here for the places of those behind them. */
export function without(...names: readonly string[]): readonly LayerParameter[] {
  return names.map((name) => parameter(name, null));
}

/** Initializers, regularizers and constraints of kernel and bias, in the order of Keras's constructors. */
export const kernelAndBias = (kernel = 'kernel'): readonly LayerParameter[] =>
  without(
    `${kernel}_initializer`,
    'bias_initializer',
    `${kernel}_regularizer`,
    'bias_regularizer',
    'activity_regularizer',
    `${kernel}_constraint`,
    'bias_constraint',
  );

export const trainable = (name: string, shape: readonly number[]): WeightShape => ({ name, shape, isTrainable: true });
export const fixed = (name: string, shape: readonly number[]): WeightShape => ({ name, shape, isTrainable: false });

/** Its outputs are shaped as its first input. */
export const sameShape = ({ inputs }: LayerUse): readonly KerasShape[] => [inputs.at(0)];
