import assert from 'node:assert/strict';
import { it } from 'node:test';
import { zipSync, zlibSync } from 'fflate';
import { HumanError } from '../../src/core/model/problem';
import { readPicture } from '../../src/core/samples/formats/pictureFile';
import { readWave } from '../../src/core/samples/formats/waveFile';
import { readSamples } from '../../src/core/samples/readSamples';
import { check } from '../support/check';

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function little(value: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, place) => Math.floor(value / 256 ** place) % 256);
}

function big(value: number): readonly number[] {
  return [...little(value, 4)].reverse();
}

/** A chunk of a PNG; its checksum is 0, which no decoder of ours looks at. */
function chunk(name: string, data: ArrayLike<number>): readonly number[] {
  return [...big(data.length), ...ascii(name), ...Array.from(data), 0, 0, 0, 0];
}

interface PngClaims {
  readonly width: number;
  readonly height: number;
  /** Bytes that are packed. */
  readonly pixels: number;
  readonly more?: readonly number[];
  readonly interlaced?: boolean;
}

function png({ width, height, pixels, more = [], interlaced = false }: PngClaims): Uint8Array {
  const header = [...big(width), ...big(height), 8, 0, 0, 0, interlaced ? 1 : 0];
  const data = zlibSync(new Uint8Array(pixels));
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return Uint8Array.from([
    ...signature,
    ...chunk('IHDR', header),
    ...more,
    ...chunk('IDAT', data),
    ...chunk('IEND', []),
  ]);
}

interface BmpClaims {
  readonly width: number;
  readonly height: number;
  readonly compression?: number;
  readonly rows: number;
}

/** A grey picture of 24 bits. */
function bmp({ width, height, compression = 0, rows }: BmpClaims): Uint8Array {
  const info = [...little(40, 4), ...little(width, 4), ...little(height, 4), 1, 0, 24, 0, ...little(compression, 4)];
  const file = [0x42, 0x4d, ...little(0, 8), ...little(54, 4), ...info, ...little(0, 20)];
  const rowBytes = Math.ceil((Math.min(width, 1000) * 3) / 4) * 4;
  return Uint8Array.from([...file, ...new Array<number>(rows * rowBytes).fill(128)]);
}

function jpeg(width: number, height: number): Uint8Array {
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xd9]);
}

function sizeOf(bytes: Uint8Array): readonly number[] {
  const { width, height } = readPicture(bytes);
  return [width, height];
}

check('pictures claim no more than their bytes hold', sizeOf, [
  { name: 'a PNG', input: png({ width: 2, height: 3, pixels: 9 }), expected: [2, 3] },
  // Adam7 of 2 x 3: rows of 1, 1, 1 + 1 and 2 pixels, each behind a byte.
  { name: 'an interlaced PNG', input: png({ width: 2, height: 3, pixels: 11, interlaced: true }), expected: [2, 3] },
  {
    name: 'a PNG with a gigabyte behind one pixel',
    input: png({ width: 1, height: 1, pixels: 50_000_000 }),
    fails: 'more is packed in it than its header names',
  },
  {
    name: 'a PNG of 90 megapixels in some bytes',
    input: png({ width: 9000, height: 10_000, pixels: 10 }),
    fails: 'it is cut short',
  },
  {
    name: 'a PNG of more than can be',
    input: png({ width: 100_000, height: 100_000, pixels: 10 }),
    fails: 'it has more than 100 megapixels',
  },
  {
    name: 'a PNG whose text unpacks to a gigabyte: it is not looked at',
    input: png({ width: 1, height: 1, pixels: 2, more: chunk('zTXt', [97, 0, 0, ...zlibSync(new Uint8Array(1e6))]) }),
    expected: [1, 1],
  },
  { name: 'a BMP', input: bmp({ width: 2, height: 3, rows: 3 }), expected: [2, 3] },
  { name: 'a BMP of 16,777,224 x 0', input: bmp({ width: 16_777_224, height: 0, rows: 0 }), fails: 'it has no pixels' },
  { name: 'a BMP without its rows', input: bmp({ width: 900, height: 900, rows: 2 }), fails: 'it is cut short' },
  {
    name: 'a packed BMP',
    input: bmp({ width: 900, height: 900, compression: 1, rows: 2 }),
    fails: 'it is packed: convert it to PNG',
  },
  { name: 'a JPEG of 65,000 lines in some bytes', input: jpeg(1500, 65_000), fails: 'it is cut short' },
  { name: 'a JPEG of no lines', input: jpeg(1500, 0), fails: 'it has no pixels' },
  { name: 'a JPEG without a frame', input: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), fails: 'it has no header' },
]);

interface Wave {
  readonly format?: number;
  readonly bits?: number;
  readonly channels?: number;
  readonly claimed?: number;
  readonly before?: readonly number[];
  readonly data: readonly number[];
}

function wave({ format = 1, bits = 16, channels = 1, claimed, before = [], data }: Wave): Uint8Array {
  const header = [
    ...little(format, 2),
    ...little(channels, 2),
    ...little(8000, 4),
    ...little(0, 6),
    ...little(bits, 2),
  ];
  const size = little(claimed ?? data.length, 4);
  const chunks = [...ascii('fmt '), ...little(16, 4), ...header, ...before, ...ascii('data'), ...size, ...data];
  return Uint8Array.from([...ascii('RIFF'), ...little(0, 4), ...ascii('WAVE'), ...chunks]);
}

check('sounds', (input: Wave) => [...readWave(wave(input)).samples], [
  { name: '8 bits', input: { bits: 8, data: [0, 128, 192] }, expected: [-1, 0, 0.5] },
  { name: '16 bits', input: { data: [0, 0x80, 0, 0x40] }, expected: [-1, 0.5] },
  { name: '24 bits', input: { bits: 24, data: [0, 0, 0xc0] }, expected: [-0.5] },
  { name: '32-bit floats', input: { format: 3, bits: 32, data: [0, 0, 0x80, 0xbe] }, expected: [-0.25] },
  { name: 'the first of two channels', input: { channels: 2, data: [0, 0x40, 1, 1] }, expected: [0.5] },
  { name: 'a size that was left open', input: { claimed: 0xffffffff, data: [0, 0x40] }, expected: [0.5] },
  {
    name: 'cue points of 2^32 - 1 in some bytes are passed over',
    input: { before: [...ascii('cue '), ...little(4, 4), ...little(0xffffffff, 4)], data: [0, 0x40] },
    expected: [0.5],
  },
  {
    name: 'A-law is not taken for numbers',
    input: { format: 6, bits: 8, data: [1] },
    fails: 'it holds A-law of 8 bits',
  },
  { name: 'fewer samples than it names', input: { claimed: 9, data: [1, 2] }, fails: 'it ends within its samples' },
  { name: 'no channel', input: { channels: 0, data: [1, 2] }, fails: 'its header names no channel or no rate' },
]);

function npy(values: readonly number[]): Uint8Array {
  const header = `{'descr': '|i1', 'fortran_order': False, 'shape': (${values.length}, 1), }\n`;
  return Uint8Array.from([0x93, ...ascii('NUMPY'), 1, 0, ...little(header.length, 2), ...ascii(header), ...values]);
}

/** An archive whose directory names another size for its member. */
function falseSize(bytes: Uint8Array, size: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let at = 0; at + 4 <= copy.length; at++) {
    const mark = String.fromCharCode(...copy.subarray(at, at + 4));
    if (mark === 'PK\x01\x02') copy.set(little(size, 4), at + 24);
  }
  return copy;
}

check(
  'data that are wrong',
  ({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array }) => {
    const inputs = [{ name: 'x', type: 'float32' as const, shape: [1, 1] }];
    const { inputs: values, labels } = readSamples({ files: [{ path, bytes }], inputs, options: { source: path } });
    return { values: [...values[0]], labels };
  },
  [
    {
      name: 'an archive',
      input: { path: 'a.npz', bytes: zipSync({ 'x.npy': npy([1, 2]), 'labels.npy': npy([0, 1]) }) },
      expected: { values: [1, 2], labels: [0, 1] },
    },
    {
      name: 'a label below 0',
      input: { path: 'a.npz', bytes: zipSync({ 'x.npy': npy([1, 2]), 'labels.npy': npy([0, 255]) }) },
      fails: 'a.npz has -1 as label 2. Give the number of the class, counted from 0.',
    },
    {
      name: 'an archive that claims a gigabyte for some bytes',
      input: { path: 'a.npz', bytes: falseSize(zipSync({ 'x.npy': npy([1, 2]) }), 1e9) },
      fails: 'a.npz is no .npz archive, or a damaged one. Write it again with numpy.savez.',
    },
    {
      name: 'a label that is no whole number',
      input: { path: 'a.csv', bytes: Uint8Array.from(ascii('x,label\n1,0\n2,1.5\n')) },
      fails: 'a.csv has 1.5 as label 2. Give the number of the class, counted from 0.',
    },
  ],
);

it('of a table of very many rows only those are made numbers of that are wanted', () => {
  // Every row but the wanted ones has a cell that would be refused.
  const rows = Array.from({ length: 200_000 }, (_, index) => (index % 100_000 === 0 ? `${index}` : 'x'));
  const bytes = new TextEncoder().encode(`value\n${rows.join('\n')}\n`);
  const inputs = [{ name: 'x', type: 'float32' as const, shape: [1, 1] }];
  const { inputs: values, remarks } = readSamples({
    files: [{ path: 'a.csv', bytes }],
    inputs,
    options: { source: 'a.csv', mostSamples: 2 },
  });
  assert.deepEqual([[...values[0]], remarks], [[0, 100_000], ['Of 200000 samples 2 were taken, evenly spread.']]);
});

it('whatever bytes a sample file has, there is a sentence or a sample', () => {
  const inputs = [{ name: 'x', type: 'float32' as const, shape: [1, 2, 3, 1] }];
  const seeds = [
    png({ width: 2, height: 3, pixels: 9 }),
    bmp({ width: 2, height: 3, rows: 3 }),
    jpeg(2, 3),
    wave({ data: [1, 2] }),
  ];
  const names = ['a.png', 'a.bmp', 'a.jpg', 'a.wav'];
  seeds.forEach((seed, kind) => {
    for (let at = 0; at < seed.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const bytes = Uint8Array.from(seed);
        bytes[at] = value;
        try {
          readSamples({ files: [{ path: names[kind], bytes }], inputs, options: { source: 'data' } });
        } catch (error) {
          assert.ok(error instanceof HumanError, `${names[kind]}, byte ${at} = ${value}: ${String(error)}`);
        }
      }
    }
  });
});
