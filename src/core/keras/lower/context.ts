import type { OptionValue } from '../../model/model';
import type { KerasConfig, KerasFlavour, KerasLayer, KerasShape, KerasValue } from '../kerasModel';
import { floats, once, type Draft, type DraftDimension, type DraftValue } from './draft';

/** How a model is converted. */
export interface LoweringOptions {
  /** As the official converter does it, or as it is best for TFLM. */
  readonly manner: 'official' | 'ours';
  readonly flavour: KerasFlavour;
  /** Of a layer that nobody knows: an operator that TFLM does not know stands in, or the model is refused. */
  readonly unknown: 'stand in' | 'refuse';
}

/** One use of a layer that is lowered. */
export interface LayerContext {
  readonly draft: Draft;
  readonly options: LoweringOptions;
  readonly layer: KerasLayer;
  readonly config: KerasConfig;
  /** Name of the layer as TensorFlow's names of its operations begin. */
  readonly scope: string;
  readonly inputs: readonly DraftValue[];
  readonly arguments: LoweredArguments;
  /** Lowers a layer inside of this one; nothing where nobody knows what it computes. */
  readonly inside: (context: LayerContext) => readonly DraftValue[];
  /** Shapes of what this use gives, as Keras works them out. */
  readonly outputs: readonly KerasShape[];
  /** A variable of the layer, as it was declared. @throws HumanError where the layer has none of that name. */
  readonly weight: (name: string) => DraftValue;
}

/** What a layer is called with, tensors as values. */
interface LoweredArguments {
  readonly positional: readonly LoweredArgument[];
  readonly named: ReadonlyMap<string, LoweredArgument>;
}

export type LoweredArgument =
  DraftValue | { readonly plain: KerasValue | undefined } | { readonly list: readonly LoweredArgument[] };

/** Nothing is made of the layer, because of `what` it has: an option as `padding="causal"`, or an argument. */
export function beyond({ draft }: Pick<LayerContext, 'draft'>, what: string): readonly DraftValue[] {
  draft.beyond = what;
  return [];
}

/** Adds an operation of the layer: `name` is that of TensorFlow's operation, by which the official order goes. */
export function add(
  { draft, scope, options: { manner } }: Pick<LayerContext, 'draft' | 'scope' | 'options'>,
  kind: string,
  inputs: readonly (DraftValue | undefined)[],
  made: {
    shape: readonly DraftDimension[];
    name: string;
    options?: Readonly<Record<string, OptionValue>>;
    type?: DraftValue['type'];
  },
): DraftValue {
  return draft.add(kind, inputs, { ...made, name: manner === 'ours' ? scope : `${scope}/${made.name}` });
}

/** A constant that is the same function of a weight's values wherever these are known. */
export function derived(
  source: DraftValue,
  shape: readonly number[],
  change: (values: Float32Array) => Float32Array,
): DraftValue {
  const values = source.constant?.values;
  return floats(values instanceof Float32Array ? change(values) : undefined, shape, source.name);
}

/** The same values under another shape. */
export function reshaped(source: DraftValue, shape: readonly number[]): DraftValue {
  return once(source, `shape ${shape.join()}`, () => derived(source, shape, (values) => values));
}

/** Values with axes in another order: axis `order[i]` of the source is axis `i` of the result. */
export function transposed(source: DraftValue, order: readonly number[]): DraftValue {
  return once(source, `order ${order.join()}`, () => inOrder(source, order));
}

function inOrder(source: DraftValue, order: readonly number[]): DraftValue {
  const from = source.shape.map((length) => length ?? 1);
  const shape = order.map((axis) => from[axis]);
  const strides = from.map((_, axis) => from.slice(axis + 1).reduce((product, length) => product * length, 1));
  return derived(source, shape, (values) => {
    const result = new Float32Array(values.length);
    const place = new Array<number>(shape.length).fill(0);
    const last = shape.length - 1;
    const [inner, step] = last < 0 ? [1, 0] : [shape[last], strides[order[last]]];
    let offset = 0;
    for (let index = 0; index < result.length;) {
      for (let each = 0; each < inner; each++) result[index++] = values[offset + each * step];
      for (let axis = last - 1; axis >= 0; axis--) {
        offset += strides[order[axis]];
        if (++place[axis] < shape[axis]) break;
        offset -= strides[order[axis]] * shape[axis];
        place[axis] = 0;
      }
    }
    return result;
  });
}
