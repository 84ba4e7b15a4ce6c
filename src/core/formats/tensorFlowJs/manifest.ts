import { isList, isMap, numberOf, numbersIn, textOf } from '../../keras/configValues';
import type { NamedArray } from '../../keras/files/namedWeights';
import type { KerasConfig, KerasValue } from '../../keras/kerasModel';
import { spendBytes, spendSteps } from '../../model/budget';
import { storedBytes, type DataType } from '../../model/dataType';
import { ModelError } from '../../model/problem';
import { joinBytes } from '../../model/values/join';
import { decode } from '../../model/values/stored';
import { siblingOf, type ModelSource } from '../source';

/** Types of weights, and those that they are quantized to. Source: tfjs-core, io/types.ts. */
const types: ReadonlyMap<string, DataType> = new Map([
  ['float32', 'float32'],
  ['int32', 'int32'],
  ['bool', 'bool'],
  ['uint8', 'uint8'],
  ['uint16', 'uint16'],
  ['float16', 'float16'],
]);

/**
 * The weights that a manifest names, from the files beside the model: groups of files, each of which holds its weights
 * one after the other.
 * @throws ModelError where a file is missing, or does not hold what the manifest says.
 */
export function manifestArrays(manifest: KerasValue | undefined, source: ModelSource): readonly NamedArray[] {
  if (!isList(manifest)) return [];
  return manifest.flatMap((group) => (isMap(group) ? groupArrays(group, source) : []));
}

/** One weight as the manifest says it. */
interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: DataType;
  readonly elements: number;
  /** Where it is quantized: real = scale x stored + least. */
  readonly scale: number;
  readonly least: number;
}

function groupArrays(group: KerasConfig, source: ModelSource): readonly NamedArray[] {
  const [paths, weights] = [group.get('paths'), group.get('weights')];
  const entries = isList(weights) ? weights.map(entryOf) : [];
  const parts = (isList(paths) ? paths : []).map((path) => shard(path, source));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  spendBytes(length);
  const bytes = parts.length === 1 ? parts[0] : joinBytes(parts);
  let at = 0;
  const arrays = entries.map((entry): NamedArray => {
    const { name, shape, type, elements } = entry;
    const size = storedBytes(type, elements);
    if (!(at + size <= bytes.length)) {
      throw new ModelError(
        'tfjs-weights',
        `The files beside the model end within the weight "${name}": it takes ${size} bytes. Export the model again.`,
      );
    }
    const own = bytes.subarray(at, at + size);
    at += size;
    return { path: name.replace(/:\d+$/, '').split('/'), array: { shape, values: () => valuesOf(entry, own) } };
  });
  if (at === bytes.length) return arrays;
  throw new ModelError(
    'tfjs-weights',
    `The files beside the model hold ${bytes.length - at} bytes more than the weights that it names. Export the model again.`,
  );
}

function shard(path: KerasValue | undefined, source: ModelSource): Uint8Array {
  const isName = typeof path === 'string' && path !== '' && !/^[\\/]|^\w+:|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path);
  const bytes = isName ? siblingOf(source, path) : undefined;
  if (bytes !== undefined) return bytes;
  throw new ModelError(
    'tfjs-shard',
    `The file "${typeof path === 'string' ? path : ''}" with weights is not beside the model. Put it into the same folder.`,
  );
}

function entryOf(value: KerasValue | undefined): Entry {
  const given: KerasConfig = isMap(value) ? value : new Map();
  const name = textOf(given, 'name') ?? '';
  const quantization = given.get('quantization');
  const quantized = isMap(quantization) ? quantization : undefined;
  const said = textOf(quantized ?? given, 'dtype') ?? '';
  const [shape, type] = [numbersIn(given.get('shape')), types.get(said)];
  if (type === undefined) {
    throw new ModelError(
      'tfjs-weights',
      `The weight "${name}" is of the type "${said}", which no layer of Keras has. Export the model again.`,
    );
  }
  const elements = (shape ?? []).reduce((product, length) => product * length, 1);
  if (shape?.every((length) => Number.isSafeInteger(length) && length >= 0) !== true || !isCount(elements)) {
    throw new ModelError('tfjs-weights', `The weight "${name}" has no shape that can be. Export the model again.`);
  }
  const isScaled = quantized !== undefined && type !== 'float16';
  return {
    ...{ name, shape, type, elements },
    scale: (isScaled ? numberOf(quantized, 'scale') : undefined) ?? 1,
    least: (isScaled ? numberOf(quantized, 'min') : undefined) ?? 0,
  };
}

function isCount(elements: number): boolean {
  return Number.isSafeInteger(elements) && elements < 2 ** 31;
}

function valuesOf({ type, elements, scale, least }: Entry, bytes: Uint8Array): Float32Array {
  spendSteps(elements * 4);
  spendBytes(elements * 12);
  const stored = decode(type, bytes, elements) ?? new Float64Array(elements);
  const values = new Float32Array(elements);
  for (let index = 0; index < elements; index++) values[index] = stored[index] * scale + least;
  return values;
}
