import type { TensorSummary } from '../../src/core/execute/tensorSummary';
import { summaryOf } from '../../src/core/execute/tensorSummary';
import type { Tensor } from '../../src/core/model/model';
import { quantized, tensor } from '../support/build';
import { check } from '../support/check';

interface Case {
  readonly tensor: Tensor;
  readonly bytes: ArrayBufferLike;
}

check(
  'summary of a tensor',
  ({ tensor: of, bytes }: Case) => summaryOf('t', of, { ...of, bytes: new Uint8Array(bytes) }),
  [
    {
      name: 'int8 in real numbers: scale 0.5, zero point -128',
      input: {
        tensor: tensor('t', 'int8', [1, 4], { quantization: quantized(0.5, -128) }),
        bytes: new Int8Array([-128, -126, 127, -128]).buffer,
      },
      expected: {
        name: 't',
        type: 'int8',
        shape: [1, 4],
        elements: 4,
        min: 0,
        max: 127.5,
        mean: 32.125,
        zeroShare: 0.5,
        saturatedShare: 0.75,
        notFinite: 0,
        first: [0, 1, 127.5, 0],
        largest: [
          { position: 2, value: 127.5 },
          { position: 1, value: 1 },
          { position: 0, value: 0 },
          { position: 3, value: 0 },
        ],
      } satisfies TensorSummary,
    },
    {
      name: 'float32 with what is not finite left out of minimum, maximum and mean',
      input: { tensor: tensor('t', 'float32', [3]), bytes: new Float32Array([2, NaN, -1]).buffer },
      expected: {
        name: 't',
        type: 'float32',
        shape: [3],
        elements: 3,
        min: -1,
        max: 2,
        mean: 0.5,
        zeroShare: 0,
        saturatedShare: undefined,
        notFinite: 1,
        first: [2, NaN, -1],
        largest: [
          { position: 0, value: 2 },
          { position: 2, value: -1 },
        ],
      } satisfies TensorSummary,
    },
    {
      name: 'the five largest, the earlier of equal ones first',
      input: { tensor: tensor('t', 'int32', [7]), bytes: new Int32Array([1, 5, 3, 5, 2, 4, 0]).buffer },
      expected: {
        name: 't',
        type: 'int32',
        shape: [7],
        elements: 7,
        min: 0,
        max: 5,
        mean: 20 / 7,
        zeroShare: 1 / 7,
        saturatedShare: undefined,
        notFinite: 0,
        first: [1, 5, 3, 5, 2, 4, 0],
        largest: [1, 3, 5, 2, 4].map((position) => ({ position, value: [1, 5, 3, 5, 2, 4, 0][position] })),
      } satisfies TensorSummary,
    },
    {
      name: 'a type that holds no numbers has none',
      input: { tensor: tensor('t', 'string', [1]), bytes: new Uint8Array(8).buffer },
      expected: undefined,
    },
  ],
);
