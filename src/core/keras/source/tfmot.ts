import { unknown } from '../../python/evaluate/machine';
import { host, none, type Call, type PythonValue } from '../../python/evaluate/values';
import type { LibraryPath } from './paths';
import { PlainObject } from './plainObject';

/**
 * Wrappers of tensorflow-model-optimization for training: what is deployed is the model inside, so that it stands for
 * the wrapped one.
 */
export function callTfmot({ rest, name }: LibraryPath, { positional, named, at }: Call): PythonValue {
  if (wrapping.has(name)) {
    return positional.at(0) ?? named.get('to_prune') ?? named.get('to_annotate') ?? named.get('model') ?? none;
  }
  return /^[A-Z]/.test(name) ? host(new PlainObject(name)) : unknown(`What ${rest} gives is not known.`, at);
}

const wrapping: ReadonlySet<string> = new Set([
  'quantize_model',
  'quantize_apply',
  'quantize_annotate_model',
  'quantize_annotate_layer',
  'prune_low_magnitude',
  'strip_pruning',
  'cluster_weights',
  'strip_clustering',
]);
