import type { Operator, Tensor } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { storedValues } from '../../../model/values/stored';
import { hasSameShape } from '../../clean/equalTensors';
import { patternRewrite } from '../patternRewrite';

const layers: ReadonlySet<string> = new Set(['FULLY_CONNECTED', 'CONV_2D', 'DEPTHWISE_CONV_2D']);

/** An ADD of a constant for each channel behind a float layer without bias is its bias. */
export const addedBias = patternRewrite({
  id: 'added-bias',
  exactWhen: 'In float32 a kernel adds the bias to the finished sum, as the ADD did, and the activation follows both.',
  kinds: ['ADD'],
  match: (operator, view) => {
    const place = operator.inputs.findIndex((index) => view.tensor(index)?.data !== undefined);
    const layer = view.producer(operator.inputs[1 - place]);
    if (place < 0 || operator.inputs.length !== 2 || layer === undefined || !layers.has(layer.kind)) return undefined;
    const [bias, made, to] = [operator.inputs[place], layer.outputs[0], operator.outputs[0]].map((index) =>
      view.tensor(index)!,
    );
    const isFree = view.onlyReader(layer.outputs[0]) === operator && hasSameShape(made, to);
    const isPlain = enumOption(layer, 'fusedActivationFunction', 'NONE') === 'NONE';
    const channels = made.shape.at(-1);
    const isBias = bias.type === 'float32' && bias.shape.length === 1 && bias.shape[0] === channels;
    if (!isFree || !isPlain || !isBias || made.type !== 'float32' || !isNothing(view.tensor(layer.inputs[2])))
      return undefined;
    const fusedActivationFunction = enumOption(operator, 'fusedActivationFunction', 'NONE');
    const options = layer.options && { ...layer.options, values: { ...layer.options.values, fusedActivationFunction } };
    if (options === undefined) return undefined;
    const inputs = [layer.inputs[0], layer.inputs[1], operator.inputs[place]];
    const whole: Operator = { ...layer, inputs, outputs: operator.outputs, options };
    return {
      ...{ removed: [layer, operator], inserted: [whole] },
      sentence: (name) => `${layer.kind} adds its bias itself, in place of ADD "${name}".`,
    };
  },
});

/** No bias, or one of zeros. */
function isNothing(bias: Tensor | undefined): boolean {
  return bias === undefined || (storedValues(bias)?.every((value) => value === 0) ?? false);
}
