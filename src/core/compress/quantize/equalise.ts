import type { Graph, Model, Operator } from '../../model/model';
import { enumOption, numberOption } from '../../model/options';
import { isConstant } from '../../model/model';
import type { GraphDraft } from '../rewrite/graphDraft';
import { draftOf, readerCount } from '../rewrite/graphDraft';
import { redraw } from '../rewrite/redraw';
import type { Observations } from './calibrate/observe';
import { withConstants } from '../rewrite/layerConstants';
import { schemeOf } from './schemes/schemes';
import { realValues, sliceStride } from '../../model/values/real';

interface EqualisedModel {
  readonly model: Model;
  /** Pairs of layers whose channels were levelled. */
  readonly pairs: number;
}

/** Most that a channel is scaled by. */
const mostFactor = 64;

/**
 * Levels the channels between consecutive layers: where a layer's output (linear or rectified) is read by one layer
 * with weights alone, each channel is divided by a factor on one side and multiplied by it on the other. Factors are
 * powers of two, so that the float model computes exactly what it did. They bring the channel's largest activation a
 * and the next layer's largest weight w for it together, by the root of a / w; before a depthwise layer, whose channels
 * have scales of their own, by a alone. After Nagel et al., Data-Free Quantization Through Weight Equalization and Bias
 * Correction (2019), section 4.1, with measured activations.
 */
export function equalise(model: Model, observations: Observations): EqualisedModel {
  const draft = draftOf(model.graphs[0]);
  let pairs = 0;
  for (const { index, outputs } of model.graphs[0].operators) {
    const next = nextLayer(draft, index, outputs[0]);
    const most = observations.get(outputs[0])?.channelMost;
    if (next === undefined || most === undefined) continue;
    const factors = factorsFor(draft, next, most);
    if (factors.every((factor) => factor === 1)) continue;
    const operator = operatorAt(draft, index);
    replace(draft, scaledOutput(draft, operator, factors));
    replace(draft, scaledInput(draft, operatorAt(draft, next.index), factors));
    pairs++;
  }
  return { model: redraw(model, draft), pairs };
}

function operatorAt(draft: GraphDraft, index: number): Operator {
  return draft.operators.find((operator) => operator.index === index)!;
}

function replace(draft: GraphDraft, changed: Operator): void {
  draft.operators = draft.operators.map((operator) => (operator.index === changed.index ? changed : operator));
}

/** Layers whose weights are [output, …, input] and which scale with a positive factor. */
const isLayer = (operator: Operator, graph: Pick<Graph, 'tensors'>): boolean => {
  const rule = operator.kind === 'TRANSPOSE_CONV' ? undefined : schemeOf(operator.kind)?.weights;
  return rule !== undefined && isConstant(graph.tensors[operator.inputs[rule.weights]]);
};

/** The layer that alone reads the output of operator `index`, when both allow factors between them. */
function nextLayer(draft: GraphDraft, index: number, output: number): Operator | undefined {
  const operator = operatorAt(draft, index);
  const isHomogeneous = ['NONE', 'RELU'].includes(enumOption(operator, 'fusedActivationFunction', 'NONE'));
  if (!isLayer(operator, draft) || !isHomogeneous || readerCount(draft, output) !== 1) return undefined;
  const next = draft.operators.find(({ inputs }) => inputs[0] === output);
  if (next === undefined || !isLayer(next, draft)) return undefined;
  const channels = draft.tensors[output].shape.at(-1);
  const weights = draft.tensors[next.inputs[1]];
  const isPlain = next.kind !== 'DEPTHWISE_CONV_2D' || numberOption(next, 'depthMultiplier', 1) === 1;
  return isPlain && weights.shape.at(-1) === channels ? next : undefined;
}

function factorsFor(draft: GraphDraft, next: Operator, most: Float64Array): readonly number[] {
  const weights = realValues(draft.tensors[next.inputs[1]]);
  const channels = most.length;
  const largest = new Float64Array(channels);
  weights?.forEach((value, index) => {
    largest[index % channels] = Math.max(largest[index % channels], Math.abs(value));
  });
  const isFree = next.kind === 'DEPTHWISE_CONV_2D';
  const wanted = [...most].map((activation, channel) => {
    if (activation === 0 || largest[channel] === 0) return 0;
    return isFree ? activation : Math.sqrt(activation / largest[channel]);
  });
  const alive = wanted.filter((factor) => factor > 0);
  const middle = Math.exp(alive.reduce((sum, factor) => sum + Math.log(factor), 0) / Math.max(1, alive.length));
  return wanted.map((factor) => {
    if (factor === 0) return 1;
    const power = 2 ** Math.round(Math.log2(factor / middle));
    return Math.min(mostFactor, Math.max(1 / mostFactor, power));
  });
}

/** Divides every output channel of a layer by its factor. */
function scaledOutput(draft: GraphDraft, operator: Operator, factors: readonly number[]): Operator {
  const rule = schemeOf(operator.kind)!.weights!;
  const weights = draft.tensors[operator.inputs[rule.weights]];
  const stride = sliceStride(weights.shape, rule.axis);
  const bias = operator.inputs[rule.bias] ?? -1;
  return withConstants(draft, operator, rule, {
    weights: realValues(weights)!.map((value, index) => value / factors[Math.floor(index / stride) % factors.length]),
    ...(bias >= 0 && { bias: realValues(draft.tensors[bias])!.map((value, channel) => value / factors[channel]) }),
  });
}

/** Multiplies every weight by the factor of the input channel that it takes: they lie along the last dimension. */
function scaledInput(draft: GraphDraft, operator: Operator, factors: readonly number[]): Operator {
  const rule = schemeOf(operator.kind)!.weights!;
  const weights = realValues(draft.tensors[operator.inputs[rule.weights]])!;
  return withConstants(draft, operator, rule, {
    weights: weights.map((value, index) => value * factors[index % factors.length]),
  });
}
