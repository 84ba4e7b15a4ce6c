import type { Operator, Tensor } from '../../../model/model';
import type { Model } from '../../../model/model';
import { enumOption } from '../../../model/options';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { addTensor, draftOf, producerOf, readerCount } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { schemeOf } from '../schemes/schemes';
import type { WeightsRule } from '../schemes/scheme';
import type { Repaired } from './repair';
import { bytesOf } from './repair';
import { realValues, sliceStride } from '../../../model/values/real';
import { lookup } from '../../../text/lookup';

/**
 * Folds what follows a layer into it, where that changes nothing but the rounding of float32: a constant factor or
 * summand for each output channel (a batch normalization that was not fused) into weights and bias, an activation
 * function into the layer's own.
 */
export function fold(model: Model): Repaired {
  const draft = draftOf(model.graphs[0]);
  let [arithmetic, activations] = [0, 0];
  for (const { index } of model.graphs[0].operators) {
    const operator = draft.operators.find((candidate) => candidate.index === index)!;
    if (foldArithmetic(draft, operator)) arithmetic++;
    else if (foldActivation(draft, operator)) activations++;
  }
  const decisions = [
    ...(arithmetic === 1
      ? ['1 multiplication or addition of constants was folded into the layer before it.']
      : arithmetic > 1
        ? [`${arithmetic} multiplications and additions of constants were folded into the layers before them.`]
        : []),
    ...(activations === 1
      ? ['1 activation function was fused into the layer before it.']
      : activations > 1
        ? [`${activations} activation functions were fused into the layers before them.`]
        : []),
  ];
  return { model: redraw(model, draft), decisions };
}

const fusable: Readonly<Record<string, string>> = lookup({
  RELU: 'RELU',
  RELU6: 'RELU6',
  RELU_N1_TO_1: 'RELU_N1_TO_1',
});
const fusing: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL']);

/** The operator before, when nobody else reads its result and it has no activation of its own. */
function soleProducer(draft: GraphDraft, tensor: number): Operator | undefined {
  const producer = producerOf(draft, tensor);
  if (producer === undefined || !fusing.has(producer.kind) || readerCount(draft, tensor) !== 1) return undefined;
  return enumOption(producer, 'fusedActivationFunction', 'NONE') === 'NONE' ? producer : undefined;
}

function foldActivation(draft: GraphDraft, operator: Operator): boolean {
  const name = fusable[operator.kind];
  const producer = name === undefined ? undefined : soleProducer(draft, operator.inputs[0]);
  if (producer?.options === undefined) return false;
  const values = { ...producer.options.values, fusedActivationFunction: name };
  absorb(draft, operator, { ...producer, options: { ...producer.options, values } });
  return true;
}

/** `producer` computes from now on what `operator` did. */
function absorb(draft: GraphDraft, operator: Operator, producer: Operator): void {
  const [result] = operator.outputs;
  draft.operators = draft.operators
    .filter(({ index }) => index !== operator.index)
    .map((each) => (each.index === producer.index ? { ...producer, outputs: [result] } : each));
}

function foldArithmetic(draft: GraphDraft, operator: Operator): boolean {
  if (operator.kind !== 'MUL' && operator.kind !== 'ADD') return false;
  const place = operator.inputs.findIndex((index) => draft.tensors[index].data !== undefined);
  const producer = place < 0 ? undefined : soleProducer(draft, operator.inputs[1 - place]);
  const rule = producer === undefined ? undefined : schemeOf(producer.kind)?.weights;
  if (producer === undefined || rule === undefined) return false;
  const weights = draft.tensors[producer.inputs[rule.weights]];
  const channels = weights.shape[rule.axis];
  const constants = channelValues(draft.tensors[operator.inputs[place]], channels);
  const isShapeKept =
    String(draft.tensors[operator.inputs[1 - place]].shape) === String(draft.tensors[operator.outputs[0]].shape);
  if (constants === undefined || !isShapeKept || weights.data === undefined) return false;
  const changed =
    operator.kind === 'MUL'
      ? scaleWeights(draft, producer, rule, constants)
      : shiftBias(draft, producer, rule, constants);
  if (changed === undefined || producer.options === undefined) return false;
  const fusedActivationFunction = enumOption(operator, 'fusedActivationFunction', 'NONE');
  const options = { ...producer.options, values: { ...producer.options.values, fusedActivationFunction } };
  absorb(draft, operator, { ...changed, options });
  return true;
}

/** One number for each channel, when that is what the constant is: a scalar, or a vector along the last dimension. */
function channelValues(tensor: Tensor, channels: number): Float32Array | undefined {
  const isVector = tensor.shape.slice(0, -1).every((size) => size === 1);
  const values = isVector && tensor.type === 'float32' ? realValues(tensor) : undefined;
  if (values?.length === 1) return new Float32Array(channels).fill(values[0]);
  return values?.length === channels ? values : undefined;
}

function scaleWeights(
  draft: GraphDraft,
  producer: Operator,
  rule: WeightsRule,
  factors: Float32Array,
): Operator | undefined {
  const weights = draft.tensors[producer.inputs[rule.weights]];
  const values = realValues(weights);
  const bias = biasOf(draft, producer, rule, factors.length);
  if (values === undefined || bias === undefined) return undefined;
  const stride = sliceStride(weights.shape, rule.axis);
  const newWeights = values.map((value, index) => value * factors[Math.floor(index / stride) % factors.length]);
  return withConstants(draft, producer, rule, {
    weights: newWeights,
    bias: bias.map((value, channel) => value * factors[channel]),
  });
}

function shiftBias(
  draft: GraphDraft,
  producer: Operator,
  rule: WeightsRule,
  summands: Float32Array,
): Operator | undefined {
  const bias = biasOf(draft, producer, rule, summands.length);
  if (bias === undefined) return undefined;
  return withConstants(draft, producer, rule, { bias: bias.map((value, channel) => value + summands[channel]) });
}

function biasOf(
  draft: GraphDraft,
  { inputs }: Operator,
  rule: WeightsRule,
  channels: number,
): Float32Array | undefined {
  const index = inputs[rule.bias] ?? -1;
  return index < 0 ? new Float32Array(channels) : realValues(draft.tensors[index]);
}

/** `operator` with new constants beside the old ones, which others may read. */
export function withConstants(
  draft: GraphDraft,
  operator: Operator,
  rule: WeightsRule,
  constants: { readonly weights?: Float32Array; readonly bias?: Float32Array },
): Operator {
  const inputs = [...operator.inputs];
  const weights = draft.tensors[inputs[rule.weights]];
  if (constants.weights !== undefined) {
    inputs[rule.weights] = addTensor(draft, { ...weights, data: bytesOf(constants.weights) });
  }
  if (constants.bias !== undefined) {
    const index = inputs[rule.bias] ?? -1;
    const name = index < 0 ? `${weights.name}/bias` : draft.tensors[index].name;
    const shape = [constants.bias.length];
    while (inputs.length < rule.bias) inputs.push(-1);
    inputs[rule.bias] = addTensor(draft, {
      name,
      type: 'float32',
      shape,
      isVariable: false,
      data: bytesOf(constants.bias),
    });
  }
  return { ...operator, inputs };
}
