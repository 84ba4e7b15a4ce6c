import type * as Core from '@tensorflow/tfjs-core';
import type { Graph, Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import type { TfjsCall, TfjsOperator, TfTensor } from '../call';
import { axisOf, constantIntegers, inputRank, outputShape } from '../call';
import { mirrorMode } from './elementwise';

/** Operators after which the same values have another shape: the output's is known from the file. */
export const reshapeOperators: readonly TfjsOperator[] = ['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS'].map((kind) => ({
  kind,
  values: [0],
  compute: (call) => call.tf.reshape(call.input(0), outputShape(call)),
}));

export const transpose: TfjsOperator = {
  kind: 'TRANSPOSE',
  values: [0],
  mixesSamples: (operator, graph) => namedAxes(operator, graph)[0] !== 0,
  compute: ({ tf, operator, graph, input }) => tf.transpose(input(0), namedAxes(operator, graph)),
};

export const reverseV2: TfjsOperator = {
  kind: 'REVERSE_V2',
  values: [0],
  mixesSamples: (operator, graph) => namedAxes(operator, graph).includes(0),
  compute: ({ tf, operator, graph, input }) => tf.reverse(input(0), namedAxes(operator, graph)),
};

export const padOperators: readonly TfjsOperator[] = [
  { kind: 'PAD', values: [0], mixesSamples: padsSamples, compute: (call) => padTensor(call, 0) },
  {
    kind: 'PADV2',
    values: [0, 2],
    mixesSamples: padsSamples,
    compute: (call) => padTensor(call, call.input(2).dataSync()[0]),
  },
  {
    kind: 'MIRROR_PAD',
    values: [0],
    mixesSamples: padsSamples,
    compute: (call) => call.tf.mirrorPad(call.input(0), paddings(call.operator, call.graph), mirrorMode(call)),
  },
];

export const tile: TfjsOperator = {
  kind: 'TILE',
  values: [0],
  mixesSamples: (operator, graph) => constantIntegers(operator, graph, 1)[0] !== 1,
  compute: ({ tf, operator, graph, input }) => tf.tile(input(0), constantIntegers(operator, graph, 1)),
};

export const broadcastTo: TfjsOperator = {
  kind: 'BROADCAST_TO',
  values: [0],
  mixesSamples: (operator, graph) => inputRank(operator, graph) !== graph.tensors[operator.outputs[0]].shape.length,
  compute: (call) => call.tf.broadcastTo(call.input(0), outputShape(call)),
};

export const depthToSpace: TfjsOperator = {
  kind: 'DEPTH_TO_SPACE',
  compute: ({ tf, operator, input }) =>
    tf.depthToSpace(input(0) as Core.Tensor4D, numberOption(operator, 'blockSize', 1), 'NHWC'),
};

export const spaceToDepth: TfjsOperator = {
  kind: 'SPACE_TO_DEPTH',
  compute(call): TfTensor {
    const { tf, operator } = call;
    const size = numberOption(operator, 'blockSize', 1);
    const input = call.input(0);
    const [batch, height, width, depth] = input.shape as [number, number, number, number];
    const blocks = tf.reshape(input, [batch, height / size, size, width / size, size, depth]);
    return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), outputShape(call));
  },
};

export const spaceToBatchNd: TfjsOperator = {
  kind: 'SPACE_TO_BATCH_ND',
  values: [0],
  mixesSamples: () => true,
  compute: ({ tf, operator, graph, input }) =>
    tf.spaceToBatchND(input(0), constantIntegers(operator, graph, 1), pairs(constantIntegers(operator, graph, 2))),
};

export const batchToSpaceNd: TfjsOperator = {
  kind: 'BATCH_TO_SPACE_ND',
  values: [0],
  mixesSamples: () => true,
  compute: ({ tf, operator, graph, input }) =>
    tf.batchToSpaceND(input(0), constantIntegers(operator, graph, 1), pairs(constantIntegers(operator, graph, 2))),
};

function padTensor(call: TfjsCall, value: number): TfTensor {
  return call.tf.pad(call.input(0), paddings(call.operator, call.graph), value);
}

function paddings(operator: Operator, graph: Graph): [number, number][] {
  return pairs(constantIntegers(operator, graph, 1));
}

function padsSamples(operator: Operator, graph: Graph): boolean {
  return paddings(operator, graph)[0]?.some((count) => count !== 0) ?? false;
}

function pairs(values: readonly number[]): [number, number][] {
  return Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index], values[2 * index + 1]]);
}

/** The axes that input 1 names, each counted from the front. */
function namedAxes(operator: Operator, graph: Graph): number[] {
  const rank = inputRank(operator, graph);
  return constantIntegers(operator, graph, 1).map((axis) => axisOf(axis, rank));
}
