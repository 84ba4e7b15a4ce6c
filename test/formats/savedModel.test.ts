import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { check } from '../support/check';
import { floatOutputs } from '../support/floatOutputs';
import {
  indexName,
  metadataName,
  savedModelFiles,
  savedModelName,
  shardName,
  type SavedLayer,
} from '../support/savedModelFiles';

addForeignFormats();

const dense = { class_name: 'Dense', config: { name: 'hidden', units: 2, activation: 'relu' } };
const scale = { class_name: 'BatchNormalization', config: { name: 'scale', epsilon: 0, axis: [1] } };

const kernel = { name: 'hidden/kernel', shape: [3, 2], values: [1, -1, 2, 0, 0, 1] };
const bias = { name: 'hidden/bias', shape: [2], values: [0.5, -4] };
const ofScale = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name, at) => ({
  name: `scale/${name}`,
  shape: [2],
  values: [
    [2, 2],
    [1, 1],
    [0.5, 0],
    [4, 1],
  ][at],
}));
const layers: readonly SavedLayer[] = [
  { config: dense, variables: [kernel, bias] },
  { config: scale, variables: ofScale },
];
const files = savedModelFiles([null, 3], layers);

/** What the model computes of 1, 2, 3. */
function computed(all: ReadonlyMap<string, Uint8Array>): readonly number[] {
  const siblings = { read: (name: string): Uint8Array | undefined => all.get(name) };
  const { model } = readModel({ path: `net/${savedModelName}`, bytes: all.get(savedModelName)!, siblings });
  return [...floatOutputs(model, [[1, 2, 3]])[0]];
}

function without(name: string): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].filter(([each]) => each !== name));
}

function changed(name: string, change: (bytes: Uint8Array) => Uint8Array): ReadonlyMap<string, Uint8Array> {
  return new Map([...files, [name, change(files.get(name)!)]]);
}

function withKernel(other: Partial<typeof kernel> & { readonly type?: number }): ReadonlyMap<string, Uint8Array> {
  return savedModelFiles([null, 3], [{ config: dense, variables: [{ ...kernel, ...other }, bias] }, layers[1]]);
}

check('A SavedModel of Keras 2', computed, [
  {
    // The layer gives 1 + 4 + 0 + 0.5 and, below zero, -1 + 3 - 4; normalized 2 x (5.5 - 0.5) / 2 + 1, and 1.
    name: 'is read with its variables',
    input: files,
    expected: [6, 1],
  },
  {
    name: 'without a description of its layers',
    input: without(metadataName),
    fails:
      'The SavedModel has a graph and does not say of which layers it is made (no keras_metadata.pb): model.export() of ' +
      'Keras 3 leaves them out. Save the model with model.save("model.keras"), and open that file.',
  },
  {
    name: 'without its index',
    input: without(indexName),
    fails:
      'The file variables/variables.index of the SavedModel is not there. Copy the whole folder, or save the model again.',
  },
  {
    name: 'without its values',
    input: without(shardName),
    fails:
      'The file variables/variables.data-00000-of-00001 of the SavedModel is not there. ' +
      'Copy the whole folder, or save the model again.',
  },
  {
    name: 'with values that were cut off',
    input: changed(shardName, (bytes) => bytes.slice(0, -4)),
    fails:
      'variables/variables.data-00000-of-00001 ends before the bytes of the variable "scale/moving_variance". Save the model again.',
  },
  {
    name: 'with a damaged index',
    input: changed(indexName, (bytes) => bytes.map((byte, at) => (at === 2 ? 255 : byte))),
    fails: 'A file of the SavedModel is damaged: its fields do not fit into its bytes. Save the model again.',
  },
  {
    name: 'with a variable of another shape',
    input: withKernel({ shape: [2, 3] }),
    fails:
      'The weights do not fit the layer "hidden" (Dense): it takes a kernel of [3,2], and the file has one of [2,3]. ' +
      'Save model and weights again together.',
  },
  {
    name: 'with a shape that claims more than its bytes',
    input: withKernel({ shape: [3, 20_000_000] }),
    fails: 'The shape [3,20000000] of the variable "hidden/kernel" does not fit its 24 bytes. Save the model again.',
  },
  {
    name: 'with a variable of texts',
    input: withKernel({ type: 7 }),
    fails: 'The type of the variable "hidden/kernel" (7) is one that no layer of Keras has. Save the model again.',
  },
  {
    name: 'with a layer that has too few variables',
    input: savedModelFiles([null, 3], [{ config: dense, variables: [kernel] }, layers[1]]),
    fails:
      'The weights do not fit the layer "hidden" (Dense): it takes 2 arrays of weights, and the file has 1 for it. ' +
      'Save model and weights again together.',
  },
]);
