import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { tfliteBytes } from '../../src/core/formats/tflite/size';
import { savedModelFiles, savedModelName, type SavedLayer, type SavedVariable } from '../support/savedModelFiles';
import { hostileNames, hostileNumbers, type Chance } from './chance';
import { files, type Source } from './sources';

/** Models that lie in several files: an input has all of them, each with its length in front. */

/** A `model.json` with its weights, and then bytes changed anywhere. */
export const tensorFlowJsFiles: Source = files((chance) => {
  const weights: Weight[] = [];
  const layers = Array.from({ length: 1 + chance.below(4) }, (_, at) => someDense(chance, at, weights));
  const json = {
    format: chance.is(0.05) ? 'graph-model' : 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { name: 'net', layers } },
    weightsManifest: [{ paths: [chance.is(0.05) ? chance.pick(hostileNames) : 'a.bin'], weights }],
  };
  const bytes = weights.reduce((sum, { shape, dtype, quantization }) => {
    const size = sizes.get(quantization?.dtype ?? dtype) ?? 1;
    return sum + shape.reduce((product, length) => product * length, size);
  }, 0);
  const held = bytes >= 0 && bytes < 1000 && chance.is(0.95) ? bytes : chance.below(400);
  return joined([new TextEncoder().encode(JSON.stringify(json)), new Uint8Array(held)]);
});

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale: number; readonly min: number };
}

/** Bytes of an element. */
const sizes: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['uint16', 2],
  ['float16', 2],
]);

function someDense(chance: Chance, at: number, weights: Weight[]): unknown {
  const units = chance.is(0.05) ? 3 : 2;
  const [before, name] = [at === 0 ? 3 : 2, `dense_${at}`];
  const dtype = chance.pick(['float32', 'float32', 'float32', 'int32', 'bool', 'string', 'uint8']);
  const quantization = { dtype: chance.pick(['uint8', 'uint16', 'float16']), scale: 0.5, min: -1 };
  for (const [weight, shape] of [
    ['kernel', [before, units]],
    ['bias', [units]],
  ] as const) {
    const said = shape.map((size) => (chance.is(0.03) ? chance.pick(hostileNumbers) : size));
    weights.push({ name: `${name}/${weight}`, shape: said, dtype, ...(chance.is(0.3) && { quantization }) });
  }
  const config = { name: chance.is(0.05) ? chance.pick(hostileNames) : name, units };
  return { class_name: 'Dense', config: { ...config, ...(at === 0 && { batch_input_shape: [null, 3] }) } };
}

/** The files of a SavedModel, and then bytes changed anywhere: in the index, among the objects, in what is noted. */
export const savedModels: Source = files((chance) => {
  const layers = Array.from({ length: 1 + chance.below(4) }, (_, at): SavedLayer => {
    const config = { name: `dense_${at}`, units: 2 };
    const sized = (name: string, shape: readonly number[]): SavedVariable => ({
      name,
      shape: shape.map((size) => (chance.is(0.02) ? Math.abs(chance.pick(hostileNumbers)) : size)),
      values: Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, index) => index),
      ...(chance.is(0.03) && { type: chance.below(25) }),
    });
    return {
      config: { class_name: 'Dense', config },
      variables: [sized('kernel', [at === 0 ? 3 : 2, 2]), sized('bias', [2])].slice(0, chance.is(0.1) ? 1 : 2),
    };
  });
  const all = savedModelFiles([null, chance.is(0.05) ? chance.pick(hostileNumbers) : 3], layers);
  return joined([...all.values()]);
});

const names = [...savedModelFiles([null, 1], []).keys()];

/** Reads a model with the files beside it, and works out the size of what it is converted to. */
export function readTensorFlowJsFiles(bytes: Uint8Array): unknown {
  const [json, weights] = parted(bytes);
  return converted('model.json', json, new Map([['a.bin', weights]]));
}

export function readSavedModels(bytes: Uint8Array): unknown {
  const parts = parted(bytes);
  const all = new Map(names.map((name, at) => [name, parts.at(at) ?? new Uint8Array()]));
  return converted(savedModelName, parts[0], all);
}

function converted(path: string, bytes: Uint8Array | undefined, all: ReadonlyMap<string, Uint8Array>): unknown {
  addForeignFormats();
  const siblings = { read: (name: string): Uint8Array | undefined => all.get(name) };
  return tfliteBytes(readModel({ path, bytes: bytes ?? new Uint8Array(), siblings }).model);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [part.length & 255, part.length >> 8, ...part]));
}

export function parted(bytes: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const length = bytes[at] + bytes[at + 1] * 256;
    parts.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return parts;
}
