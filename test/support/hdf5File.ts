/**
 * Writes small HDF5 files for tests, as newer versions of the format lay them out: headers of the second version, links
 * and attributes within them, arrays in one stretch. Numbers of messages are those of the format's specification.
 */

/** An array of single precision: what it says of itself, and what it holds. */
export interface Hdf5Array {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A group: what it holds by name, texts by the name of an attribute, and links to what is above it. */
export interface Hdf5Folder {
  readonly entries: readonly (readonly [name: string, entry: Hdf5Array | Hdf5Folder])[];
  readonly texts?: readonly (readonly [name: string, values: readonly string[]])[];
  /** Names of links to the file's own beginning: a circle. */
  readonly circles?: readonly string[];
}

const [dataspace, datatype, link, layout, attribute] = [1, 3, 6, 8, 12];
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const rootAt = 48;

export function hdf5File(root: Hdf5Folder): Uint8Array {
  // What the root leads to stands behind it, whose length does not hang on places.
  let free = rootAt + header(groupMessages(root, () => 0)).length;
  const parts: { readonly at: number; readonly bytes: readonly number[] }[] = [];
  const put = (bytes: readonly number[]): number => {
    const at = free;
    free += bytes.length;
    parts.push({ at, bytes });
    return at;
  };
  const place = (entry: Hdf5Array | Hdf5Folder): number =>
    put(header('entries' in entry ? groupMessages(entry, place) : arrayMessages(entry, put(floats(entry.values)))));
  const rootHeader = header(groupMessages(root, place));
  const start = [
    ...signature,
    2,
    8,
    8,
    0,
    ...whole(0, 8),
    ...whole(-1, 8),
    ...whole(free, 8),
    ...whole(rootAt, 8),
    0,
    0,
    0,
    0,
  ];
  const bytes = new Uint8Array(free);
  bytes.set(start);
  bytes.set(rootHeader, rootAt);
  for (const part of parts) bytes.set(part.bytes, part.at);
  return bytes;
}

interface HeaderMessage {
  readonly type: number;
  readonly body: readonly number[];
}

function groupMessages(
  { entries, texts = [], circles = [] }: Hdf5Folder,
  place: (entry: Hdf5Array | Hdf5Folder) => number,
): readonly HeaderMessage[] {
  const linked = (name: string, at: number): HeaderMessage => ({
    type: link,
    body: [1, 0, ...named(name, 1), ...whole(at, 8)],
  });
  return [
    ...entries.map(([name, entry]) => linked(name, place(entry))),
    ...circles.map((name) => linked(name, rootAt)),
    ...texts.map(([name, values]) => textsMessage(name, values)),
  ];
}

function arrayMessages({ shape, values }: Hdf5Array, at: number): readonly HeaderMessage[] {
  const single = [0x11, 0x20, 0x1f, 0, ...whole(4, 4), 0, 0, 32, 0, 23, 8, 0, 23, ...whole(127, 4)];
  return [
    { type: dataspace, body: spaceOf(shape) },
    { type: datatype, body: single },
    { type: layout, body: [3, 1, ...whole(at, 8), ...whole(4 * values.length, 8)] },
  ];
}

function spaceOf(shape: readonly number[]): readonly number[] {
  return [1, shape.length, 0, 0, 0, 0, 0, 0, ...shape.flatMap((size) => whole(size, 8))];
}

/** Texts of one length, ended by zeros. */
function textsMessage(name: string, values: readonly string[]): HeaderMessage {
  const encoded = values.map((value) => new TextEncoder().encode(value));
  const length = encoded.reduce((most, bytes) => Math.max(most, bytes.length), 1);
  const [type, space] = [[0x13, 0, 0, 0, ...whole(length, 4)], spaceOf([values.length])];
  const label = [...new TextEncoder().encode(name), 0];
  const data = encoded.flatMap((bytes) => [...bytes, ...Array<number>(length - bytes.length).fill(0)]);
  const sizes = [...whole(label.length, 2), ...whole(type.length, 2), ...whole(space.length, 2)];
  return { type: attribute, body: [3, 0, ...sizes, 0, ...label, ...type, ...space, ...data] };
}

/** An object's header with one block of messages; nobody looks at its sum. */
function header(messages: readonly HeaderMessage[]): readonly number[] {
  const body = messages.flatMap(({ type, body: own }) => [type, ...whole(own.length, 2), 0, ...own]);
  // Behind a message is room for the head of one more.
  const block = [...body, 0, 0, 0, 0];
  return [...new TextEncoder().encode('OHDR'), 2, 2, ...whole(block.length, 4), ...block, 0, 0, 0, 0];
}

function named(name: string, lengthBytes: number): readonly number[] {
  const bytes = new TextEncoder().encode(name).subarray(0, 255);
  return [...whole(bytes.length, lengthBytes), ...bytes];
}

function floats(values: readonly number[]): readonly number[] {
  return [...new Uint8Array(Float32Array.from(values).buffer)];
}

/** Little-endian; what is below zero as the largest numbers. */
function whole(value: number, bytes: number): readonly number[] {
  const number = BigInt.asUintN(64, BigInt(Number.isFinite(value) ? Math.trunc(value) : 0));
  return Array.from({ length: bytes }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));
}
