import { textOf } from '../../configValues';
import type { LayerContext } from '../context';
import type { DraftValue } from '../draft';
import { activate } from './activations';
import { einsum } from './einsum';
import { binary } from './elementwise';

/** A product with weights by an equation; the official converter may write it in another way. */
export function einsumDense(context: LayerContext): DraftValue | readonly DraftValue[] {
  const { config, draft } = context;
  const [input] = context.inputs;
  draft.doubts.add(draft.origin);
  const made = einsum(context, [input, context.weight('kernel')], textOf(config, 'equation') ?? '');
  if (!('shape' in made)) return made;
  const hasBias = textOf(config, 'bias_axes') !== undefined;
  const sum = hasBias ? binary(context, 'ADD', [made, context.weight('bias')], 'Add') : made;
  return activate(context, sum, config.get('activation'));
}
