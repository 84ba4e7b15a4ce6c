import { float } from '../../python/evaluate/plainValues';
import type { PythonValue } from '../../python/evaluate/values';
import { ApplicationBuilder, roundedChannels, strideMargins, type Application } from './applicationBuilder';

const parameters = (
  'input_shape alpha minimalistic include_top weights input_tensor classes pooling dropout_rate ' +
  'classifier_activation include_preprocessing name'
).split(' ');

/** Expansion, channels, kernel (`k`: the larger one), stride, squeeze and excitation, and whether it is hard swish. */
type Block = readonly [number, number, 3 | 'k', number, boolean, boolean];

/** Source: the paper on MobileNetV3, tables 1 and 2, with expansions as ratios. */
const small: readonly Block[] = [
  [1, 16, 3, 2, true, false],
  [72 / 16, 24, 3, 2, false, false],
  [88 / 24, 24, 3, 1, false, false],
  [4, 40, 'k', 2, true, true],
  [6, 40, 'k', 1, true, true],
  [6, 40, 'k', 1, true, true],
  [3, 48, 'k', 1, true, true],
  [3, 48, 'k', 1, true, true],
  [6, 96, 'k', 2, true, true],
  [6, 96, 'k', 1, true, true],
  [6, 96, 'k', 1, true, true],
];

const large: readonly Block[] = [
  [1, 16, 3, 1, false, false],
  [4, 24, 3, 2, false, false],
  [3, 24, 3, 1, false, false],
  [3, 40, 'k', 2, true, false],
  [3, 40, 'k', 1, true, false],
  [3, 40, 'k', 1, true, false],
  [6, 80, 3, 2, false, true],
  [2.5, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [6, 112, 3, 1, true, true],
  [6, 112, 3, 1, true, true],
  [6, 160, 'k', 2, true, true],
  [6, 160, 'k', 1, true, true],
  [6, 160, 'k', 1, true, true],
];

export const mobileNetV3Small: Application = (session, flavour, call) =>
  network(new ApplicationBuilder(session, flavour, call, parameters), {
    blocks: small,
    last: 1024,
    name: flavour === 'keras2' ? 'MobilenetV3small' : 'MobileNetV3Small',
  });

export const mobileNetV3Large: Application = (session, flavour, call) =>
  network(new ApplicationBuilder(session, flavour, call, parameters), {
    blocks: large,
    last: 1280,
    name: flavour === 'keras2' ? 'MobilenetV3large' : 'MobileNetV3Large',
  });

/** Keras 2 names the parts of a block with strokes between them. */
function keras2Name(name: string): string {
  return name
    .replace(/^(expanded_conv(?:_\d+)?)_(?=[a-z])/, '$1/')
    .replace(/_bn$/, '/BatchNorm')
    .replace(/_pad$/, '/pad')
    .replace('squeeze_excite_', 'squeeze_excite/')
    .replace(/(^|excite\/)conv/, '$1Conv')
    .replace(/\/(?:add|relu|mul)$/, (part) => `/${part.charAt(1).toUpperCase()}${part.slice(2)}`)
    .replace(/\/avg_pool$/, '/AvgPool')
    .replace(/^(?:logits|predictions)$/, (whole) => whole.charAt(0).toUpperCase() + whole.slice(1));
}

interface Variant {
  readonly blocks: readonly Block[];
  /** Channels of the layer before the classes. */
  readonly last: number;
  readonly name: string;
}

function network(build: ApplicationBuilder, { blocks, last, name }: Variant): PythonValue {
  const [alpha, hasTop, classes] = [
    build.number('alpha', 1),
    build.isOn('include_top', true),
    build.number('classes', 1000),
  ];
  const [isMinimal, scales] = [build.isOn('minimalistic', false), build.isOn('include_preprocessing', true)];
  if (alpha === undefined || isMinimal === undefined || hasTop === undefined) return build.notKnown('The width');
  if (classes === undefined || scales === undefined) return build.notKnown('The number of classes');
  if (build.flavour === 'keras2') build.nameOf = keras2Name;
  const input = build.input();
  const norm = (x: PythonValue, layer: string): PythonValue =>
    build.layer('BatchNormalization', x, { epsilon: 1e-3, momentum: 0.999, name: layer });
  const relu = (x: PythonValue): PythonValue => build.layer('ReLU', x);
  const act = (x: PythonValue, isSwish: boolean): PythonValue =>
    isSwish && !isMinimal ? hardSwish(build, x) : relu(x);
  const pointwise = (x: PythonValue, filters: number, layer: string, hasBias = false): PythonValue =>
    build.layer('Conv2D', x, { filters, kernel_size: 1, padding: 'same', use_bias: hasBias, name: layer });
  let x = scales ? build.layer('Rescaling', input, { scale: 1 / 127.5, offset: -1 }) : input;
  const first = { filters: 16, kernel_size: 3, strides: 2, padding: 'same', use_bias: false, name: 'conv' };
  x = act(norm(build.layer('Conv2D', x, first), 'conv_bn'), true);
  for (const [place, [expansion, channels, kernel, strides, excites, isSwish]] of blocks.entries()) {
    const prefix = place === 0 ? 'expanded_conv_' : `expanded_conv_${place}_`;
    const [before, start] = [build.channels(x), x];
    if (before === undefined) return build.notKnown('The number of channels');
    const width = roundedChannels(before * expansion);
    if (place > 0) x = act(norm(pointwise(x, width, `${prefix}expand`), `${prefix}expand_bn`), isSwish);
    const size = kernel === 'k' && !isMinimal ? 5 : 3;
    if (strides === 2) {
      x = build.layer('ZeroPadding2D', x, {
        padding: strideMargins(build.area(x), size),
        name: `${prefix}depthwise_pad`,
      });
    }
    const depthwise = { kernel_size: size, strides, padding: strides === 1 ? 'same' : 'valid', use_bias: false };
    x = build.layer('DepthwiseConv2D', x, { ...depthwise, name: `${prefix}depthwise` });
    x = act(norm(x, `${prefix}depthwise_bn`), isSwish);
    if (excites && !isMinimal) x = excited(build, x, { width, prefix: `${prefix}squeeze_excite_` });
    const filters = roundedChannels(channels * alpha);
    x = norm(pointwise(x, filters, `${prefix}project`), `${prefix}project_bn`);
    if (strides === 1 && before === filters) x = build.layer('Add', [start, x], { name: `${prefix}add` });
  }
  const reached = build.channels(x);
  if (reached === undefined) return build.notKnown('The number of channels');
  x = act(norm(pointwise(x, roundedChannels(reached * 6), 'conv_1'), 'conv_1_bn'), true);
  if (!hasTop) return build.model(input, build.pooled(x, '_pool'), name);
  x = build.layer('GlobalAveragePooling2D', x, { keepdims: true });
  x = act(pointwise(x, alpha > 1 ? roundedChannels(last * alpha) : last, 'conv_2', true), true);
  const rate = build.number('dropout_rate', 0.2) ?? 0.2;
  if (rate > 0) x = build.layer('Dropout', x, { rate });
  x = build.layer('Flatten', pointwise(x, classes, 'logits', true));
  const activation = build.text('classifier_activation') ?? 'softmax';
  return build.model(input, build.layer('Activation', x, { activation, name: 'predictions' }), name);
}

function hardSwish(build: ApplicationBuilder, x: PythonValue): PythonValue {
  if (build.flavour === 'keras3') return build.layer('Activation', x, { activation: 'hard_swish' });
  return build.layer('Multiply', [x, hardSigmoid(build, x)]);
}

function hardSigmoid(build: ApplicationBuilder, x: PythonValue): PythonValue {
  const clipped = build.layer('ReLU', build.operation('Add', [x, float(3)]), { max_value: 6 });
  return build.operation('Multiply', [clipped, float(1 / 6)]);
}

/** Squeeze and excitation with a hard sigmoid. */
function excited(
  build: ApplicationBuilder,
  input: PythonValue,
  { width, prefix }: { readonly width: number; readonly prefix: string },
): PythonValue {
  const conv = (x: PythonValue, filters: number, name: string): PythonValue =>
    build.layer('Conv2D', x, { filters, kernel_size: 1, padding: 'same', name });
  let x = build.layer('GlobalAveragePooling2D', input, { keepdims: true, name: `${prefix}avg_pool` });
  x = build.layer('ReLU', conv(x, roundedChannels(width * 0.25), `${prefix}conv`), { name: `${prefix}relu` });
  x = hardSigmoid(build, conv(x, width, `${prefix}conv_1`));
  return build.layer('Multiply', [input, x], { name: `${prefix}mul` });
}
