import type { Graph, Operator } from '../model/model';
import { numberOption } from '../model/options';
import { define } from './define';
import type { Refusal } from './operator';
import { activationText, joinParts, numberText } from './optionsText';
import { scaleOf } from './quantizationChecks';
import { dimension, inputTensor, product, shapeText } from './shapes';
import { refuse, type OperatorView } from './view';
import { mapSize } from './outputShapes';

/** How far the bias' scale may lie from state x time weights. Source: PrepareSvdf, kernels/svdf_common.cc. */
const biasTolerance = 1e-5;

/**
 * Facts from kernels/svdf.cc and kernels/svdf_common.cc. Weights: feature [filters, depth], time [filters, memory];
 * state [batch, memory x filters].
 */
export const svdf = define({
  kind: 'SVDF',
  resolverMethod: 'AddSvdf',
  summary:
    'A recurrent layer of rank-factorized filters: feature weights now, time weights over the remembered results.',
  roles: ['activation', 'weights', 'weights', 'bias', 'state'],
  inputs: 5,
  outputs: 1,
  accepts: [
    'float32 float32 float32 float32 float32 -> float32',
    'int8 int8 int16 int32 int16 -> int8',
    'int8 int8 int8 int32 int8 -> int8',
  ],
  checks: [stateCheck, biasCheck],
  shapeProblem,
  macs,
  outputShapes: ({ operator, shape }) => {
    const [batch, filters] = [shape(0)?.[0], shape(1)?.[0]];
    const rank = numberOption(operator, 'rank', 0);
    return batch === undefined || rank < 1
      ? undefined
      : [[batch, mapSize(filters, (known) => Math.floor(known / rank))]];
  },
  optionsText: (operator) => joinParts(numberText(operator, 'rank', 'rank'), activationText(operator)),
});

/** Each filter once over the input and once over its memory, for each row of the batch. */
function macs(operator: Operator, graph: Graph): number | undefined {
  const batch = dimension(inputTensor(operator, graph, 0), 0);
  const feature = inputTensor(operator, graph, 1);
  const time = inputTensor(operator, graph, 2);
  const now = product(batch, dimension(feature, 0), dimension(feature, 1));
  const remembered = product(batch, dimension(time, 0), dimension(time, 1));
  return now === undefined || remembered === undefined ? undefined : now + remembered;
}

function stateCheck(view: OperatorView): Refusal | undefined {
  if (view.input(4)?.isVariable === true) return undefined;
  return refuse(
    'inputs-unsupported',
    `Input 4 (state) of ${view.name} is no variable tensor, but TFLite Micro needs one to remember; convert the model again.`,
  );
}

function biasCheck(view: OperatorView): Refusal | undefined {
  if (view.input(0)?.type !== 'int8') return undefined;
  const bias = view.input(3);
  const expected = scaleOf(view.input(4)) * scaleOf(view.input(2));
  if (bias !== undefined && Math.abs(scaleOf(bias) - expected) < biasTolerance) return undefined;
  return refuse(
    'quantization-unsupported',
    `${view.name} needs an int32 bias with the scale of state x time weights (${expected}) in TFLite Micro; quantize the model again.`,
  );
}

function shapeProblem(view: OperatorView): string | undefined {
  const [input, feature, time, state] = [view.input(0), view.input(1), view.input(2), view.input(4)];
  const output = view.output(0);
  const flat = [input, feature, time, state, output].find((tensor) => tensor?.shape.length !== 2);
  if (flat !== undefined) {
    return `${view.name} works on ${shapeText(flat)}, but needs tensors of 2 dimensions; convert the model again.`;
  }
  const [batch, depth] = [dimension(input, 0), dimension(input, 1)];
  const filters = dimension(feature, 0);
  const rank = numberOption(view.operator, 'rank', 0);
  const units = filters === undefined || rank < 1 ? undefined : filters / rank;
  const consistent =
    Number.isInteger(units) &&
    dimension(feature, 1) === depth &&
    dimension(time, 0) === filters &&
    dimension(output, 0) === batch &&
    dimension(output, 1) === units &&
    dimension(state, 0) === batch &&
    dimension(state, 1) === product(dimension(time, 1), filters);
  return consistent
    ? undefined
    : `${view.name} has weights, state and output whose sizes do not fit its input and rank ${rank}; convert the model again.`;
}
