import type { Operator, Tensor } from '../../model/model';
import { enumOption } from '../../model/options';
import { realValues, sliceStride } from '../../model/values/real';
import { schemeOf } from '../quantize/schemes/schemes';
import type { WeightsRule } from '../quantize/schemes/scheme';
import { hasSameShape } from '../clean/equalTensors';
import type { GraphDraft } from './graphDraft';
import { producerOf, readerCount } from './graphDraft';
import { areFinite, withConstants, type LayerConstants } from './layerConstants';

/** A layer, and the same with what follows it in its weights and bias. */
interface FoldedLayer {
  readonly layer: Operator;
  readonly folded: Operator;
}

/** Layers that end with a bias and an activation function. */
const layers: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']);

/**
 * The float layer before an operator that multiplies or adds one constant for each output channel (a batch
 * normalization that was not folded), and that layer with the constants in weights and bias: only float32 roundings
 * change. `undefined` where it is nothing of the kind, others read in between, or a constant would not be finite.
 */
export function arithmeticBehind(draft: GraphDraft, operator: Operator): FoldedLayer | undefined {
  if ((operator.kind !== 'MUL' && operator.kind !== 'ADD') || operator.inputs.length !== 2) return undefined;
  const place = operator.inputs.findIndex((index) => draft.tensors[index]?.data !== undefined);
  const layer = place < 0 ? undefined : soleProducer(draft, operator.inputs[1 - place]);
  const rule = layer && schemeOf(layer.kind)?.weights;
  if (layer?.options === undefined || rule === undefined) return undefined;
  const [weights, made, to] = [layer.inputs[rule.weights], operator.inputs[1 - place], operator.outputs[0]].map(
    (index) => draft.tensors[index],
  );
  const values = weights.type === 'float32' ? realValues(weights) : undefined;
  const channels = weights.shape[rule.axis];
  const constants = channelValues(draft.tensors[operator.inputs[place]], channels);
  const bias = biasOf(draft, layer, rule, channels);
  if (constants === undefined || bias === undefined || values === undefined || !hasSameShape(made, to)) {
    return undefined;
  }
  const stride = sliceStride(weights.shape, rule.axis);
  const changed: LayerConstants =
    operator.kind === 'ADD'
      ? { bias: bias.map((value, channel) => value + constants[channel]) }
      : {
          weights: values.map((value, index) => value * constants[Math.floor(index / stride) % channels]),
          bias: bias.map((value, channel) => value * constants[channel]),
        };
  if (!areFinite(changed)) return undefined;
  const fusedActivationFunction = enumOption(operator, 'fusedActivationFunction', 'NONE');
  const options = { ...layer.options, values: { ...layer.options.values, fusedActivationFunction } };
  return {
    layer,
    folded: { ...withConstants(draft, layer, rule, changed), options, outputs: operator.outputs },
  };
}

/** The operator that makes a tensor, where nobody else reads it and no activation follows the sum. */
function soleProducer(draft: GraphDraft, tensor: number): Operator | undefined {
  const producer = producerOf(draft, tensor);
  if (producer === undefined || !layers.has(producer.kind) || readerCount(draft, tensor) !== 1) return undefined;
  return enumOption(producer, 'fusedActivationFunction', 'NONE') === 'NONE' ? producer : undefined;
}

/** One number for each channel, when that is what the constant is: a scalar, or a vector along the last dimension. */
function channelValues(tensor: Tensor, channels: number): Float32Array | undefined {
  const isVector = tensor.shape.slice(0, -1).every((size) => size === 1);
  const values = isVector && tensor.type === 'float32' ? realValues(tensor) : undefined;
  if (values?.length === 1) return new Float32Array(channels).fill(values[0]);
  return values?.length === channels ? values : undefined;
}

/** Zeros where the layer has none. */
function biasOf(
  draft: GraphDraft,
  { inputs }: Operator,
  rule: WeightsRule,
  channels: number,
): Float32Array | undefined {
  const bias = draft.tensors[inputs[rule.bias] ?? -1];
  if (bias === undefined) return new Float32Array(channels);
  const values = bias.type === 'float32' ? realValues(bias) : undefined;
  return values?.length === channels ? values : undefined;
}
