import { unknown } from '../../python/evaluate/machine';
import { host, none } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';
import { LayerObject } from './layerObject';
import type { LibraryPath } from './paths';
import { PlainObject } from './plainObject';

/**
 * Wrappers of tensorflow-model-optimization for training: what is deployed is the model inside, so that it stands for
 * the wrapped one, and says so.
 */
export function callTfmot({ rest, name }: LibraryPath, { positional, named, at }: Call): PythonValue {
  const said = wrapping.get(name);
  if (said === undefined) {
    return /^[A-Z]/.test(name) ? host(new PlainObject(name)) : unknown(`What ${rest} gives is not known.`, at);
  }
  const inside =
    positional.at(0) ??
    ['to_prune', 'to_annotate', 'model', 'to_cluster']
      .map((each) => named.get(each))
      .find((each) => each !== undefined) ??
    none;
  const object = inside.kind === 'instance' ? inside.host : inside.kind === 'host' ? inside.object : undefined;
  if (object instanceof LayerObject && said !== '') {
    object.notes.push({ text: `${name} wraps ${object.facts.name} for training: ${said}`, at });
  }
  return inside;
}

const pruned = 'figures are those of the model inside, which strip_pruning gives before it is converted.';
const clustered = 'figures are those of the model inside, which strip_clustering gives before it is converted.';
const quantized = 'figures are those of the model inside, without the ranges that its quantizers learn.';

/** Functions that give what they are given, and what is said of it. */
const wrapping: ReadonlyMap<string, string> = new Map([
  ['quantize_model', quantized],
  ['quantize_apply', quantized],
  ['quantize_annotate_model', quantized],
  ['quantize_annotate_layer', quantized],
  ['prune_low_magnitude', pruned],
  ['strip_pruning', ''],
  ['cluster_weights', clustered],
  ['strip_clustering', ''],
]);
