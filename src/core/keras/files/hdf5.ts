import { File, type Dataset, type Group } from 'jsfive';
import { spendBytes, spendSteps } from '../../model/budget';
import { ModelError } from '../../model/problem';
import { realValues } from '../../model/values/real';
import { decode } from '../../model/values/stored';
import type { FileArray } from './weights';

/** A group of an HDF5 file: named groups and arrays in it, and attributes. */
export interface Hdf5Group {
  readonly names: readonly string[];
  /** `undefined` where there is none of that name. A name may be a path. */
  readonly group: (path: string) => Hdf5Group | undefined;
  readonly array: (path: string) => FileArray | undefined;
  readonly text: (attribute: string) => string | undefined;
  readonly texts: (attribute: string) => readonly string[] | undefined;
}

/** The first bytes of every file of the format. */
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/**
 * Opens a file that is in memory as a whole.
 * @throws ModelError `keras-hdf5` where it is damaged, at once or at the first use of a part of it.
 */
export function openHdf5(bytes: Uint8Array): Hdf5Group {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  if (!whole) spendBytes(bytes.byteLength);
  const buffer = (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
  return guarded(() => wrapped(new File(buffer, ''), new Uint8Array(buffer)));
}

/** The package makes a list of as many values as an attribute claims, whether they are there or not. */
function boundAttributes({ _dataobjects: header }: Group): void {
  const read = header._attr_value.bind(header);
  header._attr_value = (type, bytes, count, at) => {
    if (!(count <= bytes.byteLength)) throw damaged();
    spendSteps(count);
    return read(type, bytes, count, at);
  };
}

function wrapped(group: Group, file: Uint8Array): Hdf5Group {
  boundAttributes(group);
  const find = (path: string): Group | Dataset | undefined =>
    guarded(() => {
      let place: Group | Dataset = group;
      for (const name of path.split('/')) {
        spendSteps(1000);
        if (!isGroup(place) || !place.keys.includes(name)) return undefined;
        const next: Group | Dataset | null = place.get(name);
        if (next === null) return undefined;
        place = next;
      }
      return place;
    });
  const attribute = (name: string): unknown => guarded(() => new Map(Object.entries(group.attrs)).get(name));
  return {
    names: guarded(() => group.keys),
    group(path) {
      const found = find(path);
      return found !== undefined && isGroup(found) ? wrapped(found, file) : undefined;
    },
    array(path) {
      const found = find(path);
      return found !== undefined && !isGroup(found) ? arrayOf(found, file) : undefined;
    },
    text: (name) => asText(attribute(name)),
    texts(name) {
      const value = attribute(name);
      return Array.isArray(value) ? value.map((each) => asText(each) ?? '') : undefined;
    },
  };
}

function isGroup(value: Group | Dataset): value is Group {
  return 'keys' in value && Array.isArray(value.keys);
}

/** Fixed texts of h5py end in zeros. */
function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replace(/\0+$/, '') : undefined;
}

/** Compressed arrays may be larger than their file: by what deflate can make of a byte. */
const mostGrowth = 1032;

function arrayOf(dataset: Dataset, file: Uint8Array): FileArray {
  const shape = guarded(() => dataset.shape.map(Number));
  const count = shape.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(count) || count < 0 || count > file.length * mostGrowth) throw damaged();
  return {
    shape,
    values: () =>
      guarded(() => {
        const stretch = stretchOf(dataset, count, file);
        if (stretch !== undefined) {
          spendSteps(count);
          spendBytes(count * 4);
          return realValues({ type: 'float32', shape, data: stretch }) ?? new Float32Array();
        }
        spendSteps(count * 8);
        spendBytes(count * 12);
        const { value } = dataset;
        if (value.length !== count) throw damaged();
        return Float32Array.from(value, Number);
      }),
  };
}

/** Number of the message that says how values are laid out, and of the layout in one stretch. */
const [layoutMessage, oneStretch] = [8, 1];

/**
 * Where single-precision values lie one after the other, as Keras writes them: the package makes a list of them, number
 * by number, which takes ten times as long.
 */
function stretchOf({ dtype, _dataobjects: header }: Dataset, count: number, file: Uint8Array): Uint8Array | undefined {
  const message = header.find_msg_type(layoutMessage).at(0);
  if (dtype !== '<f4' || message === undefined) return undefined;
  const [, , layout, at] = header._get_data_message_properties(message.get('offset_to_message'));
  const begin = layout === oneStretch ? decode('uint64', file.subarray(at, at + 8), 1)?.[0] : undefined;
  // Values that nobody wrote lie nowhere.
  return begin !== undefined && begin + count * 4 <= file.length ? file.subarray(begin, begin + count * 4) : undefined;
}

/** Whatever the package throws, texts among it, is a damaged file. */
function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && error.name === 'HumanError') throw error;
    throw damaged();
  }
}

function damaged(): ModelError {
  return new ModelError(
    'keras-hdf5',
    'The HDF5 file is damaged, or has a part that cannot be read. Save the model again.',
  );
}
