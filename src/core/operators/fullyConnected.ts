import type { Graph, Operator } from '../model/model';
import { booleanOption, enumOption } from '../model/options';
import { fusedActivation } from './checks';
import { define } from './define';
import type { Refusal } from './operator';
import { activationText, flagText, joinParts } from './optionsText';
import { isQuantized, scaleOf, symmetricInt16 } from './quantizationChecks';
import { dimension, elements, inputTensor, product, shapeText } from './shapes';
import { refuse, type OperatorView } from './view';
import { elementsOf, mapSize, type ShapeFunction } from './outputShapes';

/**
 * How far bias and weights x input may lie apart, as a part of the output's scale. Source:
 * GetQuantizedConvolutionMultipler, kernels/kernel_util.cc.
 */
const biasTolerance = 0.02;

/**
 * Facts from kernels/fully_connected.cc, kernels/fully_connected_common.cc and kernels/cmsis_nn/fully_connected.cc.
 * Weights: [units, depth].
 */
export const fullyConnected = define({
  kind: 'FULLY_CONNECTED',
  resolverMethod: 'AddFullyConnected',
  summary: 'Multiplies each row of the input by a weight matrix and adds a bias: a dense layer.',
  roles: ['activation', 'weights', 'bias'],
  inputs: [2, 3],
  outputs: 1,
  accepts: [
    'float32 float32 float32 -> float32',
    'int8 int8 int32 -> int8',
    'int8 int4 int32 -> int8',
    'int16 int8 int32|int64 -> int16',
  ],
  allocates: [
    'float32 float32 any -> float32',
    'int8 int8|int4 any -> int8',
    'int16 int8 any -> int16',
    'uint8 any any -> uint8',
  ],
  cmsisNnIsStrict: true,
  checks: [perChannelCheck, biasScaleCheck, cmsisNnCheck, fusedActivation],
  shapeProblem,
  macs,
  outputShapes: (view) => outputShapes(view),
  optionsText: (operator) =>
    joinParts(activationText(operator), flagText(operator, 'keepNumDims', 'keep dims'), formatText(operator)),
});

/** True for a FULLY_CONNECTED whose weights have several scales: see `perChannelDenseHistory`. */
export function hasPerChannelDenseWeights(operator: Operator, graph: Graph): boolean {
  if (operator.kind !== 'FULLY_CONNECTED') return false;
  const weights = inputTensor(operator, graph, 1);
  return isQuantized(weights) && weights!.quantization!.scales.length > 1;
}

/** Every element of a row goes into each unit; rows are all dimensions of the input but the depth. */
function macs(operator: Operator, graph: Graph): number | undefined {
  const weights = inputTensor(operator, graph, 1);
  const rows = rowCount(elements(inputTensor(operator, graph, 0)), dimension(weights, -1));
  return weights?.shape.length === 2 ? product(rows, dimension(weights, 0), dimension(weights, 1)) : undefined;
}

function rowCount(inputElements: number | undefined, depth: number | undefined): number | undefined {
  if (inputElements === undefined || depth === undefined || depth === 0) return undefined;
  return inputElements % depth === 0 ? inputElements / depth : undefined;
}

const outputShapes: ShapeFunction = ({ operator, shape }) => {
  const [input, weights] = [shape(0), shape(1)];
  if (input === undefined || weights?.length !== 2) return undefined;
  const [units, depth] = weights;
  if (booleanOption(operator, 'keepNumDims', false)) return [[...input.slice(0, -1), units]];
  return [[mapSize(elementsOf(input), (count) => Math.floor(count / Math.max(1, depth))), units]];
};

function shapeProblem(view: OperatorView): string | undefined {
  const [input, weights, output] = [view.input(0), view.input(1), view.output(0)];
  if (input === undefined || weights === undefined || output === undefined) return undefined;
  if (weights.shape.length !== 2) {
    return `${view.name} has the weights ${shapeText(weights)}, but needs a matrix of units by depth; convert the model again.`;
  }
  const rows = rowCount(elements(input), dimension(weights, 1));
  if (rows === undefined) {
    return `${view.name} has the input ${shapeText(input)}, which does not divide into rows of the weights' depth ${dimension(weights, 1) ?? 0}; convert the model again.`;
  }
  if (elements(output) === product(rows, dimension(weights, 0))) return undefined;
  return `${view.name} has the output ${shapeText(output)}, but its input and weights give ${rows} x ${dimension(weights, 0) ?? 0} values; convert the model again.`;
}

function perChannelCheck(view: OperatorView): Refusal | undefined {
  const weights = view.input(1);
  if (weights === undefined || view.input(0)?.type === 'float32') return undefined;
  const quantization = isQuantized(weights) ? weights.quantization! : undefined;
  if (quantization === undefined || quantization.scales.length < 2) return undefined;
  if (weights.type === 'int4') {
    return refuse(
      'quantization-unsupported',
      `${view.name} has int4 weights with a scale per channel, but TFLite Micro takes only one scale for int4 there; quantize the model again with one scale or with int8 weights.`,
    );
  }
  if (quantization.scales.length === dimension(weights, quantization.axis)) return undefined;
  return refuse(
    'quantization-unsupported',
    `The weights of ${view.name} have ${quantization.scales.length} scales, but ${dimension(weights, quantization.axis) ?? 0} channels along dimension ${quantization.axis}; quantize the model again.`,
  );
}

function biasScaleCheck(view: OperatorView): Refusal | undefined {
  const [input, weights, bias, output] = [view.input(0), view.input(1), view.input(2), view.output(0)];
  if (bias === undefined || input?.type === 'float32' || hasPerChannelDenseWeights(view.operator, view.graph)) {
    return undefined;
  }
  const apart = Math.abs(scaleOf(input) * scaleOf(weights) - scaleOf(bias));
  if (apart / scaleOf(output) <= biasTolerance) return undefined;
  return refuse(
    'quantization-unsupported',
    `The bias of ${view.name} has the scale ${scaleOf(bias)}, but TFLite Micro needs that of input x weights, ${scaleOf(input) * scaleOf(weights)}; quantize the model again.`,
  );
}

/** What only the CMSIS-NN kernel refuses. */
function cmsisNnCheck(view: OperatorView): Refusal | undefined {
  if (view.library !== 'cmsis_nn') return undefined;
  if (view.input(0)?.type === 'int16' && hasPerChannelDenseWeights(view.operator, view.graph)) {
    return refuse(
      'quantization-unsupported',
      `${view.name} has int16 activations and a scale per channel, which the CMSIS-NN kernel does not take; quantize with one scale for the matrix or build with the reference kernels.`,
    );
  }
  if (view.input(0)?.type === 'int16' && view.input(2)?.type === 'int32') {
    return refuse(
      'type-unsupported',
      `Input 2 (bias) of ${view.name} has type int32, but the CMSIS-NN kernel reads int64 there when input 0 is int16; quantize the model again with 64-bit biases or build with the reference kernels.`,
    );
  }
  return symmetricInt16(view);
}

function formatText(operator: Operator): string {
  return enumOption(operator, 'weightsFormat', 'DEFAULT') === 'DEFAULT' ? '' : 'shuffled';
}
