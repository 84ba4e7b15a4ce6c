import { isOn, numberOf, textOf } from '../../configValues';
import { add, beyond, derived, type LayerContext } from '../context';
import { real, type DraftValue } from '../draft';
import { chosen, maskOf } from '../masks';
import { multiHeadAttention } from './attention';
import { causalMask, isAsked, joined, masked } from './attentionMasks';
import { reshapeTo, transpose } from './shapes';
import { binary } from './elementwise';
import { reduce } from './reduction';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** Attention without projections: `scores` of query and key, a softmax, and the values by it. */
const scored =
  (scores: (context: LayerContext, query: DraftValue, key: DraftValue) => DraftValue): Lowering =>
  (context) => {
    const [query, value, key = value] = context.inputs;
    if (query.shape.length !== 3) return beyond(context, `inputs of ${query.shape.length} dimensions`);
    context.draft.doubts.add(context.draft.origin);
    const [rows, columns] = [query.shape[1] ?? 1, value.shape[1] ?? 1];
    const own = maskOf(context, 1);
    const mask = joined(
      context,
      [
        own && reshapeTo(context, own, [own.shape[0], 1, columns], 'mask/Reshape'),
        isAsked(context, 'use_causal_mask') ? causalMask(rows, columns) : undefined,
      ].filter((each) => each !== undefined),
    );
    const made = scores(context, query, key);
    const asked = mask === undefined ? made : masked(context, made, mask);
    const weights = add(context, 'SOFTMAX', [asked], { shape: made.shape, name: 'Softmax', options: { beta: 1 } });
    const mixed = multiplied(context, [weights, value], 'MatMul_1');
    const asking = maskOf(context, 0);
    const output = asking === undefined ? mixed : counted(context, mixed, asking);
    return isAsked(context, 'return_attention_scores') ? [output, weights] : output;
  };

/** Zeros for positions of the query that do not count. */
function counted(context: LayerContext, value: DraftValue, mask: DraftValue): DraftValue {
  const column = reshapeTo(context, mask, [...mask.shape, 1], 'mask/Reshape_1');
  return chosen(context, column, [value, real(0)], 'mask/SelectV2');
}

function multiplied(context: LayerContext, [left, right]: readonly [DraftValue, DraftValue], name: string): DraftValue {
  return add(context, 'BATCH_MATMUL', [left, right], {
    shape: [...left.shape.slice(0, -1), right.shape[right.shape.length - 1]],
    name,
    options: { adjX: false, adjY: false, asymmetricQuantizeInputs: false },
  });
}

/** Each position of the query with each of the key: `[batch, rows, columns, depth]`. */
function pairs(context: LayerContext, query: DraftValue, key: DraftValue): DraftValue {
  const [batch, rows, depth] = query.shape;
  const across = reshapeTo(context, query, [batch, rows, 1, depth], 'ExpandDims');
  const down = reshapeTo(context, key, [key.shape[0], 1, key.shape[1], key.shape[2]], 'ExpandDims_1');
  return binary(context, 'ADD', [across, down], 'add');
}

function tanh(context: LayerContext, value: DraftValue): DraftValue {
  return add(context, 'TANH', [value], { shape: value.shape, name: 'Tanh' });
}

/** A sum over the depth of each pair. */
function summed(context: LayerContext, value: DraftValue): DraftValue {
  return reduce(context, value, { kind: 'SUM', axes: [3], written: [-1], keeps: false, isPlain: true, name: 'Sum' });
}

export const attention: Lowering = scored((context, query, key) => {
  const { config } = context;
  const scale = isOn(config, 'use_scale') ? context.weight('scale') : undefined;
  const scaled = (value: DraftValue): DraftValue =>
    scale === undefined ? value : binary(context, 'MUL', [value, scale], 'mul');
  if (textOf(config, 'score_mode') === 'concat') {
    const sum = summed(context, tanh(context, scaled(pairs(context, query, key))));
    return binary(context, 'MUL', [sum, context.weight('concat_score_weight')], 'mul_1');
  }
  const turned = transpose(context, key, [0, 2, 1], 'transpose');
  return scaled(multiplied(context, [query, turned], 'MatMul'));
});

export const additiveAttention: Lowering = scored((context, query, key) => {
  const value = tanh(context, pairs(context, query, key));
  const isScaled = isOn(context.config, 'use_scale') === true;
  return summed(context, isScaled ? binary(context, 'MUL', [value, context.weight('scale')], 'mul') : value);
});

/** As many heads of keys and values as of queries: each is there several times. */
export function groupQueryAttention(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [asking, asked] = ['num_query_heads', 'num_key_value_heads'].map((name) => numberOf(context.config, name) ?? 1);
  const times = asking / asked;
  const weight = (name: string): DraftValue => {
    const own = context.weight(name);
    if (!name.startsWith('key/') && !name.startsWith('value/')) return own;
    const shape = own.shape.map((length) => length ?? 1);
    const width = shape[shape.length - 1];
    const to = [...shape.slice(0, -2), asking, width];
    return derived(own, to, (values) => {
      const repeated = new Float32Array(values.length * times);
      for (let at = 0; at < repeated.length; at++) {
        const [row, place] = [Math.floor(at / width), at % width];
        repeated[at] = values[Math.floor(row / times) * width + place];
      }
      return repeated;
    });
  };
  return multiHeadAttention({ ...context, weight });
}
