import { isConstant, type Graph, type Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import type { TfjsCall, TfjsOperator, TfTensor } from '../call';
import { axisOf, constantIntegers, inputRank } from '../call';
import { applyActivation } from '../fusedActivation';

export const concatenation: TfjsOperator = {
  kind: 'CONCATENATION',
  mixesSamples: (operator, graph) => optionAxis(operator, inputRank(operator, graph)) === 0,
  compute(call) {
    const { tf, operator, graph } = call;
    return applyActivation(call, tf.concat(allInputs(call), optionAxis(operator, inputRank(operator, graph))));
  },
};

export const pack: TfjsOperator = {
  kind: 'PACK',
  mixesSamples: (operator, graph) => optionAxis(operator, inputRank(operator, graph) + 1) === 0,
  compute(call) {
    const { tf, operator, graph } = call;
    return tf.stack(allInputs(call), optionAxis(operator, inputRank(operator, graph) + 1));
  },
};

export const unpack: TfjsOperator = {
  kind: 'UNPACK',
  mixesSamples: (operator, graph) => optionAxis(operator, inputRank(operator, graph)) === 0,
  compute: ({ tf, operator, graph, input }) => tf.unstack(input(0), optionAxis(operator, inputRank(operator, graph))),
};

/** Input 0 names the axis, input 1 is what is split. */
export const split: TfjsOperator = {
  kind: 'SPLIT',
  values: [1],
  mixesSamples: (operator, graph) => inputAxis(operator, graph, 0, 1) === 0,
  compute: ({ tf, operator, graph, input }) =>
    tf.split(input(1), operator.outputs.length, inputAxis(operator, graph, 0, 1)),
};

/** Input 1 has the sizes, input 2 names the axis. */
export const splitV: TfjsOperator = {
  kind: 'SPLIT_V',
  values: [0],
  mixesSamples: (operator, graph) => inputAxis(operator, graph, 2, 0) === 0,
  compute({ tf, operator, graph, input }) {
    const axis = inputAxis(operator, graph, 2, 0);
    return tf.split(
      input(0),
      operator.outputs.map((index) => graph.tensors[index].shape[axis]),
      axis,
    );
  },
};

/** All inputs; a constant is repeated for every sample. */
function allInputs({ tf, operator, graph, batch, input }: TfjsCall): TfTensor[] {
  return operator.inputs.map((index, position) => {
    const value = input(position);
    const isRepeated = batch > 1 && isConstant(graph.tensors[index]);
    return isRepeated ? tf.tile(value, [batch, ...value.shape.slice(1).map(() => 1)]) : value;
  });
}

function optionAxis(operator: Operator, rank: number): number {
  return axisOf(numberOption(operator, 'axis', 0), rank);
}

function inputAxis(operator: Operator, graph: Graph, position: number, of: number): number {
  return axisOf(constantIntegers(operator, graph, position)[0], inputRank(operator, graph, of));
}
