import { numberOf, numbersOf, textOf } from '../../configValues';
import { add, beyond, type LayerContext } from '../context';
import { floats, type DraftValue } from '../draft';
import { oneHot } from './arrangements';
import { binary } from './elementwise';
import { asNumber } from './logic';
import { reduce } from './reduction';
import { expandDims, reshapeTo } from './shapes';

/** Numbers of categories as vectors, and numbers as those of the bins that they fall into. */

export function categoryEncoding(context: LayerContext): DraftValue | readonly DraftValue[] {
  const { config, inputs } = context;
  const count = numberOf(config, 'num_tokens');
  if (count === undefined || inputs.length > 1) return beyond(context, 'weights of its own, or an open num_tokens');
  return encoded(context, inputs[0], count);
}

function encoded(context: LayerContext, input: DraftValue, count: number): DraftValue | readonly DraftValue[] {
  const { draft, config } = context;
  const rank = input.shape.length;
  const mode = textOf(config, 'output_mode') ?? 'multi_hot';
  draft.doubts.add(draft.origin);
  const places = oneHot(context, input, count);
  if (mode === 'one_hot') {
    return input.shape[rank - 1] === 1 && rank > 1
      ? reshapeTo(context, places, [...input.shape.slice(0, -1), count], 'Squeeze')
      : places;
  }
  if (mode !== 'multi_hot' && mode !== 'count') return beyond(context, `output_mode="${mode}"`);
  const kind = mode === 'count' ? 'SUM' : 'REDUCE_MAX';
  return reduce(context, places, { kind, axes: [rank - 1], keeps: false, name: 'Encoded' });
}

/** As many as there are boundaries that a number reaches. */
export function discretization(context: LayerContext): DraftValue | readonly DraftValue[] {
  const { config, draft } = context;
  const [input] = context.inputs;
  const boundaries = numbersOf(config, 'bin_boundaries');
  draft.doubts.add(draft.origin);
  if (boundaries === undefined) return beyond(context, 'no bin_boundaries');
  const rank = input.shape.length;
  const column = expandDims(context, asNumber(context, input), [rank, rank], 'ExpandDims');
  const constant = floats(Float32Array.from(boundaries), [boundaries.length], 'const');
  const reached = asNumber(context, binary(context, 'GREATER_EQUAL', [column, constant], 'GreaterEqual'), 'Cast_1');
  const sum = reduce(context, reached, { kind: 'SUM', axes: [rank], keeps: false, name: 'Sum' });
  const bins = add(context, 'CAST', [sum], { shape: sum.shape, type: 'int32', name: 'Bucketize' });
  return (textOf(config, 'output_mode') ?? 'int') === 'int' ? bins : encoded(context, bins, boundaries.length + 1);
}
