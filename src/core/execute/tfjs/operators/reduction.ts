import type { Graph, Operator } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import type { Tf, TfjsOperator, TfTensor } from '../call';
import { axisOf, constantIntegers, inputRank } from '../call';

type Reduce = (tf: Tf, value: TfTensor, axes: number[], operator: Operator) => TfTensor;

function reduction(kind: string, reduce: Reduce): TfjsOperator {
  return {
    kind,
    values: [0],
    mixesSamples: mixes,
    compute: ({ tf, operator, graph, input }) => reduce(tf, input(0), axesOf(operator, graph), operator),
  };
}

/** Sums and extremes along the axes that input 1 names. */
export const reductionOperators: readonly TfjsOperator[] = [
  reduction('MEAN', (tf, x, axes, operator) => tf.mean(x, axes, keeps(operator))),
  reduction('REDUCE_ALL', (tf, x, axes, operator) => tf.all(tf.cast(x, 'bool'), axes, keeps(operator))),
  reduction('REDUCE_MAX', (tf, x, axes, operator) => tf.max(x, axes, keeps(operator))),
  reduction('REDUCE_MIN', (tf, x, axes, operator) => tf.min(x, axes, keeps(operator))),
  reduction('REDUCE_PROD', (tf, x, axes, operator) => tf.prod(x, axes, keeps(operator))),
  reduction('SUM', (tf, x, axes, operator) => tf.sum(x, axes, keeps(operator))),
  reduction('ARG_MAX', (tf, x, [axis]) => tf.argMax(x, axis)),
  reduction('ARG_MIN', (tf, x, [axis]) => tf.argMin(x, axis)),
  reduction('CUMSUM', (tf, x, [axis], operator) =>
    tf.cumsum(x, axis, booleanOption(operator, 'exclusive', false), booleanOption(operator, 'reverse', false)),
  ),
];

/** Each axis once, as TF Lite takes them: for TensorFlow.js one that is named twice is two. */
function axesOf(operator: Operator, graph: Graph): number[] {
  const rank = inputRank(operator, graph);
  return [...new Set(constantIntegers(operator, graph, 1).map((axis) => axisOf(axis, rank)))];
}

function keeps(operator: Operator): boolean {
  return booleanOption(operator, 'keepDims', false);
}

function mixes(operator: Operator, graph: Graph): boolean {
  return axesOf(operator, graph).includes(0);
}
