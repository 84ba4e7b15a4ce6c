import { numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, beyond, type LayerContext } from '../context';
import { claimedFloats, floats, real, type DraftValue } from '../draft';
import { chosen, maskOf } from '../masks';
import { asTruth } from './logic';
import { reshapeTo } from './shapes';
import { binary } from './elementwise';

/** Which positions an attention may look at, and how those are left out that it may not. */

/** Added to what must not count: Keras takes numbers as far away, of which nothing is left behind a softmax. */
const farAway = -1e9;

export function isAsked({ arguments: { named } }: LayerContext, name: string): boolean {
  const argument = named.get(name);
  return argument !== undefined && 'plain' in argument && argument.plain === true;
}

/** Truths of what stands at or before each position: `[rows, columns]`. */
export function causalMask(rows: number, columns: number): DraftValue {
  const values = claimedFloats(rows * columns).map((_, at) => (at % columns <= Math.floor(at / columns) ? 1 : 0));
  return floats(values, [rows, columns], 'causal');
}

interface Masked {
  readonly query: DraftValue;
  readonly key: DraftValue;
  readonly value: DraftValue;
}

/** All masks of an attention with heads as one, of `[batch, 1, query, key]`, or a constant for a causal one alone. */
export function headMask(context: LayerContext, { query, key, value }: Masked): DraftValue | undefined {
  const steps = (of: DraftValue): number => of.shape[1] ?? 1;
  const isOwnKey = key !== value;
  const masks = [
    shaped(context, maskOf(context, 0, 'query_mask'), [1, steps(query), 1]),
    shaped(context, maskOf(context, 1, 'value_mask'), [1, 1, steps(value)]),
    isOwnKey ? shaped(context, maskOf(context, 2, 'key_mask'), [1, 1, steps(key)]) : undefined,
    isAsked(context, 'use_causal_mask') ? causalMask(steps(query), steps(value)) : undefined,
    givenMask(context),
  ].filter((mask) => mask !== undefined);
  return joined(context, masks);
}

function givenMask(context: LayerContext): DraftValue | undefined {
  const argument = context.arguments.named.get('attention_mask');
  if (argument === undefined || !('shape' in argument)) return undefined;
  const truth = asTruth(context, argument);
  const [batch, ...rest] = truth.shape;
  return rest.length === 2 ? reshapeTo(context, truth, [batch, 1, ...rest], 'mask/Reshape') : truth;
}

function shaped(context: LayerContext, mask: DraftValue | undefined, rest: readonly number[]): DraftValue | undefined {
  return mask && reshapeTo(context, mask, [mask.shape[0], ...rest], 'mask/Reshape');
}

/** What all masks allow; constants are truths only where others are to be joined. */
export function joined(context: LayerContext, masks: readonly DraftValue[]): DraftValue | undefined {
  if (masks.length < 2) return masks.at(0);
  return masks
    .map((mask) => asTruth(context, mask))
    .reduce((all, mask) => {
      const shape = binaryShape(all, mask);
      return add(context, 'LOGICAL_AND', [all, mask], { shape, type: 'bool', name: 'mask/And' });
    });
}

function binaryShape({ shape: left }: DraftValue, { shape: right }: DraftValue): DraftValue['shape'] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [left[axis - rank + left.length] ?? 1, right[axis - rank + right.length] ?? 1];
    return one === 1 ? other : one;
  });
}

/** Scores of which nothing is left behind a softmax where the mask is off. */
export function masked(context: LayerContext, scores: DraftValue, mask: DraftValue): DraftValue {
  const values = mask.constant?.values;
  if (values !== undefined) {
    const away = claimedFloats(values.length).map((_, index) => (values[index] === 0 ? farAway : 0));
    return binary(context, 'ADD', [scores, floats(away, mask.shape as readonly number[], 'causal')], 'mask/add');
  }
  if (context.options.flavour === 'keras3') return chosen(context, mask, [scores, real(farAway)], 'mask/SelectV2');
  const shape = mask.shape;
  const off = add(context, 'LOGICAL_NOT', [mask], { shape, type: 'bool', name: 'mask/Not' });
  const numbers = add(context, 'CAST', [off], { shape, name: 'mask/Cast' });
  return binary(context, 'ADD', [scores, binary(context, 'MUL', [numbers, real(farAway)], 'mask/mul')], 'mask/add');
}

/** Keras 3 writes zeros for what is masked, behind the softmax of a layer. */
export function maskedSoftmax(
  context: LayerContext,
  scores: DraftValue,
  { mask, isZeroed }: { readonly mask?: DraftValue; readonly isZeroed: boolean },
): DraftValue {
  const asked = mask === undefined ? scores : masked(context, scores, mask);
  const weights = add(context, 'SOFTMAX', [asked], {
    shape: scores.shape,
    name: 'softmax_1/Softmax',
    options: { beta: 1 },
  });
  const isPart = mask !== undefined && mask.constant === undefined;
  if (!isPart || !isZeroed || context.options.flavour === 'keras2') return weights;
  return chosen(context, mask, [weights, real(0)], 'mask/SelectV2_1');
}

/** Attention over axes that stand last before the channels: what stands before them is a batch, they are one axis. */
export function overAxes(
  context: LayerContext,
  attend: (context: LayerContext) => DraftValue | readonly DraftValue[],
): DraftValue | readonly DraftValue[] {
  const { inputs, config, arguments: given } = context;
  const rank = inputs[0].shape.length;
  const axes = numbersOf(config, 'attention_axes')?.map((axis) => axisFromFront(axis, rank) ?? 0);
  const first = axes === undefined ? 1 : Math.min(...axes);
  const isLast = axes === undefined || axes.length === rank - 1 - first;
  if (!isLast || axes?.includes(0) === true) return beyond(context, 'other attention_axes than the last ones');
  if (isAsked(context, 'return_attention_scores')) return beyond(context, 'return_attention_scores=true over axes');
  if (inputs.some((input) => context.draft.masks.has(input)) || given.named.has('attention_mask')) {
    return beyond(context, 'a mask over several axes');
  }
  const count = (lengths: readonly (number | null)[]): number | null =>
    lengths.reduce<number | null>((all, length) => (all === null || length === null ? null : all * length), 1);
  context.draft.doubts.add(context.draft.origin);
  const flat = inputs.map(({ shape }, index) =>
    reshapeTo(
      context,
      inputs[index],
      [count(shape.slice(0, first)), count(shape.slice(first, -1)), shape[rank - 1]],
      `flat_${index}/Reshape`,
    ),
  );
  const made = attend({ ...context, inputs: flat });
  const value = 'shape' in made ? made : made.at(0);
  if (value === undefined) return [];
  return reshapeTo(context, value, [...inputs[0].shape.slice(0, -1), ...value.shape.slice(2)], 'Reshape_1');
}
