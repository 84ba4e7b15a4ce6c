import type { DataType } from '../../../src/core/model/dataType';
import { elementCount } from '../../../src/core/model/dataType';
import type { Graph, Model, Operator, OptionValue, Quantization, Tensor } from '../../../src/core/model/model';
import { decode, encode } from '../../../src/core/model/values/stored';
import { operatorModels } from './operatorModels';
import { RandomModel } from './randomModel';

/** A change of a model of one operator; `undefined` where the model has nothing that it changes. */
type Change = (made: Model, random: RandomModel) => Model | undefined;

const activations = ['RELU', 'RELU6', 'RELU_N1_TO_1'] as const;
const types: readonly DataType[] = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64', 'bool'];

/** Changes by name: what converters write rarely, hands write, and kernels forget. */
export const changes: Readonly<Record<string, Change>> = {
  'as it is': (made) => made,
  'other output scale': (made, random) => requantized(made, made.graphs[0].outputs, random),
  'other input scale': (made, random) => requantized(made, made.graphs[0].inputs.slice(-1), random),
  'zero point -128': (made) => withZeroPoint(made, -128),
  'zero point 127': (made) => withZeroPoint(made, 127),
  ...Object.fromEntries(activations.map((name) => [name, (made: Model) => fused(made, name)])),
  ...Object.fromEntries(types.map((type) => [`in ${type}`, (made: Model) => inType(made, type)])),
  'negative axis': negativeAxis,
  'new axis': newAxis,
};

/** Each model of one operator with each change that alters it: `SUM int8 | other output scale`. */
export function* operatorVariants(seed: number): Generator<readonly [name: string, made: Model]> {
  for (const [name, make] of Object.entries(operatorModels)) {
    for (const [change, apply] of Object.entries(changes)) {
      const made = apply(make(new RandomModel(seed)), new RandomModel(seed + 1000));
      if (made !== undefined) yield [`${name} | ${change}`, made];
    }
  }
}

function withGraph(made: Model, change: Partial<Graph>): Model {
  return { ...made, graphs: [{ ...made.graphs[0], ...change }] };
}

function withTensors(made: Model, change: (entry: Tensor) => Tensor): Model {
  return withGraph(made, { tensors: made.graphs[0].tensors.map(change) });
}

function withOptions(made: Model, values: Readonly<Record<string, OptionValue>>): Model {
  const [only] = made.graphs[0].operators;
  const changed: Operator = {
    ...only,
    options: { table: only.options!.table, values: { ...only.options!.values, ...values } },
  };
  return withGraph(made, { operators: [changed] });
}

function isAffine({ quantization, data }: Tensor): boolean {
  return data === undefined && quantization?.scales.length === 1;
}

function requantized(made: Model, indices: readonly number[], random: RandomModel): Model | undefined {
  if (!indices.some((index) => isAffine(made.graphs[0].tensors[index]))) return undefined;
  return withTensors(made, (entry) => {
    if (!indices.includes(entry.index) || !isAffine(entry)) return entry;
    return { ...entry, quantization: random.quantization(entry.type) ?? entry.quantization };
  });
}

function withZeroPoint(made: Model, zeroPoint: number): Model | undefined {
  const isChanged = (entry: Tensor): boolean => entry.type === 'int8' && isAffine(entry) && !entry.isVariable;
  if (!made.graphs[0].tensors.some(isChanged)) return undefined;
  return withTensors(made, (entry) =>
    isChanged(entry) ? { ...entry, quantization: { ...entry.quantization!, zeroPoints: [zeroPoint] } } : entry,
  );
}

/** Operators that take a fused activation, by their table of options. */
const fusing =
  /^(Add|Sub|Mul|Div|Conv2D|DepthwiseConv2D|TransposeConv|FullyConnected|Pool2D|Concatenation|SVDF|L2Norm)Options$/;

function fused(made: Model, activation: string): Model | undefined {
  const [{ options }] = made.graphs[0].operators;
  if (options === undefined || !fusing.test(options.table)) return undefined;
  if (options.values.fusedActivationFunction === activation) return undefined;
  return withOptions(made, { fusedActivationFunction: activation });
}

/** The first input's type, and of all that have it, in another. */
function inType(made: Model, type: DataType): Model | undefined {
  const { tensors, inputs } = made.graphs[0];
  const old = tensors[inputs[0]].type;
  if (old === type) return undefined;
  const quantization = quantizationIn(type);
  return withTensors(made, (entry) => {
    if (entry.type !== old || entry.name === 'values') return entry;
    if (entry.data === undefined) return { ...entry, type, quantization };
    const stored = decode(old, entry.data, elementCount(entry.shape));
    const data =
      stored && encode(type, type === 'bool' ? stored.map((value) => Math.abs(Math.trunc(value)) % 2) : stored);
    return { ...entry, type, data, quantization };
  });
}

function quantizationIn(type: DataType): Quantization | undefined {
  if (type === 'int16') return { scales: [1 / 4096], zeroPoints: [0], axis: 0 };
  return type === 'int8' || type === 'uint8' ? { scales: [1 / 32], zeroPoints: [3], axis: 0 } : undefined;
}

/** Axes of reductions and of options counted from the end. */
function negativeAxis(made: Model): Model | undefined {
  const [{ options, kind, inputs }] = made.graphs[0].operators;
  const rank = made.graphs[0].tensors[inputs[0]]?.shape.length ?? 0;
  const axis = options?.values.axis;
  if (typeof axis === 'number' && axis >= 0)
    return withOptions(made, { axis: kind === 'PACK' ? axis - rank - 1 : axis - rank });
  const reduces = /^(MEAN|SUM|REDUCE_|ARG_|CUMSUM|REVERSE)/.test(kind);
  if (!reduces && kind !== 'SPLIT' && kind !== 'SPLIT_V') return undefined;
  const data = made.graphs[0].tensors.find((entry) => entry.name === 'values' && entry.shape.length === 1);
  const of = kind === 'SPLIT' || kind === 'SPLIT_V' ? 4 : rank;
  const last = kind === 'SPLIT_V' ? made.graphs[0].tensors[inputs[2]] : data;
  if (last?.data === undefined) return undefined;
  const axes = decode('int32', last.data, elementCount(last.shape))!.map((value) => (value >= 0 ? value - of : value));
  return withTensors(made, (entry) => (entry.index === last.index ? { ...entry, data: encode('int32', axes) } : entry));
}

/** A new axis in STRIDED_SLICE, which the declared shape does not have. */
function newAxis(made: Model): Model | undefined {
  return made.graphs[0].operators[0].kind === 'STRIDED_SLICE' ? withOptions(made, { newAxisMask: 1 }) : undefined;
}
