import type { DataType } from '../../src/core/model/dataType';
import { elementCount } from '../../src/core/model/dataType';
import type { Graph, Model, Operator, OperatorOptions, OptionValue, Tensor } from '../../src/core/model/model';
import { digitCount, imageSize } from './data';
import type { FoldedLayer } from './fold';
import { blocks, denseName } from './network';
import type { Block } from './network';

/** A graph under construction: tensors and operators get their indices as they are added. */
interface Draft {
  readonly tensors: Tensor[];
  readonly operators: Operator[];
}

/**
 * The network as a float TFLite model: image [1, 28, 28, 1] to the probabilities of the ten digits [1, 10]. Laid out as
 * TensorFlow's converter does it: NHWC, convolution weights [out, rows, columns, in], depthwise [1, rows, columns,
 * channels], dense [out, in], the rectifiers fused into the convolutions.
 */
export function exportModel(layers: ReadonlyMap<string, FoldedLayer>): Model {
  const draft: Draft = { tensors: [], operators: [] };
  const image = addTensor(draft, 'image', [1, imageSize, imageSize, 1]);
  const probabilities = addHead(draft, addBlocks(draft, image, layers), layers.get(denseName)!);
  const graph: Graph = { index: 0, name: 'main', ...draft, inputs: [image], outputs: [probabilities] };
  return {
    format: 'tflite',
    formatVersion: 3,
    fileBytes: 0,
    description:
      'Handwritten digits, 28 x 28 grey values from 0 (paper) to 1 (ink). Trained by examples/digits/train.ts.',
    graphs: [graph],
    metadata: [],
    signatures: [
      {
        key: 'serving_default',
        graph: 0,
        inputs: [{ name: 'image', tensor: image }],
        outputs: [{ name: 'probabilities', tensor: probabilities }],
      },
    ],
  };
}

function addBlocks(draft: Draft, image: number, layers: ReadonlyMap<string, FoldedLayer>): number {
  let features = image;
  for (const block of blocks) {
    const [, size, , channels] = draft.tensors[features].shape;
    const { kernel, bias } = layers.get(block.name)!;
    const weights = addConstant(draft, `${block.name}/weights`, weightsShape(block, channels), stored(block, kernel));
    const biases = addConstant(draft, `${block.name}/bias`, [block.filters], bias);
    const outSize = Math.ceil(size / block.stride);
    const output = addTensor(draft, block.name, [1, outSize, outSize, block.filters]);
    addOperator(draft, { ...convolutionOf(block), inputs: [features, weights, biases], outputs: [output] });
    features = output;
  }
  return features;
}

/** The average over the image, the dense layer and the softmax. */
function addHead(draft: Draft, features: number, dense: FoldedLayer): number {
  const [, rows, columns, channels] = draft.tensors[features].shape;
  const average = addTensor(draft, 'average', [1, 1, 1, channels]);
  const pool = { padding: 'VALID', strideW: 1, strideH: 1, filterWidth: columns, filterHeight: rows };
  addOperator(draft, {
    kind: 'AVERAGE_POOL_2D',
    ...optionsOf('Pool2DOptions', { ...pool, ...noActivation }),
    inputs: [features],
    outputs: [average],
  });

  const newShape = [1, channels];
  const shape = addConstant(draft, 'flatten/shape', [2], Int32Array.from(newShape));
  const flat = addTensor(draft, 'flatten', newShape);
  addOperator(draft, {
    kind: 'RESHAPE',
    ...optionsOf('ReshapeOptions', { newShape }),
    inputs: [average, shape],
    outputs: [flat],
  });

  const weights = addConstant(draft, 'logits/weights', [digitCount, channels], transposed(dense.kernel, digitCount));
  const bias = addConstant(draft, 'logits/bias', [digitCount], dense.bias);
  const logits = addTensor(draft, denseName, [1, digitCount]);
  addOperator(draft, {
    kind: 'FULLY_CONNECTED',
    ...optionsOf('FullyConnectedOptions', noActivation),
    inputs: [flat, weights, bias],
    outputs: [logits],
  });

  const probabilities = addTensor(draft, 'probabilities', [1, digitCount]);
  addOperator(draft, {
    kind: 'SOFTMAX',
    ...optionsOf('SoftmaxOptions', { beta: 1 }),
    inputs: [logits],
    outputs: [probabilities],
  });
  return probabilities;
}

const noActivation = { fusedActivationFunction: 'NONE' };

function convolutionOf(block: Block): Pick<Operator, 'kind' | 'options'> {
  const values = { padding: 'SAME', strideW: block.stride, strideH: block.stride, fusedActivationFunction: 'RELU' };
  return block.kind === 'convolution'
    ? { kind: 'CONV_2D', ...optionsOf('Conv2DOptions', values) }
    : { kind: 'DEPTHWISE_CONV_2D', ...optionsOf('DepthwiseConv2DOptions', { ...values, depthMultiplier: 1 }) };
}

function weightsShape(block: Block, channels: number): readonly number[] {
  const { kernelSize, filters } = block;
  return block.kind === 'convolution'
    ? [filters, kernelSize, kernelSize, channels]
    : [1, kernelSize, kernelSize, filters];
}

/**
 * Depthwise weights have the same order in both programs; those of a convolution change from outputs last to outputs
 * first.
 */
function stored(block: Block, kernel: Float32Array): Float32Array {
  return block.kind === 'depthwise' ? kernel : transposed(kernel, block.filters);
}

/** Rows of `columns` values, turned into `columns` rows. */
function transposed(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return values.map((_, index) => values[(index % rows) * columns + Math.floor(index / rows)]);
}

function optionsOf(
  table: string,
  values: Readonly<Record<string, OptionValue>>,
): { readonly options: OperatorOptions } {
  return { options: { table, values } };
}

function addOperator(draft: Draft, operator: Pick<Operator, 'kind' | 'inputs' | 'outputs' | 'options'>): void {
  draft.operators.push({ index: draft.operators.length, version: 1, intermediates: [], ...operator });
}

function addTensor(draft: Draft, name: string, shape: readonly number[], more: Partial<Tensor> = {}): number {
  const index = draft.tensors.length;
  draft.tensors.push({ index, name, type: 'float32', shape, isVariable: false, ...more });
  return index;
}

function addConstant(draft: Draft, name: string, shape: readonly number[], values: Float32Array | Int32Array): number {
  if (values.length !== elementCount(shape))
    throw new Error(`${name} has ${values.length} values for ${shape.join('x')}.`);
  const type: DataType = values instanceof Int32Array ? 'int32' : 'float32';
  return addTensor(draft, name, shape, {
    type,
    data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  });
}
