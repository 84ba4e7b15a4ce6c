import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { ApplicationBuilder, roundedChannels, strideMargins } from './applicationBuilder';
import type { GraphSession } from './graph';

const parameters =
  'input_shape alpha include_top weights input_tensor pooling classes classifier_activation name'.split(' ');

/** Expansion, channels, rounds and first stride of each stage. Source: the paper on MobileNetV2, table 2. */
const stages: readonly (readonly [number, number, number, number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

export function mobileNetV2(session: GraphSession, flavour: KerasFlavour, call: Call): PythonValue {
  const build = new ApplicationBuilder(session, flavour, call, parameters);
  const [alpha, hasTop, classes] = [
    build.number('alpha', 1),
    build.isOn('include_top', true),
    build.number('classes', 1000),
  ];
  if (alpha === undefined || hasTop === undefined) return build.notKnown('The width');
  if (classes === undefined) return build.notKnown('The number of classes');
  const input = build.input([224, 224, 3]);
  const norm = (x: PythonValue, name: string): PythonValue =>
    build.layer('BatchNormalization', x, { epsilon: 1e-3, momentum: 0.999, name });
  const relu = (x: PythonValue, name: string): PythonValue => build.layer('ReLU', x, { max_value: 6, name });
  const pointwise = (x: PythonValue, filters: number, name: string): PythonValue =>
    build.layer('Conv2D', x, { filters, kernel_size: 1, padding: 'same', use_bias: false, name });
  const first = { filters: roundedChannels(32 * alpha), kernel_size: 3, strides: 2, padding: 'same', use_bias: false };
  let x = relu(norm(build.layer('Conv2D', input, { ...first, name: 'Conv1' }), 'bn_Conv1'), 'Conv1_relu');
  let block = 0;
  for (const [expansion, channels, rounds, firstStride] of stages) {
    for (let round = 0; round < rounds; round += 1) {
      const prefix = block === 0 ? 'expanded_conv_' : `block_${block}_`;
      const strides = round === 0 ? firstStride : 1;
      const [before, start] = [build.channels(x), x];
      if (before === undefined) return build.notKnown('The number of channels');
      if (block > 0) {
        x = pointwise(x, expansion * before, `${prefix}expand`);
        x = relu(norm(x, `${prefix}expand_BN`), `${prefix}expand_relu`);
      }
      if (strides === 2)
        x = build.layer('ZeroPadding2D', x, { padding: strideMargins(build.area(x), 3), name: `${prefix}pad` });
      const depthwise = { kernel_size: 3, strides, use_bias: false, padding: strides === 1 ? 'same' : 'valid' };
      x = build.layer('DepthwiseConv2D', x, { ...depthwise, name: `${prefix}depthwise` });
      x = relu(norm(x, `${prefix}depthwise_BN`), `${prefix}depthwise_relu`);
      const width = roundedChannels(Math.trunc(channels * alpha));
      x = norm(pointwise(x, width, `${prefix}project`), `${prefix}project_BN`);
      if (before === width && strides === 1) x = build.layer('Add', [start, x], { name: `${prefix}add` });
      block += 1;
    }
  }
  const last = alpha > 1 ? roundedChannels(1280 * alpha) : 1280;
  x = build.layer('Conv2D', x, { filters: last, kernel_size: 1, use_bias: false, name: 'Conv_1' });
  x = relu(norm(x, 'Conv_1_bn'), 'out_relu');
  const name = `mobilenetv2_${alpha.toFixed(2)}_${build.rows(input) ?? 'None'}`;
  if (!hasTop) return build.model(input, build.pooled(x), name);
  x = build.layer('GlobalAveragePooling2D', x);
  const activation = build.text('classifier_activation') ?? 'softmax';
  return build.model(input, build.layer('Dense', x, { units: classes, activation, name: 'predictions' }), name);
}
