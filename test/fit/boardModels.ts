import type { Model } from '../../src/core/model/model';
import { sharedModel, sharedModels } from '../support/models';
import { edgemarkModel, type EdgemarkLayer } from './edgemark';

/** Layers of networks whose files are published elsewhere: built anew, since times hang on shapes and types alone. */
type Layers = readonly EdgemarkLayer[];

function dense(input: number, output: number, activation = 'relu'): EdgemarkLayer {
  return { type: 'dense', units: output, input: [input], output: [output], bias: true, activation };
}

function mlp(sizes: readonly number[], last = 'softmax'): Layers {
  return sizes.slice(1).map((size, at) => dense(sizes[at], size, at === sizes.length - 2 ? last : 'relu'));
}

interface Image {
  readonly side: number;
  readonly channels: number;
}

/** A square convolution; its output is given back with it. */
function convolution(
  { side, channels }: Image,
  filters: number,
  { kernel = 3, stride = 1, padding = 'same', type = 'conv2d' } = {},
): readonly [EdgemarkLayer, Image] {
  const out = padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - kernel) / stride) + 1;
  const layer = {
    type,
    filters,
    kernel: [kernel, kernel] as const,
    strides: [stride, stride] as const,
    padding,
    bias: true,
    input: [side, side, channels],
    output: [out, out, filters],
  };
  return [layer, { side: out, channels: filters }];
}

function pool({ side, channels }: Image): readonly [EdgemarkLayer, Image] {
  const half = Math.floor(side / 2);
  const layer = { type: 'max_pool2d', pool: [2, 2] as const, padding: 'valid', input: [side, side, channels] };
  return [
    { ...layer, output: [half, half, channels] },
    { side: half, channels },
  ];
}

/** Convolutions with a pooling behind each, then a dense layer. */
function smallNetwork(image: Image, filters: readonly number[], padding: string, last: string): Layers {
  const layers: EdgemarkLayer[] = [];
  let at = image;
  for (const count of filters) {
    const [convolved, wide] = convolution(at, count, { padding });
    const [pooled, narrow] = pool(wide);
    layers.push(convolved, pooled);
    at = narrow;
  }
  const values = at.side ** 2 * at.channels;
  layers.push({ type: 'flatten', input: [at.side, at.side, at.channels], output: [values] }, dense(values, 10, last));
  return layers;
}

/** MobileNetV2 as torchvision has it: expansion, filters, repeats, first stride of each stage. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

function mobileNetV2(image: Image, width: number, classes: number): Layers {
  const scaled = (filters: number): number => Math.max(8, Math.floor((filters * width + 4) / 8) * 8);
  const layers: EdgemarkLayer[] = [];
  let at = image;
  const add = (filters: number, options: Parameters<typeof convolution>[2]): void => {
    const [layer, next] = convolution(at, filters, options);
    layers.push(layer);
    at = next;
  };
  add(scaled(32), { stride: 2 });
  for (const [expansion, filters, repeats, first] of stages) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const before = at;
      if (expansion > 1) add(at.channels * expansion, { kernel: 1 });
      add(at.channels, { stride: repeat === 0 ? first : 1, type: 'depthwise_conv_2d' });
      add(scaled(filters), { kernel: 1 });
      if (at.side !== before.side || at.channels !== before.channels) continue;
      layers.push({ type: 'add', input: [at.side, at.side, at.channels], output: [at.side, at.side, at.channels] });
    }
  }
  add(Math.max(1280, scaled(1280)), { kernel: 1 });
  layers.push({ type: 'global_average_pool', input: [at.side, at.side, at.channels], output: [at.channels] });
  return [...layers, dense(at.channels, classes, 'none')];
}

const tenTen = (input: number, output: number): readonly number[] => [input, ...new Array<number>(10).fill(10), output];

/** By the beginning of the file's SHA-256; a name stands for files that were not published. */
const described: ReadonlyMap<string, Layers> = new Map<string, Layers>([
  ['d75279e8', mlp([30, 10, 2])],
  ['89014630', mlp(tenTen(30, 2))],
  ['17451fac', mlp([30, 10, 50, 2])],
  ['0be336b5', mlp([64, 10, 10])],
  ['ddb1325d', mlp(tenTen(64, 10))],
  ['289149f2', mlp([64, 10, 50, 10])],
  ['5756dfde', mlp([4, 10, 3])],
  ['bf6c6617', mlp(tenTen(4, 3))],
  ['e01afd59', mlp([4, 10, 50, 3])],
  ['cb026450', mlp([13, 10, 3])],
  ['babc0670', mlp(tenTen(13, 3))],
  ['4da201a7', mlp([13, 10, 50, 3])],
  ['60bce684', mlp([13, 32, 16, 4])],
  ['e870bc1e', mlp([900, 128, 64, 32, 21])],
  ['MLP 900-128-64-32-21', mlp([900, 128, 64, 32, 21])],
  ['MLP 32-16-4', mlp([32, 16, 4], 'none')],
  ['869095ab', smallNetwork({ side: 28, channels: 1 }, [32, 64], 'valid', 'softmax')],
  ['MNIST CNN int8', smallNetwork({ side: 28, channels: 1 }, [4, 8], 'same', 'none')],
  ['MobileNetV2-0.25 CIFAR-10', mobileNetV2({ side: 32, channels: 3 }, 0.25, 10)],
  ['torchvision MobileNetV2 224', mobileNetV2({ side: 224, channels: 3 }, 1, 1000)],
  ['MobileNetV2 alpha 0.35 at 96x96x3', mobileNetV2({ side: 96, channels: 3 }, 0.35, 10)],
]);

const cache = new Map<string, Model | undefined>();

/** The model of a row: a shared file by its hash, else built from its layers; `undefined` where neither is known. */
export function boardModel(model: string, sha256: string | null, dtype: string): Model | undefined {
  const key = `${sha256 ?? model} ${dtype}`;
  if (!cache.has(key)) cache.set(key, find(model, sha256, dtype));
  return cache.get(key);
}

function find(model: string, sha256: string | null, dtype: string): Model | undefined {
  const shared = sharedModels().find((each) => each.sha256 === sha256) ?? sameNetwork(model);
  if (shared !== undefined) return sharedModel(shared.name);
  const layers = [...described].find(([id]) => sha256?.startsWith(id) === true || model.startsWith(id))?.[1];
  const activations = dtype === 'float32' ? 'float32' : 'int8';
  return layers && edgemarkModel(layers, { activations, floatEdges: false });
}

/** Sine networks of other versions have the shapes of TFLM's own. */
function sameNetwork(model: string): { readonly name: string } | undefined {
  return /sine/.test(model) ? { name: 'tflm_hello_world_int8' } : undefined;
}

/** A single kernel of ESP-NN's own table; `undefined` for one that is no convolution and no dense layer. */
export function kernelModel(kind: string, shape: string): Model | undefined {
  const int8 = { activations: 'int8', floatEdges: false } as const;
  if (kind === 'fully connected') {
    const [, depth, outputs] = /len (\d+), ch (\d+)/.exec(shape) ?? [];
    return depth === undefined ? undefined : edgemarkModel([dense(Number(depth), Number(outputs), 'none')], int8);
  }
  const [, side] = /input (\d+)x\d+/.exec(shape) ?? [];
  const sizes = /(\d+)x(\d+)x\d+x(\d+)/.exec(shape)?.slice(1).map(Number);
  if (side === undefined || sizes === undefined) return undefined;
  const [first, kernel, last] = sizes;
  if (kind === 'convolution') {
    // One row is printed with the size of its output.
    const input = Number(side) + (kernel > 1 && shape.includes('printed') ? kernel - 1 : 0);
    const [layer] = convolution({ side: input, channels: last }, first, { kernel, padding: 'valid' });
    return edgemarkModel([layer], int8);
  }
  if (kind !== 'depthwise conv') return undefined;
  const padding = shape.includes('pad 1,1') ? 'same' : 'valid';
  const image = { side: Number(side), channels: last };
  const [layer] = convolution(image, last * first, { kernel, padding, type: 'depthwise_conv_2d' });
  return edgemarkModel([layer], int8);
}
