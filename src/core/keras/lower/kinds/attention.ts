import { isOn, numberOf } from '../../configValues';
import { add, beyond, derived, transposed, type LayerContext } from '../context';
import type { DraftValue } from '../draft';
import { headMask, isAsked, masked, maskedSoftmax, overAxes } from './attentionMasks';
import { product } from './dense';
import { reshapeOpen, reshapeTo, transpose } from './shapes';
import { binary, withNumber } from './elementwise';

/** The same heads for each part: a projection of the last axis to heads and what each has. */
function projected(context: LayerContext, input: DraftValue, part: string): DraftValue {
  const kernel = context.weight(`${part}/kernel`);
  const [depth, heads, width] = kernel.shape.map((length) => length ?? 1);
  const weights = transposed(
    derived(kernel, [depth, heads * width], (values) => values),
    [1, 0],
  );
  const shape = [...input.shape.slice(0, -1), heads, width];
  if (isKeras2(context)) {
    const name = `${part}/einsum/Einsum`;
    const made = asOne(context, name, () => reshapeTo(context, keeping(context, input, weights, name), shape, name));
    return isBiased(context) ? binary(context, 'ADD', [made, context.weight(`${part}/bias`)], `${part}/add`) : made;
  }
  const flat = keeping(context, input, weights, `${part}_1/MatMul`);
  const split = reshapeOpen(context, flat, shape, `${part}_1/Reshape_1`);
  if (!isBiased(context)) return split;
  return binary(context, 'ADD', [split, context.weight(`${part}/bias`)], `${part}_1/Add`);
}

function isBiased({ config }: LayerContext): boolean {
  return isOn(config, 'use_bias') === true;
}

/** Keras 2 says all of attention by einsum. */
function isKeras2({ options }: LayerContext): boolean {
  return options.flavour === 'keras2' && options.manner === 'official';
}

/** A dense product that keeps the axes in front. */
function keeping(context: LayerContext, input: DraftValue, weights: DraftValue, name: string): DraftValue {
  const value = product(context, input, weights, name);
  const node = context.draft.nodes[context.draft.nodes.length - 1];
  node.options = { ...node.options, keepNumDims: true };
  return value;
}

/** Attention of several heads: over one axis, or over all that stand between batch and channels. */
export function multiHeadAttention(context: LayerContext): DraftValue | readonly DraftValue[] {
  const option = attentionBeyond(context);
  if (option !== undefined) return beyond(context, option);
  const [query] = context.inputs;
  return query.shape.length === 3 ? attendedHeads(context) : overAxes(context, attendedHeads);
}

function attentionBeyond({ config, inputs: [query, value] }: LayerContext): string | undefined {
  if (config.get('use_gate') === true) return 'use_gate=true';
  if (isGiven(config.get('sliding_window'))) return 'a sliding_window';
  return query.shape.length === value.shape.length ? undefined : 'a query and a value of different ranks';
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

function attendedHeads(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [query, value, given] = context.inputs;
  const asksScores = isAsked(context, 'return_attention_scores');
  const key = given ?? value;
  const mask = headMask(context, { query, key, value });
  const isPlain = (numberOf(context.config, 'dropout') ?? 0) === 0 && context.options.flavour === 'keras3';
  const { draft } = context;
  if (mask !== undefined || asksScores || context.layer.className !== 'MultiHeadAttention')
    draft.doubts.add(draft.origin);
  const parts = { query, key, value, mask };
  if (isPlain && context.options.manner === 'official' && !asksScores) return dotProduct(context, parts);
  const isFlat = context.weight('attention_output/kernel').shape.length === 3;
  if (!isFlat) draft.doubts.add(draft.origin);
  if (isKeras2(context) && !asksScores && mask === undefined && isFlat) return einsums(context, parts);
  const keys = transpose(context, projected(context, key, 'key'), [0, 2, 1, 3], 'transpose');
  const size = keys.shape[3] ?? 1;
  const asked = withNumber(context, 'MUL', [projected(context, query, 'query'), 1 / Math.sqrt(size)], 'Mul');
  const queries = transpose(context, asked, [0, 2, 3, 1], 'transpose_1');
  const scores = transpose(context, multiplied(context, [keys, queries], 'MatMul'), [0, 1, 3, 2], 'transpose_2');
  const weights = maskedSoftmax(context, scores, { mask, isZeroed: !isPlain || asksScores });
  const values = transpose(context, projected(context, value, 'value'), [0, 2, 1, 3], 'transpose_3');
  const mixed = transpose(context, multiplied(context, [weights, values], 'MatMul_1'), [0, 2, 1, 3], 'transpose_4');
  const made = output(context, mixed);
  return asksScores ? [...('shape' in made ? [made] : made), weights] : made;
}

interface Parts {
  readonly query: DraftValue;
  readonly key: DraftValue;
  readonly value: DraftValue;
  readonly mask?: DraftValue;
}

/** Keras 3's own function for attention, which it takes where nothing is dropped: two sums of products by einsum. */
function dotProduct(context: LayerContext, { query, key, value, mask }: Parts): DraftValue | readonly DraftValue[] {
  const [queries, keys, values] = [
    projected(context, query, 'query'),
    projected(context, key, 'key'),
    projected(context, value, 'value'),
  ];
  const size = keys.shape[3] ?? 1;
  const scores = asOne(context, 'einsum/Einsum', () => {
    const left = transpose(context, queries, [0, 2, 1, 3], 'einsum/Einsum');
    const right = transpose(context, keys, [0, 2, 3, 1], 'einsum/Einsum');
    const product = multiplied(context, [left, right], 'einsum/Einsum');
    return reshapeTo(context, product, product.shape, 'einsum/Einsum');
  });
  const scaled = withNumber(context, 'MUL', [scores, 1 / Math.sqrt(size)], 'Mul');
  const asked = mask === undefined ? scaled : masked(context, scaled, mask);
  const weights = add(context, 'SOFTMAX', [asked], { shape: scaled.shape, name: 'Softmax', options: { beta: 1 } });
  return output(context, mixedBy(context, weights, values));
}

/** Each sample of `values` by its weights, the heads last but one. */
function mixedBy(context: LayerContext, weights: DraftValue, values: DraftValue): DraftValue {
  return asOne(context, 'einsum_1/Einsum', () => {
    const right = transpose(context, values, [0, 2, 1, 3], 'einsum_1/Einsum');
    const product = multiplied(context, [weights, right], 'einsum_1/Einsum');
    const flat = reshapeTo(context, product, product.shape, 'einsum_1/Einsum');
    return transpose(context, flat, [0, 2, 1, 3], 'einsum_1/Einsum');
  });
}

function einsums(context: LayerContext, { query, key, value }: Parts): DraftValue | readonly DraftValue[] {
  const size = numberOf(context.config, 'key_dim') ?? 1;
  const keys = projected(context, key, 'key');
  const queries = withNumber(context, 'MUL', [projected(context, query, 'query'), 1 / Math.sqrt(size)], 'Mul');
  const scores = asOne(context, 'einsum/Einsum', () => {
    const left = transpose(context, keys, [0, 2, 1, 3], 'einsum/Einsum');
    const right = transpose(context, queries, [0, 2, 3, 1], 'einsum/Einsum');
    const product = multiplied(context, [left, right], 'einsum/Einsum');
    const flat = reshapeTo(context, product, product.shape, 'einsum/Einsum');
    return transpose(context, flat, [0, 1, 3, 2], 'einsum/Einsum');
  });
  const options = { beta: 1 };
  const weights = add(context, 'SOFTMAX', [scores], { shape: scores.shape, name: 'softmax/Softmax', options });
  return output(context, mixedBy(context, weights, projected(context, value, 'value')));
}

/** What is one operation in TensorFlow's graph, and sorted as one. */
function asOne(context: LayerContext, name: string, make: () => DraftValue): DraftValue {
  const first = context.draft.nodes.length;
  const value = make();
  context.draft.callNodes(first, { name: `${context.scope}/${name}`, outputs: [value] });
  return value;
}

function multiplied(context: LayerContext, [left, right]: readonly [DraftValue, DraftValue], name: string): DraftValue {
  return add(context, 'BATCH_MATMUL', [left, right], {
    shape: [...left.shape.slice(0, -1), right.shape[right.shape.length - 1]],
    name,
    options: { adjX: false, adjY: false, asymmetricQuantizeInputs: false },
  });
}

/** All heads together, and what the layer gives of them. */
function output(context: LayerContext, mixed: DraftValue): DraftValue | readonly DraftValue[] {
  const kernel = context.weight('attention_output/kernel');
  const [heads, width, ...outputs] = kernel.shape.map((length) => length ?? 1);
  const depth = outputs.reduce((product, length) => product * length, 1);
  const weights = transposed(
    derived(kernel, [heads * width, depth], (values) => values),
    [1, 0],
  );
  const flat = [...mixed.shape.slice(0, 2), heads * width];
  if (isKeras2(context) && outputs.length === 1) {
    const name = 'attention_output/einsum/Einsum';
    const made = asOne(context, name, () => {
      const product = keeping(context, reshapeTo(context, mixed, flat, name), weights, name);
      return reshapeTo(context, product, product.shape, name);
    });
    if (!isBiased(context)) return made;
    return binary(context, 'ADD', [made, context.weight('attention_output/bias')], 'attention_output/add');
  }
  const joined = reshapeOpen(context, mixed, flat, 'attention_output_1/Reshape');
  const product = keeping(context, joined, weights, 'attention_output_1/MatMul');
  const bias = isBiased(context) ? context.weight('attention_output/bias') : undefined;
  const flatBias = outputs.length === 1 ? bias : bias && derived(bias, [depth], (values) => values);
  const value = flatBias ? binary(context, 'ADD', [product, flatBias], 'attention_output_1/Add') : product;
  if (outputs.length === 1) return value;
  return reshapeTo(context, value, [...value.shape.slice(0, -1), ...outputs], 'attention_output_1/Reshape_1');
}
