import type { PythonValue } from '../../python/evaluate/values';
import { ApplicationBuilder, roundedChannels, strideMargins, type Application } from './applicationBuilder';

const parameters = 'include_top weights input_tensor input_shape pooling classes classifier_activation name'.split(' ');

/** Expansion, channels, rounds, first stride and kernel of a stage. */
type Stage = readonly [number, number, number, number, number];

/** Source: the paper on EfficientNet, table 1; B0 is the network that the others are scaled from. */
const stages: readonly Stage[] = [
  [1, 16, 1, 1, 3],
  [6, 24, 2, 2, 3],
  [6, 40, 2, 2, 5],
  [6, 80, 3, 2, 3],
  [6, 112, 3, 1, 5],
  [6, 192, 4, 2, 5],
  [6, 320, 1, 1, 3],
];

const allRounds = stages.reduce((sum, [, , rounds]) => sum + rounds, 0);

/** The share of rounds whose blocks are left out while training, at the last block. */
const mostDropped = 0.2;

/** Deviations of the colours of ImageNet's pictures: for weights trained on it, by their roots again. */
const colourDeviations = [0.229, 0.224, 0.225];

/** Layers that every part of the network makes. */
class Parts {
  constructor(readonly build: ApplicationBuilder) {}

  norm(x: PythonValue, name: string): PythonValue {
    return this.build.layer('BatchNormalization', x, { name });
  }

  swish(x: PythonValue, name: string): PythonValue {
    return this.build.layer('Activation', x, { activation: 'silu', name });
  }

  pointwise(x: PythonValue, filters: number, name: string): PythonValue {
    return this.build.layer('Conv2D', x, { filters, kernel_size: 1, padding: 'same', use_bias: false, name });
  }

  padded(x: PythonValue, kernel: number, name: string): PythonValue {
    return this.build.layer('ZeroPadding2D', x, { padding: strideMargins(this.build.area(x), kernel), name });
  }

  /** Squeeze and excitation down to a quarter of the channels that the block was given. */
  excited(input: PythonValue, squeezed: number, prefix: string): PythonValue {
    const { build } = this;
    const channels = build.channels(input) ?? 0;
    const conv = (x: PythonValue, filters: number, part: string, activation: string): PythonValue =>
      build.layer('Conv2D', x, { filters, kernel_size: 1, padding: 'same', activation, name: `${prefix}se_${part}` });
    let x = build.layer('GlobalAveragePooling2D', input, { name: `${prefix}se_squeeze` });
    x = build.layer('Reshape', x, { target_shape: [1, 1, channels], name: `${prefix}se_reshape` });
    x = conv(conv(x, squeezed, 'reduce', 'silu'), channels, 'expand', 'sigmoid');
    return build.layer('Multiply', [input, x], { name: `${prefix}se_excite` });
  }
}

interface Block {
  readonly expansion: number;
  readonly channels: number;
  readonly strides: number;
  readonly kernel: number;
  readonly prefix: string;
  /** Share of rounds in which the block is left out. */
  readonly dropped: number;
}

function block(parts: Parts, input: PythonValue, before: number, of: Block): PythonValue {
  const { expansion, channels, strides, kernel, prefix, dropped } = of;
  let x = input;
  if (expansion !== 1) {
    x = parts.norm(parts.pointwise(x, before * expansion, `${prefix}expand_conv`), `${prefix}expand_bn`);
    x = parts.swish(x, `${prefix}expand_activation`);
  }
  if (strides === 2) x = parts.padded(x, kernel, `${prefix}dwconv_pad`);
  const depthwise = { kernel_size: kernel, strides, padding: strides === 1 ? 'same' : 'valid', use_bias: false };
  x = parts.build.layer('DepthwiseConv2D', x, { ...depthwise, name: `${prefix}dwconv` });
  x = parts.swish(parts.norm(x, `${prefix}bn`), `${prefix}activation`);
  x = parts.excited(x, Math.max(1, Math.trunc(before / 4)), prefix);
  x = parts.norm(parts.pointwise(x, channels, `${prefix}project_conv`), `${prefix}project_bn`);
  if (strides !== 1 || before !== channels) return x;
  if (dropped > 0) x = parts.build.layer('Dropout', x, { rate: dropped, name: `${prefix}drop` });
  return parts.build.layer('Add', [x, input], { name: `${prefix}add` });
}

export const efficientNetB0: Application = (session, flavour, call) => {
  const build = new ApplicationBuilder(session, flavour, call, parameters);
  const parts = new Parts(build);
  const [hasTop, classes] = [build.isOn('include_top', true), build.number('classes', 1000)];
  if (hasTop === undefined) return build.notKnown('The top');
  if (classes === undefined) return build.notKnown('The number of classes');
  const input = build.input([224, 224, 3]);
  let x = build.layer('Normalization', build.layer('Rescaling', input, { scale: 1 / 255 }), {
    axis: -1,
    name: 'normalization',
  });
  if (build.isTrainedOnImageNet()) {
    x = build.layer('Rescaling', x, { scale: colourDeviations.map((deviation) => 1 / Math.sqrt(deviation)) });
  }
  x = parts.padded(x, 3, 'stem_conv_pad');
  const stem = { filters: roundedChannels(32), kernel_size: 3, strides: 2, padding: 'valid', use_bias: false };
  x = parts.swish(parts.norm(build.layer('Conv2D', x, { ...stem, name: 'stem_conv' }), 'stem_bn'), 'stem_activation');
  let done = 0;
  for (const [place, [expansion, channels, rounds, firstStride, kernel]] of stages.entries()) {
    for (let round = 0; round < rounds; round += 1) {
      const before = build.channels(x);
      if (before === undefined) return build.notKnown('The number of channels');
      const prefix = `block${place + 1}${String.fromCharCode(97 + round)}_`;
      const [strides, dropped] = [round === 0 ? firstStride : 1, (mostDropped * done) / allRounds];
      x = block(parts, x, before, { expansion, channels, strides, kernel, prefix, dropped });
      done += 1;
    }
  }
  x = parts.swish(parts.norm(parts.pointwise(x, 1280, 'top_conv'), 'top_bn'), 'top_activation');
  if (!hasTop) return build.model(input, build.pooled(x, '_pool'), 'efficientnetb0');
  x = build.layer('Dropout', build.layer('GlobalAveragePooling2D', x, { name: 'avg_pool' }), {
    rate: 0.2,
    name: 'top_dropout',
  });
  const activation = build.text('classifier_activation') ?? 'softmax';
  x = build.layer('Dense', x, { units: classes, activation, name: 'predictions' });
  return build.model(input, x, 'efficientnetb0');
};
