import type { Frame, PythonMachine } from '../../python/evaluate/machine';
import type {
  Call,
  HostObject,
  InstanceValue,
  PythonPlace,
  UnknownValue,
  PythonValue,
} from '../../python/evaluate/values';
import type { KerasConfig, KerasFlavour, KerasShape, KerasValue } from '../kerasModel';
import type { LayerKind } from '../layers/layerKind';

/** A layer, or an operation, as the program makes it. */
export interface MadeLayer {
  readonly className: string;
  readonly kind: 'layer' | 'op';
  readonly flavour: KerasFlavour;
  name: string;
  /** What Keras's table says of it; none for a class of the program's own. */
  readonly table?: LayerKind;
  readonly config: KerasConfig;
  /** Arguments that are not known and matter, by parameter. */
  readonly open: readonly OpenArgument[];
  readonly at: PythonPlace;
  readonly calledFrom: readonly Frame[];
}

export interface OpenArgument {
  readonly parameter: string;
  readonly value: UnknownValue;
}

/** What one call was given. */
export type CallArgument =
  | { readonly tensor: TensorFacts }
  | { readonly list: readonly CallArgument[] }
  | { readonly value: KerasValue | undefined };

/** One use of a layer. */
export interface CallRecord {
  readonly layer: GraphLayer;
  readonly inputs: readonly TensorFacts[];
  readonly positional: readonly CallArgument[];
  readonly named: ReadonlyMap<string, CallArgument>;
  readonly outputs: readonly TensorFacts[];
  /** It was called with something that is not known. */
  readonly missing?: UnknownValue;
  readonly at: PythonPlace;
}

/** A tensor that only has a shape until the model runs. */
export interface TensorFacts {
  readonly shape: KerasShape;
  readonly dtype: string;
  /** Which call gives it, and as which of its outputs; none of what a traced function is given. */
  readonly from?: { readonly call: CallRecord; readonly output: number };
}

/** Calls that a method makes. */
export interface Trace {
  readonly inputs: readonly TensorFacts[];
  readonly records: CallRecord[];
  outputs: readonly TensorFacts[];
}

/** What a graph needs to know of a layer's object. */
export interface GraphLayer extends HostObject {
  readonly facts: MadeLayer;
  /** Its calls, in the order in which the program makes them. */
  readonly calls: CallRecord[];
}

/** An object that stands in a configuration, such as an initializer. */
export interface Described extends HostObject {
  described(): KerasValue;
}

/** An operation that the program asks for. */
export interface OperationCall {
  readonly className: string;
  /** Tensors and constants, as they were given. */
  readonly inputs: readonly PythonValue[];
  /** The other arguments, by Keras's names. */
  readonly parameters?: ReadonlyMap<string, PythonValue>;
  /** What Keras 2 calls it. */
  readonly path?: string;
  readonly at: PythonPlace;
}

/** What objects of Keras ask of the reading that they are part of. */
export interface GraphSession {
  readonly machine: PythonMachine;
  /** The flavour that names of `tensorflow` stand for. */
  readonly flavour: KerasFlavour;
  readonly trace: Trace | undefined;
  /** Instances of layers of the program's own that are being called, so that one that calls itself ends. */
  readonly tracing: Set<InstanceValue>;
  /** A name for a layer that was given none. */
  nameFor(className: string, flavour: KerasFlavour): string;
  /** Counts names from the beginning again, as `clear_session()` does. */
  forgetNames(): void;
  /** The shape of an input of which the program says nothing: what a user gave, or open. */
  openInputShape(at: PythonPlace): PythonValue;
  /** Notes the calls that `work` makes. */
  traced<Result>(trace: Trace, work: () => Result): Result;
  /** Keeps a model that was made. */
  register(model: GraphLayer): void;
  callLayer(layer: GraphLayer, call: Call): PythonValue;
  /** Shapes that a call gives with other tensors in the places of its own. */
  replayed(record: CallRecord, tensors: ReadonlyMap<TensorFacts, TensorFacts>, at: PythonPlace): readonly KerasShape[];
  runOperation(call: OperationCall): PythonValue;
  /** A variable as a tensor. */
  variable(facts: VariableFacts): PythonValue;
}

export interface VariableFacts {
  readonly name: string;
  readonly shape: readonly (number | undefined)[];
  readonly at: PythonPlace;
}
