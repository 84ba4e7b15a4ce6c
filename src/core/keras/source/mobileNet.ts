import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { ApplicationBuilder } from './applicationBuilder';
import type { GraphSession } from './graph';

const parameters =
  'input_shape alpha depth_multiplier dropout include_top weights input_tensor pooling classes classifier_activation name'.split(
    ' ',
  );

/** Channels and stride of each block behind the first convolution. Source: the paper on MobileNet, table 1. */
const blocks: readonly (readonly [number, number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array.from({ length: 5 }, () => [512, 1] as const),
  [1024, 2],
  [1024, 1],
];

export function mobileNet(session: GraphSession, flavour: KerasFlavour, call: Call): PythonValue {
  const build = new ApplicationBuilder(session, flavour, call, parameters);
  const [alpha, multiplier] = [build.number('alpha', 1), build.number('depth_multiplier', 1)];
  const [hasTop, classes] = [build.isOn('include_top', true), build.number('classes', 1000)];
  if (alpha === undefined || multiplier === undefined || hasTop === undefined) return build.notKnown('The width');
  if (classes === undefined) return build.notKnown('The number of classes');
  const input = build.input([224, 224, 3]);
  const act = (x: PythonValue, name: string): PythonValue =>
    build.layer('ReLU', build.layer('BatchNormalization', x, { name: `${name}_bn` }), {
      max_value: 6,
      name: `${name}_relu`,
    });
  const first = { filters: Math.trunc(32 * alpha), kernel_size: 3, strides: 2, padding: 'same', use_bias: false };
  let x = act(build.layer('Conv2D', input, { ...first, name: 'conv1' }), 'conv1');
  blocks.forEach(([filters, strides], place) => {
    const id = place + 1;
    if (strides === 2)
      x = build.layer('ZeroPadding2D', x, {
        padding: [
          [0, 1],
          [0, 1],
        ],
        name: `conv_pad_${id}`,
      });
    const depthwise = { kernel_size: 3, strides, padding: strides === 1 ? 'same' : 'valid', use_bias: false };
    x = build.layer('DepthwiseConv2D', x, { ...depthwise, depth_multiplier: multiplier, name: `conv_dw_${id}` });
    x = act(x, `conv_dw_${id}`);
    const pointwise = { filters: Math.trunc(filters * alpha), kernel_size: 1, padding: 'same', use_bias: false };
    x = act(build.layer('Conv2D', x, { ...pointwise, name: `conv_pw_${id}` }), `conv_pw_${id}`);
  });
  const name = `mobilenet_${alpha.toFixed(2)}_${build.rows(input) ?? 'None'}`;
  if (!hasTop) return build.model(input, build.pooled(x), name);
  x = build.layer('GlobalAveragePooling2D', x, { keepdims: true });
  x = build.layer('Dropout', x, { rate: build.number('dropout', 0.001) ?? 0, name: 'dropout' });
  x = build.layer('Conv2D', x, { filters: classes, kernel_size: 1, padding: 'same', name: 'conv_preds' });
  x = build.layer('Reshape', x, { target_shape: [classes], name: 'reshape_2' });
  const activation = build.text('classifier_activation') ?? 'softmax';
  return build.model(input, build.layer('Activation', x, { activation, name: 'predictions' }), name);
}
