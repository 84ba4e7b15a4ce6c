import { isConstant, type Graph, type Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import type { TfjsOperator } from '../call';
import { axisOf, constantIntegers, inputRank, outputShape } from '../call';

/** Inputs: value, begin, size. All samples are taken: there is but one in the file, or samples run one by one. */
export const slice: TfjsOperator = {
  kind: 'SLICE',
  values: [0],
  compute(call) {
    const begin = constantIntegers(call.operator, call.graph, 1);
    return call.tf.slice(call.input(0), begin, outputShape(call));
  },
};

/** Inputs: value, begin, end, strides; bits of the masks say which bounds are open. */
export const stridedSlice: TfjsOperator = {
  kind: 'STRIDED_SLICE',
  values: [0],
  mixesSamples: touchesSamples,
  compute(call) {
    const { tf, operator, graph, batch } = call;
    const [begin, end, strides] = [1, 2, 3].map((position) => constantIntegers(operator, graph, position));
    const mask = (name: string): number => numberOption(operator, name, 0);
    // The bounds of dimension 0 are for one sample: both open takes all of them.
    const samples = batch > 1 ? 1 : 0;
    const sliced = tf.stridedSlice(
      call.input(0),
      begin,
      end,
      strides,
      mask('beginMask') | samples,
      mask('endMask') | samples,
      mask('ellipsisMask'),
      mask('newAxisMask'),
      mask('shrinkAxisMask'),
    );
    return tf.reshape(sliced, outputShape(call));
  },
};

function touchesSamples(operator: Operator, graph: Graph): boolean {
  const masks = ['ellipsisMask', 'newAxisMask', 'shrinkAxisMask'].map((name) => numberOption(operator, name, 0));
  return masks.some((mask) => (mask & 1) !== 0) || constantIntegers(operator, graph, 3)[0] !== 1;
}

export const gather: TfjsOperator = {
  kind: 'GATHER',
  mixesSamples: (operator, graph) =>
    !isConstant(graph.tensors[operator.inputs[0]]) && gatherAxis(operator, graph) === 0,
  compute(call) {
    const { tf, operator, graph, input } = call;
    const [from, places] = [input(0), tf.cast(input(1), 'int32')];
    const [axis, dims] = [gatherAxis(operator, graph), batchDims(operator, graph)];
    if (dims === 0) return tf.gather(from, places, axis);
    // Batch by batch: the wasm backend reads beyond its indices otherwise.
    const [all, indices] = [from, places].map((value) =>
      tf.unstack(tf.reshape(value, [-1, ...value.shape.slice(dims)])),
    );
    return tf.reshape(
      tf.stack(all.map((one, batch) => tf.gather(one, indices[batch], axis - dims))),
      outputShape(call),
    );
  },
};

/** Counted from the end of the indices' dimensions where it is negative. */
function batchDims(operator: Operator, graph: Graph): number {
  return axisOf(numberOption(operator, 'batchDims', 0), inputRank(operator, graph, 1));
}

export const gatherNd: TfjsOperator = {
  kind: 'GATHER_ND',
  mixesSamples: () => true,
  compute: ({ tf, input }) => tf.gatherND(input(0), tf.cast(input(1), 'int32')),
};

function gatherAxis(operator: Operator, graph: Graph): number {
  return axisOf(numberOption(operator, 'axis', 0), inputRank(operator, graph));
}
