import type { DataType } from './dataType';

/**
 * A neural network as read from a file: data only. Readers of every format produce this, everything else consumes it.
 */
export interface Model {
  /** Id of the format that it was read from, as in the list of formats. */
  readonly format: string;
  /** Version of the file format as the file states it, for instance `3` for TFLite. */
  readonly formatVersion: number;
  /**
   * Size of the model as it lies in flash, when it was read in that form; 0 otherwise: its size is then what would be
   * written.
   */
  readonly fileBytes: number;
  /** Who is to write the file, where our writer is not: of a model in a source. */
  readonly writtenBy?: 'converter';
  readonly description?: string;
  /** Graphs in file order; graph 0 is the one that is run, the others are called by control flow or by signatures. */
  readonly graphs: readonly Graph[];
  readonly metadata: readonly MetadataEntry[];
  readonly signatures: readonly Signature[];
  /**
   * Parts of the file that carry nothing for an estimate but must survive rewriting (external buffer groups …), by
   * schema field.
   */
  readonly preserved?: Readonly<Record<string, OptionValue>>;
}

/** One graph ("subgraph" in TFLite): operators in order of execution over tensors. Tensors are named by their index. */
export interface Graph {
  readonly index: number;
  readonly name: string;
  readonly tensors: readonly Tensor[];
  /** Tensor indices. */
  readonly inputs: readonly number[];
  /** Tensor indices. */
  readonly outputs: readonly number[];
  readonly operators: readonly Operator[];
  readonly preserved?: Readonly<Record<string, OptionValue>>;
}

/** A value of a graph: an activation, or a constant (see `isConstant`, `constantOf`). */
export interface Tensor {
  readonly index: number;
  readonly name: string;
  readonly type: DataType;
  /** Dimensions; empty for a scalar (and for a tensor of unknown rank, see `hasRank`). */
  readonly shape: readonly number[];
  /** As `shape` with -1 for a dimension that is only known at run time; absent when all dimensions are fixed. */
  readonly shapeSignature?: readonly number[];
  /** Of an input or output whose channels were put last: the shape that its file has, with the channels first. */
  readonly fileShape?: readonly number[];
  readonly hasRank?: boolean;
  readonly isVariable: boolean;
  readonly quantization?: Quantization;
  /**
   * The constant's bytes, little-endian and row-major: a view into the file, never a copy. Absent for an activation.
   * Tensors that share one buffer of the file share one `Uint8Array` object, and a writer keeps them shared.
   */
  readonly data?: Uint8Array;
  /**
   * True when the data of the constant lies in another file (external buffer): `data` is then absent though it is no
   * activation.
   */
  readonly externalBuffer?: number;
  /**
   * The constant is declared: its shape and type are known and its values are not, as of an untrained layer. `data` is
   * then absent.
   */
  readonly declared?: DeclaredConstant;
  readonly sparsity?: Readonly<Record<string, OptionValue>>;
  readonly variantTensors?: readonly Readonly<Record<string, OptionValue>>[];
}

/**
 * A constant without bytes. Tensors that share one object are one constant, as those of a layer that is called twice.
 */
export interface DeclaredConstant {
  /** Name of the weight where it was declared, for instance `conv2d/kernel`. */
  readonly name: string;
}

/**
 * Affine quantization: real = scale x (stored - zeroPoint). One entry for the tensor, or one per slice along `axis`.
 * Source: TFLite 8-bit quantization specification.
 */
export interface Quantization {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  /** The dimension along which scales differ; meaningful only with more than one scale. */
  readonly axis: number;
  /** Range seen while quantizing, kept from the file for information. */
  readonly min?: readonly number[];
  readonly max?: readonly number[];
  /** Custom or blockwise quantization details as in the schema. */
  readonly details?: Readonly<Record<string, OptionValue>>;
}

/** One operation of a graph. */
export interface Operator {
  /** Position in its graph. */
  readonly index: number;
  /** Name of the builtin operator as in TFLite's schema (`CONV_2D`), or `CUSTOM`. */
  readonly kind: string;
  /** Name of a custom operator; present exactly when `kind` is `CUSTOM`. */
  readonly customCode?: string;
  /** Version of the operator's definition, from the file. */
  readonly version: number;
  /** Tensor indices; -1 for an optional input that is absent. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly intermediates: readonly number[];
  /** Builtin options; absent when the file has none for this operator. */
  readonly options?: OperatorOptions;
  readonly options2?: OperatorOptions;
  /** Options of a custom operator, not interpreted: a view into the file. */
  readonly customOptions?: Uint8Array;
  readonly preserved?: Readonly<Record<string, OptionValue>>;
}

/**
 * Fields of an options table. Names are those of the schema in camel case (`strideW`), enumerations are their names
 * (`SAME`), defaults filled in.
 */
export interface OperatorOptions {
  /** Table name in the schema, for instance `Conv2DOptions`. */
  readonly table: string;
  readonly values: Readonly<Record<string, OptionValue>>;
}

export type OptionValue =
  | number
  | bigint
  | boolean
  | string
  | Uint8Array
  | undefined
  | readonly OptionValue[]
  | { readonly [name: string]: OptionValue };

export interface MetadataEntry {
  readonly name: string;
  /** A view into the file. */
  readonly data: Uint8Array;
}

/** A named entry point of a model. */
export interface Signature {
  readonly key: string;
  readonly graph: number;
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
}

export interface NamedTensor {
  readonly name: string;
  readonly tensor: number;
}

/** The operator's name for people: `CONV_2D`, or the code of a custom operator. */
export function operatorName(operator: Operator): string {
  return operator.customCode ?? operator.kind;
}

/** True for a tensor whose value never changes, whether its bytes are here, in another file, or not there yet. */
export function isConstant(tensor: Tensor): boolean {
  return tensor.data !== undefined || tensor.externalBuffer !== undefined || tensor.declared !== undefined;
}

/** Number of operators over all graphs. */
export function operatorCount(model: Model): number {
  return model.graphs.reduce((sum, graph) => sum + graph.operators.length, 0);
}
