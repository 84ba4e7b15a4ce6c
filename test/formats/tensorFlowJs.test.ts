import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { io, tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { mayBeModel, readModel } from '../../src/core/formats/formats';
import type { ModelSource } from '../../src/core/formats/source';
import { check } from '../support/check';
import { floatOutputs, outputShare } from '../support/floatOutputs';
import { mulberry32 } from '../support/random';

addForeignFormats();

const { layers, sequential } = tf;

/** What the library saves of a model: the JSON file and all bytes of the weights. */
async function saved(model: tf.LayersModel): Promise<{ readonly json: unknown; readonly weights: Uint8Array }> {
  let kept: io.ModelArtifacts = {};
  await model.save(
    io.withSaveHandler((artifacts) => {
      kept = artifacts;
      return Promise.resolve({ modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) });
    }),
  );
  const { modelTopology, format, generatedBy, weightSpecs } = kept;
  const weightsManifest = [{ paths: ['1.bin', '2.bin'], weights: weightSpecs }];
  const json = { modelTopology, format, generatedBy, convertedBy: null, weightsManifest };
  return { json, weights: new Uint8Array(io.CompositeArrayBuffer.join(kept.weightData)) };
}

function source(json: unknown, files: Readonly<Record<string, Uint8Array>>): ModelSource {
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  return { path: 'web/model.json', bytes, siblings: { read: (name) => files[name] } };
}

/** Whether outputs of the file are those of the library within 1e-5 of the largest magnitude, or by how much not. */
async function asTheLibrary(model: tf.LayersModel): Promise<string> {
  const next = mulberry32(7);
  for (const weight of model.weights) {
    const count = weight.shape.reduce<number>((product, size) => product * (size ?? 1), 1);
    const isVariance = weight.name.includes('variance');
    const values = Array.from({ length: count }, () => (isVariance ? 0.5 + next() : next() - 0.5));
    weight.write(tensor(values, weight.shape as number[]));
  }
  const inputs = model.inputs.map(({ shape }) => shape.map((size) => size ?? 1));
  const given = inputs.map((shape) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, () => next() * 2 - 1);
  });
  const answer = model.predict(given.map((values, index) => tensor(values, inputs[index])));
  const wanted = (Array.isArray(answer) ? answer : [answer]).map((each) => each.dataSync());
  const { json, weights } = await saved(model);
  const share = outputShare(
    floatOutputs(readModel(source(json, { '1.bin': weights.slice(0, 33), '2.bin': weights.slice(33) })).model, given),
    wanted,
  );
  return share <= 1e-5 ? 'same' : `${share} of the largest magnitude`;
}

function branched(): tf.LayersModel {
  const x = tf.input({ shape: [8, 8, 2] });
  const left = layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(x);
  const right = layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }).apply(x);
  const joined = layers.concatenate().apply([left as tf.SymbolicTensor, right as tf.SymbolicTensor]);
  const pooled = layers.globalAveragePooling2d({}).apply(joined) as tf.SymbolicTensor;
  const inner = sequential({ layers: [layers.dense({ units: 4, inputShape: [5] }), layers.dense({ units: 3 })] });
  return tf.model({ inputs: x, outputs: [inner.apply(pooled) as tf.SymbolicTensor, pooled] });
}

check('A model that TensorFlow.js saved computes', (make: () => tf.LayersModel) => asTheLibrary(make()), [
  {
    name: 'convolutions, batch norm, pooling',
    input: () =>
      sequential({
        layers: [
          layers.conv2d({ inputShape: [9, 9, 2], filters: 4, kernelSize: 3, strides: 2, useBias: false }),
          layers.batchNormalization(),
          layers.reLU({ maxValue: 6 }),
          layers.separableConv2d({ filters: 3, kernelSize: 2 }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
          layers.dropout({ rate: 0.5 }),
          layers.dense({ units: 3, activation: 'softmax' }),
        ],
      }),
    expected: 'same',
  },
  { name: 'branches, a model within, two outputs', input: branched, expected: 'same' },
  {
    name: 'recurrent layers both ways',
    input: () =>
      sequential({
        layers: [
          layers.bidirectional({
            inputShape: [5, 3],
            layer: layers.lstm({ units: 4, returnSequences: true, recurrentInitializer: 'glorotUniform' }),
            mergeMode: 'concat',
          }),
          layers.gru({ units: 3, returnSequences: true, recurrentInitializer: 'glorotUniform' }),
          layers.simpleRNN({ units: 2, recurrentInitializer: 'glorotUniform' }),
        ],
      }),
    expected: 'same',
  },
  {
    name: 'transposed convolution, upsampling, PReLU',
    input: () =>
      sequential({
        layers: [
          layers.conv2dTranspose({ inputShape: [4, 4, 2], filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
          layers.prelu(),
          layers.upSampling2d({ size: [2, 2] }),
          layers.averagePooling2d({ poolSize: 4 }),
          layers.layerNormalization(),
          layers.elu(),
        ],
      }),
    expected: 'same',
  },
]);

/** As the converter in Python writes it: the configuration of the .h5 file, names without those of cells' owners. */
const dense = {
  class_name: 'Dense',
  config: { name: 'sum', units: 2, batch_input_shape: [null, 3], dtype: 'float32' },
};
const kernel = { name: 'sum/kernel', shape: [3, 2], dtype: 'float32' };
const bias = { name: 'sum/bias', shape: [2], dtype: 'float32' };
const floats = (...values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const all = floats(1, 0, 0, 1, 1, 1, 0.5, 0.25);

function topology(layers: readonly unknown[] = [dense]): unknown {
  return { keras_version: '2.4.0', model_config: { class_name: 'Sequential', config: { name: 'net', layers } } };
}

function file(weights: readonly unknown[], changes: object = {}): unknown {
  const weightsManifest = [{ paths: ['shard1of1.bin'], weights }];
  return { format: 'layers-model', modelTopology: topology(), weightsManifest, ...changes };
}

interface Given {
  readonly json: unknown;
  readonly bytes?: Uint8Array;
}

/** What the model computes of 1, 2, 3. */
function computed({ json, bytes = all }: Given): readonly number[] {
  return [...floatOutputs(readModel(source(json, { 'shard1of1.bin': bytes })).model, [[1, 2, 3]])[0]];
}

const quantized = (dtype: string, more: object = {}): object => ({ quantization: { dtype, ...more } });

check('A model.json of a dense layer', computed, [
  { name: 'in single precision', input: { json: file([kernel, bias]) }, expected: [4.5, 5.25] },
  {
    name: 'in bytes: 0.5 x stored - 1',
    input: {
      json: file([{ ...kernel, ...quantized('uint8', { scale: 0.5, min: -1 }) }, bias]),
      bytes: Uint8Array.of(4, 2, 2, 4, 4, 4, ...floats(0.5, 0.25)),
    },
    expected: [4.5, 5.25],
  },
  {
    name: 'in words of two bytes',
    input: {
      json: file([kernel, { ...bias, ...quantized('uint16', { scale: 0.25, min: 0 }) }]),
      bytes: Uint8Array.of(...floats(1, 0, 0, 1, 1, 1), 2, 0, 1, 0),
    },
    expected: [4.5, 5.25],
  },
  {
    name: 'in half precision: 0.5 is 0x3800, 0.25 is 0x3400',
    input: {
      json: file([kernel, { ...bias, ...quantized('float16') }]),
      bytes: Uint8Array.of(...floats(1, 0, 0, 1, 1, 1), 0, 0x38, 0, 0x34),
    },
    expected: [4.5, 5.25],
  },
  {
    name: 'whose file of weights is not there',
    input: { json: file([kernel, bias], { weightsManifest: [{ paths: ['other.bin'], weights: [kernel] }] }) },
    fails: 'The file "other.bin" with weights is not beside the model. Put it into the same folder.',
  },
  {
    name: 'whose file of weights is to be in another folder',
    input: { json: file([], { weightsManifest: [{ paths: ['../shard1of1.bin'], weights: [kernel] }] }) },
    fails: 'The file "../shard1of1.bin" with weights is not beside the model. Put it into the same folder.',
  },
  {
    name: 'whose file of weights is cut off',
    input: { json: file([kernel, bias]), bytes: all.slice(0, 30) },
    fails: 'The files beside the model end within the weight "sum/bias": it takes 8 bytes. Export the model again.',
  },
  {
    name: 'whose file of weights is too long',
    input: { json: file([kernel]) },
    fails: 'The files beside the model hold 8 bytes more than the weights that it names. Export the model again.',
  },
  {
    name: 'of a type that is not known',
    input: { json: file([{ ...kernel, dtype: 'complex64' }, bias]) },
    fails: 'The weight "sum/kernel" is of the type "complex64", which no layer of Keras has. Export the model again.',
  },
  {
    name: 'of a shape that cannot be',
    input: { json: file([{ ...kernel, shape: [1e9, 1e9] }, bias]) },
    fails: 'The weight "sum/kernel" has no shape that can be. Export the model again.',
  },
  {
    name: 'with weights of another shape',
    input: { json: file([{ ...kernel, shape: [2, 3] }, bias]) },
    fails:
      'The weights do not fit the layer "sum" (Dense): it takes a kernel of [3,2], and the file has one of [2,3]. ' +
      'Save model and weights again together.',
  },
  {
    name: 'with too few weights',
    input: { json: file([kernel]), bytes: all.slice(0, 24) },
    fails:
      'The weights do not fit the layer "sum" (Dense): it takes 2 arrays of weights, and the file has 1 for it. ' +
      'Save model and weights again together.',
  },
  {
    name: 'that is a graph of TensorFlow',
    input: { json: { format: 'graph-model', modelTopology: { node: [] } } },
    fails:
      'This is a graph model of TensorFlow.js, a graph of TensorFlow without layers, which is not read. ' +
      'Convert the Keras model that it was made of (.keras or .h5), or export it as a layers model.',
  },
  {
    name: 'that holds no model',
    input: { json: { name: 'model', version: '1.0.0' } },
    fails:
      'The JSON file holds no TensorFlow.js model: it has no "modelTopology". Choose the file that model.save() wrote.',
  },
]);

check('Whether a file is taken for a model', (given: ModelSource) => mayBeModel(given), [
  { name: 'a model.json that holds one', input: source(file([kernel]), {}), expected: true },
  { name: 'a model.json of something else', input: source({ name: 'model' }, {}), expected: false },
  { name: 'a file of another name', input: { path: 'a.onnx', bytes: new Uint8Array(4) }, expected: true },
]);
