import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { it } from 'node:test';
import type { DataType } from '../../src/core/model/dataType';
import type { Quantization } from '../../src/core/model/model';
import { encodeReal, realValues, realValuesOf } from '../../src/core/model/values/real';
import { decode, encode } from '../../src/core/model/values/stored';
import { quantized, tensor } from '../support/build';
import { check } from '../support/check';

check(
  'numbers of bytes that begin anywhere in a file',
  ([type, file, from]: readonly [DataType, readonly number[], number]) => {
    const values = decode(type, Uint8Array.from(file).subarray(from), 2);
    return values && [...values];
  },
  [
    { name: 'int16 at an odd place', input: ['int16', [9, 1, 0, 0xff, 0xff], 1], expected: [1, -1] },
    // 0x3f800000 is 1.0, 0xc0000000 is -2.0.
    {
      name: 'float32 at place 3',
      input: ['float32', [9, 9, 9, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], 3],
      expected: [1, -2],
    },
    { name: 'no more than was asked for', input: ['uint8', [200, 3, 77], 0], expected: [200, 3] },
    { name: 'too few', input: ['int16', [1, 0, 2], 0], expected: undefined },
  ],
);

check(
  'bytes of stored numbers, and the numbers of these bytes',
  ({ type, values }: { type: DataType; values: readonly number[] }) => {
    const bytes = encode(type, values);
    return bytes && { bytes: [...bytes], values: [...decode(type, bytes, values.length)!] };
  },
  [
    {
      name: 'int8: halves away from zero, held within its range',
      input: { type: 'int8', values: [-0.5, 0.5, 2.4, -200, 200, NaN] },
      expected: { bytes: [0xff, 1, 2, 0x80, 0x7f, 0], values: [-1, 1, 2, -128, 127, 0] },
    },
    {
      name: 'uint8 has no number below zero',
      input: { type: 'uint8', values: [-3, 255.4, 300] },
      expected: { bytes: [0, 255, 255], values: [0, 255, 255] },
    },
    {
      name: 'int64 takes 8 bytes',
      input: { type: 'int64', values: [-2, 2 ** 40] },
      expected: {
        bytes: [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1, 0, 0],
        values: [-2, 2 ** 40],
      },
    },
    {
      name: 'uint64',
      input: { type: 'uint64', values: [2 ** 63, -1] },
      expected: { bytes: [0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], values: [2 ** 63, 0] },
    },
    {
      name: 'int16 and its low byte first',
      input: { type: 'int16', values: [-2, 258, 40000] },
      expected: { bytes: [0xfe, 0xff, 2, 1, 0xff, 0x7f], values: [-2, 258, 32767] },
    },
    {
      name: 'uint16',
      input: { type: 'uint16', values: [65535, 1] },
      expected: { bytes: [0xff, 0xff, 1, 0], values: [65535, 1] },
    },
    {
      name: 'uint32',
      input: { type: 'uint32', values: [2 ** 31] },
      expected: { bytes: [0, 0, 0, 0x80], values: [2 ** 31] },
    },
    {
      name: 'int32',
      input: { type: 'int32', values: [-0.5, -(2 ** 40)] },
      expected: { bytes: [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x80], values: [-1, -(2 ** 31)] },
    },
    {
      name: 'bool: everything but zero is true',
      input: { type: 'bool', values: [0, 0.1, -3] },
      expected: { bytes: [0, 1, 1], values: [0, 1, 1] },
    },
    {
      name: 'int4: two a byte, the first in the low half',
      input: { type: 'int4', values: [-8, 7, -1, 9, 3] },
      expected: { bytes: [0x78, 0x7f, 0x03], values: [-8, 7, -1, 7, 3] },
    },
    {
      name: 'uint4',
      input: { type: 'uint4', values: [15, 1, 20] },
      expected: { bytes: [0x1f, 0x0f], values: [15, 1, 15] },
    },
    {
      name: 'int2: four a byte',
      input: { type: 'int2', values: [-2, 1, 0, -1, 1] },
      expected: { bytes: [0b11000110, 1], values: [-2, 1, 0, -1, 1] },
    },
    {
      name: 'float32',
      input: { type: 'float32', values: [1, -0.5] },
      expected: { bytes: [0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf], values: [1, -0.5] },
    },
    {
      name: 'float64',
      input: { type: 'float64', values: [1] },
      expected: { bytes: [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], values: [1] },
    },
    {
      name: 'float16: 1/3 rounded, the smallest number, beyond the largest',
      input: { type: 'float16', values: [1 / 3, 2 ** -24, 1e6, -2] },
      expected: { bytes: [0x55, 0x35, 1, 0, 0, 0x7c, 0, 0xc0], values: [0.333251953125, 2 ** -24, Infinity, -2] },
    },
    {
      name: 'bfloat16 is the upper half of float32, halves to even',
      input: { type: 'bfloat16', values: [1, 1.00390625, 1.01171875] },
      expected: { bytes: [0x80, 0x3f, 0x80, 0x3f, 0x82, 0x3f], values: [1, 1, 1.015625] },
    },
    {
      name: 'float8_e4m3fn ends at 448',
      input: { type: 'float8_e4m3fn', values: [448, 1000, 0.5] },
      expected: { bytes: [0x7e, 0x7e, 0x30], values: [448, 448, 0.5] },
    },
    {
      name: 'float8_e5m2',
      input: { type: 'float8_e5m2', values: [-1.5, 57344, 1e6] },
      expected: { bytes: [0xbe, 0x7b, 0x7c], values: [-1.5, 57344, Infinity] },
    },
    { name: 'a string holds no numbers', input: { type: 'string', values: [1] }, expected: undefined },
  ],
);

check(
  'bytes of real numbers',
  ({ type, by, values }: { type: DataType; by?: Quantization; values: readonly number[] }) => {
    const bytes = encodeReal({ type, quantization: by }, values)!;
    const shape = [values.length];
    return { bytes: [...bytes], real: [...realValuesOf({ type, shape, bytes }, { quantization: by })] };
  },
  [
    {
      name: 'half a step below zero is a step below zero, as QUANTIZE has it',
      input: { type: 'int8', by: quantized(0.5, 0), values: [-0.25, 0.25, -0.75] },
      expected: { bytes: [0xff, 1, 0xfe], real: [-0.5, 0.5, -1] },
    },
    {
      name: 'uint8 by its zero point; what is no number becomes it',
      input: { type: 'uint8', by: quantized(1, 128), values: [-1, NaN, 1e9] },
      expected: { bytes: [127, 128, 255], real: [-1, 0, 127] },
    },
    {
      name: 'the division is that of float32',
      // As doubles 8.5 less 1e-8: as float32 exactly 8.5.
      input: { type: 'int8', by: quantized(0.1, 0), values: [0.849999999] },
      expected: { bytes: [9], real: [Math.fround(0.9)] },
    },
    {
      name: 'integers without a scale are themselves',
      input: { type: 'int64', values: [3, -0.5] },
      expected: { bytes: [3, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], real: [3, -1] },
    },
    {
      name: 'a device holds int4 one a byte',
      input: { type: 'int4', by: quantized(1, 0), values: [-9, 7] },
      expected: { bytes: [0xf8, 7], real: [-8, 7] },
    },
  ],
);

check(
  'real numbers of constants',
  ({ type, shape, bytes, by }: { type: DataType; shape: number[]; bytes: number[]; by?: Quantization }) => {
    const values = realValues(tensor('w', type, shape, { data: Uint8Array.from(bytes), quantization: by }));
    return values && [...values];
  },
  [
    {
      name: 'one scale for each slice of the last axis',
      input: { type: 'int8', shape: [2, 2], bytes: [1, 1, 2, 2], by: quantized([1, 0.5], [0, 0], 1) },
      expected: [1, 0.5, 2, 1],
    },
    {
      name: 'a scale noted on float32 changes nothing',
      input: { type: 'float32', shape: [1], bytes: [0, 0, 0x80, 0x3f], by: quantized(0.5, 3) },
      expected: [1],
    },
    { name: 'too few bytes', input: { type: 'int16', shape: [2], bytes: [1, 0, 1] }, expected: undefined },
  ],
);

/** Who reads or writes numbers in bytes itself: the codec, and formats that are no tensors. */
const ownAccess = [
  'src/core/model/values/elements.ts',
  'src/core/firmware/arrays/decode.ts',
  'src/core/lastBuild/elfFile.ts',
  'src/core/formats/tflite/flatbuffer/',
  'src/core/formats/tflite/associatedFiles.ts',
  'src/core/operators/flexbuffer.ts',
  'src/core/runtimes/tflm/offlinePlan.ts',
  'src/core/samples/npy.ts',
  'src/core/samples/formats/pictureChecks.ts',
  'src/core/samples/formats/pictureFile.ts',
  'src/core/samples/formats/waveFile.ts',
];

it('numbers of tensors are read and written by one codec, and rounded by one rule', () => {
  const root = resolve(__dirname, '../..');
  const access = /\.[gs]et(?:Int|Uint|BigInt|BigUint|Float)(?:8|16|32|64)\(|Math\.floor\([^)]*\+ 0\.5\)|>> 28\b/;
  const found = readdirSync(join(root, 'src/core'), { recursive: true, encoding: 'utf8' })
    .map((name) => relative(root, join(root, 'src/core', name)).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('src/core/serial/'))
    .filter((name) => !ownAccess.some((own) => name.startsWith(own)))
    .filter((name) => access.test(readFileSync(join(root, name), 'utf8')));
  assert.deepStrictEqual(found, []);
});
