import type { Operator, Tensor } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { elementCount } from '../../../model/dataType';
import { realValues } from '../../../model/values/real';
import { hasSameShape } from '../../clean/equalTensors';
import { areFinite, withConstants, type LayerConstants } from '../../rewrite/layerConstants';
import { schemeOf } from '../../quantize/schemes/schemes';
import type { GraphView } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/** Factors that lie further apart would leave some weights of a later quantization without bits. */
const mostSpread = 8;

/** Summands beyond this lose digits of float32 where the data that they shift are small. */
const mostShift = 16;

/** A batch normalization, or another factor or summand for each channel, before a float layer is in its weights. */
export const foldedBefore = patternRewrite({
  id: 'folded-before',
  exactWhen:
    'Layer and constants are float32, factors lie close together, summands are small, and what is shifted is not padded: only roundings of float32 change.',
  kinds: ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'],
  match: (layer, view) => {
    const rule = schemeOf(layer.kind)?.weights;
    const operator = view.producer(layer.inputs[0]);
    if (rule === undefined || operator === undefined || view.onlyReader(layer.inputs[0]) !== layer) return undefined;
    const given = channelConstants(operator, view);
    const [weights, bias] = [layer.inputs[1], layer.inputs[2]].map((index) => view.tensor(index));
    const inner = weights === undefined || given === undefined ? undefined : innerChannels(layer, weights, given.size);
    const values = weights?.type === 'float32' ? realValues(weights) : undefined;
    const sums = bias === undefined ? new Float32Array(weights?.shape[rule.axis] ?? 0) : realValues(bias);
    const isFloat = bias === undefined || bias.type === 'float32';
    if (given === undefined || inner === undefined || values === undefined || sums === undefined || !isFloat) {
      return undefined;
    }
    const { constants, isFactor, source } = given;
    if (!isFactor && isPadded(layer, weights!)) return undefined;
    const channels = weights!.shape[rule.axis];
    const outer =
      layer.kind === 'DEPTHWISE_CONV_2D'
        ? (at: number) => at % channels
        : (at: number) => Math.floor(at / (values.length / channels));
    const summed = Float64Array.from(sums);
    if (!isFactor) values.forEach((value, at) => (summed[outer(at)] += value * constants[inner(at)]));
    const changed: LayerConstants = isFactor
      ? { weights: values.map((value, at) => value * constants[inner(at)]) }
      : { bias: Float32Array.from(summed) };
    if (!areFinite(changed)) return undefined;
    const folded = withConstants(view.draft, layer, rule, changed);
    return {
      ...{ removed: [operator, layer], inserted: [{ ...folded, inputs: [source, ...folded.inputs.slice(1)] }] },
      sentence: (name) =>
        `The constants of ${operator.kind} before ${layer.kind} "${name}" are in its weights and bias now.`,
    };
  },
});

interface ChannelConstants {
  readonly constants: Float32Array;
  readonly isFactor: boolean;
  readonly source: number;
  /** Channels of what is multiplied or shifted. */
  readonly size: number;
}

/** `undefined` where it is no factor or summand for each channel, or one that would cost digits. */
function channelConstants(operator: Operator, view: GraphView): ChannelConstants | undefined {
  const isFactor = operator.kind === 'MUL';
  if ((!isFactor && operator.kind !== 'ADD') || operator.inputs.length !== 2) return undefined;
  if (enumOption(operator, 'fusedActivationFunction', 'NONE') !== 'NONE') return undefined;
  const place = operator.inputs.findIndex((index) => view.tensor(index)?.data !== undefined);
  const [constant, from, to] = [operator.inputs[place], operator.inputs[1 - place], operator.outputs[0]].map((index) =>
    view.tensor(index),
  );
  if (place < 0 || constant === undefined || from?.type !== 'float32' || to === undefined) return undefined;
  const size = from.shape.at(-1) ?? 1;
  const isVector = constant.shape.slice(0, -1).every((each) => each === 1);
  const values = constant.type === 'float32' && isVector ? realValues(constant) : undefined;
  if (values === undefined || (values.length !== 1 && values.length !== size) || !hasSameShape(from, to))
    return undefined;
  const sizes = values.map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (isFactor ? !(least > 0 && most <= mostSpread * least) : !(most <= mostShift)) return undefined;
  const constants = values.length === size ? values : new Float32Array(size).fill(values[0]);
  return { constants, isFactor, source: operator.inputs[1 - place], size };
}

/** Which channel of the input a weight is multiplied with; `undefined` where that is not one for each. */
function innerChannels({ kind }: Operator, { shape }: Tensor, size: number): ((at: number) => number) | undefined {
  if (elementCount(shape) === 0 || size === 0) return undefined;
  const last = shape.at(-1)!;
  if (kind === 'DEPTHWISE_CONV_2D')
    return last % size === 0 ? (at) => Math.floor((at % last) / (last / size)) : undefined;
  return last === size ? (at) => at % last : undefined;
}

/** Whether places that nothing was added to are multiplied, too. */
function isPadded({ kind, options }: Operator, { shape }: Tensor): boolean {
  if (kind === 'FULLY_CONNECTED' || options?.values.padding === 'VALID') return false;
  return shape[1] !== 1 || shape[2] !== 1;
}
