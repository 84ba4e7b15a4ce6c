import { isOn, numberOf, numbersOf } from '../configValues';
import type { KerasShape } from '../kerasModel';
import { parameter, required, trainable, without, type LayerKind, type LayerUse, type WeightShape } from './layerKind';

interface AttentionSizes {
  readonly heads: number;
  readonly keys: number;
  readonly values: number;
  /** Lengths of the output behind batch and sequence. */
  readonly outputs: readonly number[];
}

function attentionSizes({ config, inputs: [query] }: LayerUse): AttentionSizes | undefined {
  const [heads, keys] = [numberOf(config, 'num_heads'), numberOf(config, 'key_dim')];
  const values = config.get('value_dim') === null ? keys : numberOf(config, 'value_dim');
  const width = query?.at(-1);
  const outputs = config.get('output_shape') === null ? numberList(width) : numbersOf(config, 'output_shape');
  if (heads === undefined || keys === undefined || values === undefined || outputs === undefined) return undefined;
  return { heads, keys, values, outputs };
}

function numberList(value: number | null | undefined): readonly number[] | undefined {
  return typeof value === 'number' ? [value] : undefined;
}

const multiHead: LayerKind = {
  className: 'MultiHeadAttention',
  inputs: ['query', 'value', 'key'],
  parameters: [
    required('num_heads'),
    required('key_dim'),
    parameter('value_dim', null),
    parameter('dropout', 0),
    parameter('use_bias', true),
    parameter('output_shape', null),
    parameter('attention_axes', null),
  ],
  outputs(use) {
    const [sizes, [query, value]] = [attentionSizes(use), use.inputs];
    const output = query && sizes && [...query.slice(0, -1), ...sizes.outputs];
    const asksScores = use.named?.get('return_attention_scores') === true;
    const scores = query && value && [query[0], sizes?.heads, ...query.slice(1, -1), ...value.slice(1, -1)];
    return asksScores ? [output, scores] : [output];
  },
  weights(use): readonly WeightShape[] | undefined {
    const [query, value = query, key = value] = use.inputs;
    const [sizes, hasBias] = [attentionSizes(use), isOn(use.config, 'use_bias')];
    const widths = [query, key, value].map((shape) => shape?.at(-1)).filter((width) => typeof width === 'number');
    if (sizes === undefined || widths.length < 3) return undefined;
    const { heads, keys, values, outputs } = sizes;
    const projection = (name: string, kernel: readonly number[], bias: readonly number[]): readonly WeightShape[] => [
      trainable(`${name}/kernel`, kernel),
      ...(hasBias ? [trainable(`${name}/bias`, bias)] : []),
    ];
    return [
      ...projection('query', [widths[0], heads, keys], [heads, keys]),
      ...projection('key', [widths[1], heads, keys], [heads, keys]),
      ...projection('value', [widths[2], heads, values], [heads, values]),
      ...projection('attention_output', [heads, values, ...outputs], outputs),
    ];
  },
};

/** Dot-product attention without projections. */
const attention: LayerKind = {
  className: 'Attention',
  inputs: ['inputs[]'],
  parameters: [parameter('use_scale', false), parameter('score_mode', 'dot'), parameter('dropout', 0)],
  outputs: attended,
  weights: ({ config }) => [
    ...(isOn(config, 'use_scale') ? [trainable('scale', [])] : []),
    ...(config.get('score_mode') === 'concat' ? [trainable('concat_score_weight', [])] : []),
  ],
};

const additive: LayerKind = {
  className: 'AdditiveAttention',
  inputs: ['inputs[]'],
  parameters: [parameter('use_scale', true), parameter('dropout', 0)],
  outputs: attended,
  weights({ config, inputs: [query] }) {
    const width = query?.at(-1);
    if (typeof width !== 'number') return undefined;
    return isOn(config, 'use_scale') ? [trainable('scale', [width])] : [];
  },
};

function attended({ inputs: [query, value], named }: LayerUse): readonly KerasShape[] {
  const output = query && value && [...query.slice(0, -1), value.at(-1)];
  if (named?.get('return_attention_scores') !== true) return [output];
  return [output, query && value && [...query.slice(0, -1), value.at(-2)]];
}

/** Several heads of queries share one of keys and values. */
const grouped: LayerKind = {
  className: 'GroupQueryAttention',
  aliases: ['GroupedQueryAttention'],
  inputs: ['query', 'value', 'key'],
  parameters: [
    required('head_dim'),
    required('num_query_heads'),
    required('num_key_value_heads'),
    parameter('dropout', 0),
    parameter('use_bias', true),
  ],
  outputs({ config, inputs: [query, value], named }) {
    if (named?.get('return_attention_scores') !== true) return [query];
    const heads = numberOf(config, 'num_query_heads');
    return [query, query && value && [query[0], heads, query[1], value[1]]];
  },
  weights({ config, inputs: [query, value = query, key = value] }) {
    const sizes = ['head_dim', 'num_query_heads', 'num_key_value_heads'].map((name) => numberOf(config, name));
    const [width, asking, asked] = sizes;
    const depths = [query, key, value].map((shape) => shape?.at(-1)).filter((depth) => typeof depth === 'number');
    if (width === undefined || asking === undefined || asked === undefined || depths.length < 3) return undefined;
    const part = (name: string, kernel: readonly number[], bias: readonly number[]): readonly WeightShape[] => [
      trainable(`${name}/kernel`, kernel),
      ...(isOn(config, 'use_bias') ? [trainable(`${name}/bias`, bias)] : []),
    ];
    return [
      ...part('query', [depths[0], asking, width], [asking, width]),
      ...part('key', [depths[1], asked, width], [asked, width]),
      ...part('value', [depths[2], asked, width], [asked, width]),
      ...part('attention_output', [asking, width, depths[0]], [depths[0]]),
    ];
  },
};

const embedding: LayerKind = {
  className: 'Embedding',
  parameters: [
    required('input_dim'),
    required('output_dim'),
    ...without('embeddings_initializer', 'embeddings_regularizer', 'embeddings_constraint'),
    parameter('mask_zero', false),
  ],
  outputs: ({ config, inputs: [input] }) => [input && [...input, numberOf(config, 'output_dim')]],
  weights({ config }) {
    const [count, width] = [numberOf(config, 'input_dim'), numberOf(config, 'output_dim')];
    return count === undefined || width === undefined ? undefined : [trainable('embeddings', [count, width])];
  },
};

export const attentions: readonly LayerKind[] = [multiHead, grouped, attention, additive, embedding];
