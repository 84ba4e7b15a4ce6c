import type { PythonValue } from '../../python/evaluate/values';
import { ApplicationBuilder, type Application } from './applicationBuilder';

const parameters = 'include_top weights input_tensor input_shape pooling classes classifier_activation name'.split(' ');

/** Channels, blocks and first stride of each stage. Source: the paper on residual networks, table 1, 50 layers. */
const stages: readonly (readonly [number, number, number])[] = [
  [64, 3, 1],
  [128, 4, 2],
  [256, 6, 2],
  [512, 3, 2],
];

interface Convolution {
  readonly filters: number;
  readonly kernel_size: number;
  readonly strides?: number;
  readonly padding?: string;
}

/** Layers and their batch-norm; a block gives four times the channels that it works in. */
class Parts {
  constructor(readonly build: ApplicationBuilder) {}

  conv(x: PythonValue, name: string, given: Convolution): PythonValue {
    return this.norm(this.build.layer('Conv2D', x, { ...given, name: `${name}_conv` }), name);
  }

  norm(x: PythonValue, name: string): PythonValue {
    return this.build.layer('BatchNormalization', x, { epsilon: 1.001e-5, name: `${name}_bn` });
  }

  relu(x: PythonValue, name: string): PythonValue {
    return this.build.layer('Activation', x, { activation: 'relu', name });
  }

  /** Its first block of a stage has the stride, and a convolution beside it. */
  block(input: PythonValue, name: string, { filters, strides }: { filters: number; strides?: number }): PythonValue {
    const wide = { filters: 4 * filters, kernel_size: 1 };
    const start = strides === undefined ? input : this.conv(input, `${name}_0`, { ...wide, strides });
    let x = this.conv(input, `${name}_1`, { filters, kernel_size: 1, strides: strides ?? 1 });
    x = this.conv(this.relu(x, `${name}_1_relu`), `${name}_2`, { filters, kernel_size: 3, padding: 'same' });
    x = this.conv(this.relu(x, `${name}_2_relu`), `${name}_3`, wide);
    return this.relu(this.build.layer('Add', [start, x], { name: `${name}_add` }), `${name}_out`);
  }
}

export const resNet50: Application = (session, flavour, call) => {
  const build = new ApplicationBuilder(session, flavour, call, parameters);
  const parts = new Parts(build);
  const [hasTop, classes] = [build.isOn('include_top', true), build.number('classes', 1000)];
  if (hasTop === undefined) return build.notKnown('The top');
  if (classes === undefined) return build.notKnown('The number of classes');
  const input = build.input([224, 224, 3]);
  let x = build.layer('ZeroPadding2D', input, { padding: 3, name: 'conv1_pad' });
  x = parts.conv(x, 'conv1', { filters: 64, kernel_size: 7, strides: 2 });
  x = build.layer('ZeroPadding2D', parts.relu(x, 'conv1_relu'), { padding: 1, name: 'pool1_pad' });
  x = build.layer('MaxPooling2D', x, { pool_size: 3, strides: 2, name: 'pool1_pool' });
  for (const [place, [filters, blocks, firstStride]] of stages.entries()) {
    for (let round = 1; round <= blocks; round += 1) {
      const stride = round === 1 ? { strides: firstStride } : {};
      x = parts.block(x, `conv${place + 2}_block${round}`, { filters, ...stride });
    }
  }
  if (!hasTop) return build.model(input, build.pooled(x, '_pool'), 'resnet50');
  x = build.layer('GlobalAveragePooling2D', x, { name: 'avg_pool' });
  const activation = build.text('classifier_activation') ?? 'softmax';
  return build.model(input, build.layer('Dense', x, { units: classes, activation, name: 'predictions' }), 'resnet50');
};
