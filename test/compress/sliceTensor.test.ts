import type { KeptIndices } from '../../src/core/compress/rewrite/sliceTensor';
import { outlineTensor, sliceTensor } from '../../src/core/compress/rewrite/sliceTensor';
import type { Tensor } from '../../src/core/model/model';
import { quantized, tensor } from '../support/build';
import { check } from '../support/check';

const constant = (shape: readonly number[], bytes: readonly number[], more: Partial<Tensor> = {}): Tensor =>
  tensor('w', 'int8', shape, { data: Uint8Array.from(bytes), ...more });

check(
  'a tensor without some of its indices',
  ([whole, kept]: readonly [Tensor, KeptIndices]) => {
    const { shape, data, quantization, shapeSignature } = sliceTensor(whole, kept);
    return {
      shape,
      ...(data && { data: [...data] }),
      ...(quantization && { scales: quantization.scales, zeroPoints: quantization.zeroPoints }),
      ...(shapeSignature && { shapeSignature }),
    };
  },
  [
    {
      name: 'rows',
      input: [constant([3, 2], [1, 2, 3, 4, 5, 6]), [[0, 2], undefined]],
      expected: { shape: [2, 2], data: [1, 2, 5, 6] },
    },
    {
      name: 'columns',
      input: [constant([2, 3], [1, 2, 3, 4, 5, 6]), [undefined, [1]]],
      expected: { shape: [2, 1], data: [2, 5] },
    },
    {
      name: 'the first and the last of three axes',
      input: [constant([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), [[1], undefined, [0]]],
      expected: { shape: [1, 2, 1], data: [5, 7] },
    },
    {
      name: 'values of two bytes',
      input: [tensor('b', 'int16', [3], { data: Uint8Array.from([1, 0, 2, 0, 3, 1]) }), [[2]]],
      expected: { shape: [1], data: [3, 1] },
    },
    {
      name: 'two values of int4 to a byte, the low half first',
      input: [tensor('w', 'int4', [4], { data: Uint8Array.from([0x21, 0x43]) }), [[1, 2, 3]]],
      expected: { shape: [3], data: [0x32, 0x04] },
    },
    {
      name: 'scales along the axis that is cut',
      input: [constant([3], [1, 2, 3], { quantization: quantized([0.5, 0.25, 2]) }), [[0, 2]]],
      expected: { shape: [2], data: [1, 3], scales: [0.5, 2], zeroPoints: [0, 0] },
    },
    {
      name: 'scales along another axis stay',
      input: [constant([2, 2], [1, 2, 3, 4], { quantization: quantized([0.5, 0.25], 0, 1) }), [[1], undefined]],
      expected: { shape: [1, 2], data: [3, 4], scales: [0.5, 0.25], zeroPoints: [0, 0] },
    },
    {
      name: 'one zero point for many scales',
      input: [constant([2], [1, 2], { quantization: { scales: [0.5, 0.25], zeroPoints: [3], axis: 0 } }), [[1]]],
      expected: { shape: [1], data: [2], scales: [0.25], zeroPoints: [3] },
    },
    {
      name: 'a size that is not known stays unknown',
      input: [tensor('x', 'int8', [1, 4], { shapeSignature: [-1, 4] }), [undefined, [0, 1, 3]]],
      expected: { shape: [1, 3], shapeSignature: [-1, 3] },
    },
    {
      name: 'no strings',
      input: [tensor('s', 'string', [2], { data: new Uint8Array(8) }), [[0]]],
      fails: '"s" is a constant of type string, from which no channels can be cut. Leave its layer as it is.',
    },
  ],
);

check('its outline', ([whole, kept]: readonly [Tensor, KeptIndices]) => [...outlineTensor(whole, kept).data!], [
  {
    name: 'zeros of the size that is left',
    input: [constant([3, 2], [1, 2, 3, 4, 5, 6]), [[1, 2], undefined]],
    expected: [0, 0, 0, 0],
  },
  {
    name: 'three halves of a byte take two bytes',
    input: [tensor('w', 'int4', [4], { data: Uint8Array.from([0x21, 0x43]) }), [[0, 1, 2]]],
    expected: [0, 0],
  },
]);
