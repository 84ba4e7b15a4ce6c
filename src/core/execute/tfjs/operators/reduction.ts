import type { Graph, Operator } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import type { Tf, TfjsOperator, TfTensor } from '../call';
import { axisOf, constantIntegers, inputRank } from '../call';

type Reduce = (tf: Tf, value: TfTensor, axes: number[], keep: boolean) => TfTensor;

function reduction(kind: string, reduce: Reduce): TfjsOperator {
  return {
    kind,
    values: [0],
    mixesSamples: mixes,
    compute: ({ tf, operator, graph, input }) =>
      reduce(tf, input(0), axesOf(operator, graph), booleanOption(operator, 'keepDims', false)),
  };
}

/** Sums and extremes along the axes that input 1 names. */
export const reductionOperators: readonly TfjsOperator[] = [
  reduction('MEAN', (tf, x, axes, keep) => tf.mean(x, axes, keep)),
  reduction('REDUCE_ALL', (tf, x, axes, keep) => tf.all(tf.cast(x, 'bool'), axes, keep)),
  reduction('REDUCE_MAX', (tf, x, axes, keep) => tf.max(x, axes, keep)),
  reduction('REDUCE_MIN', (tf, x, axes, keep) => tf.min(x, axes, keep)),
  reduction('REDUCE_PROD', (tf, x, axes, keep) => tf.prod(x, axes, keep)),
  reduction('SUM', (tf, x, axes, keep) => tf.sum(x, axes, keep)),
  reduction('ARG_MAX', (tf, x, [axis]) => tf.argMax(x, axis)),
  reduction('ARG_MIN', (tf, x, [axis]) => tf.argMin(x, axis)),
  reduction('CUMSUM', (tf, x, [axis]) => tf.cumsum(x, axis)),
];

function axesOf(operator: Operator, graph: Graph): number[] {
  const rank = inputRank(operator, graph);
  return constantIntegers(operator, graph, 1).map((axis) => axisOf(axis, rank));
}

function mixes(operator: Operator, graph: Graph): boolean {
  return axesOf(operator, graph).includes(0);
}
