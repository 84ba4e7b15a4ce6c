import type { KnownWeights } from './unsignedWeights';
import type { Model } from '../../model/model';
import { countText } from '../wording';
import type { QuantizedGraph } from './quantizedGraph';
import { schemeOf } from './schemes/schemes';

/** As int8 the same number is 128 less. */
const middle = 128;

/** Says of how many layers the result has other weights than the source in uint8, as a complete sentence. */
export function saidOfKnownWeights(
  { graphs: [graph] }: Model,
  { model: { graphs }, origins }: QuantizedGraph,
  known: KnownWeights,
): string {
  const names = new Set([...known.values()].map(({ name }) => name));
  const layers = graphs[0].operators.flatMap(({ inputs }, place) => {
    const source = graph.operators[origins[place]];
    const rule = source === undefined ? undefined : schemeOf(source.kind)?.weights;
    if (rule === undefined) return [];
    const [before, after] = [graph.tensors[source.inputs[rule.weights]], graphs[0].tensors[inputs[rule.weights]]];
    if (!names.has(before.name) || after.type !== 'int8') return [];
    return [{ was: known.get(before.data!), is: after }];
  });
  const changed = layers.filter(({ was, is: { data, quantization } }) => {
    if (was === undefined || data === undefined) return true;
    const stored = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
    const isScaleKept = quantization!.scales.every((scale) => scale === Math.fround(was.scale));
    return !isScaleKept || was.stored.some((byte, index) => byte - middle !== stored[index]);
  }).length;
  if (changed === 0) return 'The weights keep their numbers, 128 less as int8.';
  return `The weights of ${countText(changed, 'layer')} of ${layers.length} have other numbers: int8 asks for a zero point in the middle, for no value below -127, and for biases that fit.`;
}
