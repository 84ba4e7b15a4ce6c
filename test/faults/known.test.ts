import { faultsOf } from '../../src/core/faults/faults';
import type { KernelsInUse } from '../../src/core/faults/kernelsInUse';
import type { DataType } from '../../src/core/model/dataType';
import type { OptionValue, Tensor } from '../../src/core/model/model';
import { graph, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** An operator with its tensors: inputs first, the last one is the output; `null` is an input that is absent. */
interface Case {
  readonly kind: string;
  readonly tensors: readonly (Tensor | null)[];
  readonly values?: Readonly<Record<string, OptionValue>>;
  readonly hasOutput?: false;
}

function found({ of, use }: { readonly of: Case; readonly use: KernelsInUse }): readonly string[] {
  const present = of.tensors.filter((one) => one !== null);
  const inputs = (of.hasOutput === false ? of.tensors : of.tensors.slice(0, -1)).map((one) =>
    one === null ? -1 : present.indexOf(one),
  );
  const outputs = of.hasOutput === false ? [] : [present.length - 1];
  const only = operator(of.kind, inputs, outputs, { options: options('', of.values ?? {}) });
  const main = graph(present, [only], { inputs: [], outputs: [] });
  return faultsOf(only, main, use).map(({ id }) => id);
}

const of = (type: DataType, shape: readonly number[], scales: number | readonly number[] = 0.5): Tensor =>
  tensor('x', type, shape, type === 'float32' ? {} : { quantization: quantized(scales, 0) });

const reference = (day: string): KernelsInUse => ({ library: 'reference', day });
const cmsisNn = (day: string, isa: KernelsInUse['isa'] = 'dsp'): KernelsInUse => ({ library: 'cmsis_nn', day, isa });
const espNn = (version: string, day = '2026-08-20', isa: KernelsInUse['isa'] = 'esp32s3'): KernelsInUse => ({
  library: 'esp_nn',
  day,
  isa,
  espNn: version,
});

const dense = (scales: readonly number[], input = of('int8', [1, 4]), depth = 4): Case => ({
  kind: 'FULLY_CONNECTED',
  tensors: [input, of('int8', [2, depth], scales), of('int8', [1, 2])],
});
const convolution = (
  input: readonly number[],
  filter: readonly number[],
  output: readonly number[],
  values: Readonly<Record<string, OptionValue>> = {},
): Case => ({
  kind: 'CONV_2D',
  tensors: [of('int8', input), of('int8', filter), of('int32', [filter[0]]), of('int8', output)],
  values: { padding: 'SAME', strideW: 1, strideH: 1, ...values },
});
const withoutBias = (one: Case): Case => ({ ...one, tensors: [one.tensors[0], one.tensors[1], one.tensors.at(-1)!] });
const depthwise = (input: readonly number[], output: readonly number[], strides = 1): Case => ({
  kind: 'DEPTHWISE_CONV_2D',
  tensors: [of('int8', input), of('int8', [1, 3, 3, output[3]]), of('int32', [output[3]]), of('int8', output)],
  values: { padding: 'SAME', strideW: strides, strideH: strides },
});
const transposed = (values: Readonly<Record<string, number>>, filter: number, channels = 4): Case => ({
  kind: 'TRANSPOSE_CONV',
  tensors: [
    of('int32', [4]),
    of('int8', [2, filter, filter, channels]),
    of('int8', [1, 4, 4, channels]),
    of('int8', [1, 4 * values.strideH, 4 * values.strideW, 2]),
  ],
  values: { padding: 'SAME', ...values },
});
const product = (left: readonly number[], right: readonly number[], adjX: boolean): Case => ({
  kind: 'BATCH_MATMUL',
  tensors: [of('float32', left), of('float32', right), of('float32', left)],
  values: { adjX },
});
const pooling = (batch: number): Case => ({
  kind: 'MAX_POOL_2D',
  tensors: [of('int8', [batch, 4, 4, 1]), of('int8', [batch, 2, 2, 1])],
});
const maximum = (shape: readonly number[]): Case => ({
  kind: 'MAXIMUM',
  tensors: [of('int8', shape), of('int8', shape), of('int8', shape)],
});
const pad = (shape: readonly number[]): Case => ({
  kind: 'PAD',
  tensors: [of('int8', shape), of('int32', [1]), of('int8', shape)],
});
const int16WithoutBias = (quantizedBiasType: string): Case => ({
  kind: 'CONV_2D',
  tensors: [of('int16', [1, 4, 4, 1]), of('int8', [1, 1, 1, 1]), of('int16', [1, 4, 4, 1])],
  values: { quantizedBiasType },
});
/** A filter of 3x3 over so many channels, padded to as many outputs. */
const int16Convolution = (channels: number, height: number, width: number, bias: DataType): Case => ({
  kind: 'CONV_2D',
  tensors: [
    of('int16', [1, height, width, channels]),
    of('int8', [4, 3, 3, channels]),
    of(bias, [4]),
    of('int16', [1, height, width, 4]),
  ],
  values: { padding: 'SAME', strideW: 1, strideH: 1 },
});
/** Channel counts that no vector path gathers. */
const wide = (input: number, output: number, stride: number, size = 3): Case =>
  convolution([1, input, input, 16], [8, size, size, 16], [1, output, output, 8], { strideW: stride, strideH: stride });

type Side = readonly [of: Case, use: KernelsInUse];

/** Each fault with what just meets it, and what just does not: by shape and by version. */
const rows: readonly (readonly [id: string, inside: readonly Side[], outside: readonly Side[]])[] = [
  [
    'dense-per-channel-ignored',
    [[dense([0.5, 0.25]), reference('2024-05-28')]],
    [
      [dense([0.5]), reference('2024-05-28')],
      [dense([0.5, 0.25]), reference('2024-05-29')],
      [dense([0.5, 0.25], of('float32', [1, 4])), reference('2024-05-28')],
    ],
  ],
  [
    'dense-per-channel-refused',
    [
      [dense([0.5, 0.25]), cmsisNn('2024-05-29')],
      [dense([0.5, 0.25]), cmsisNn('2024-09-26')],
    ],
    [
      [dense([0.5, 0.25]), cmsisNn('2024-05-28')],
      [dense([0.5, 0.25]), cmsisNn('2024-09-27')],
      [dense([0.5]), cmsisNn('2024-05-29')],
    ],
  ],
  [
    'pooling-batch',
    [[pooling(2), cmsisNn('2026-05-31')]],
    [
      [pooling(1), cmsisNn('2026-05-31')],
      [pooling(2), cmsisNn('2026-06-01')],
      [pooling(2), reference('2026-05-31')],
    ],
  ],
  [
    'depthwise-bias-absent',
    [
      [
        {
          kind: 'DEPTHWISE_CONV_2D',
          tensors: [of('int8', [1, 4, 4, 1]), of('int8', [1, 3, 3, 1]), null, of('int8', [1, 4, 4, 1])],
        },
        reference('2026-08-20'),
      ],
    ],
    [
      [depthwise([1, 4, 4, 1], [1, 4, 4, 1]), reference('2026-08-20')],
      [withoutBias(depthwise([1, 4, 4, 1], [1, 4, 4, 1])), reference('2026-08-20')],
    ],
  ],
  [
    'depthwise-bias-left-out',
    [
      [withoutBias(depthwise([1, 4, 4, 1], [1, 4, 4, 1])), reference('2024-12-15')],
      [withoutBias(depthwise([1, 4, 4, 1], [1, 4, 4, 1])), espNn('1.1.0', '2022-02-03')],
    ],
    [
      [depthwise([1, 4, 4, 1], [1, 4, 4, 1]), reference('2024-12-15')],
      [withoutBias(depthwise([1, 4, 4, 1], [1, 4, 4, 1])), reference('2024-12-16')],
      [withoutBias(depthwise([1, 4, 4, 1], [1, 4, 4, 1])), reference('2022-02-02')],
    ],
  ],
  [
    'convolution-int16-sum-cmsis',
    [[int16WithoutBias('INT64'), cmsisNn('2026-08-20')]],
    [
      [int16WithoutBias('FLOAT32'), cmsisNn('2026-08-20')],
      [int16WithoutBias('INT64'), reference('2026-08-20')],
    ],
  ],
  [
    'convolution-int16-tail',
    // 3 x 3 x 57 = 513 products for each of 3 x 3 outputs.
    [
      [int16Convolution(57, 3, 3, 'int64'), cmsisNn('2026-08-20')],
      [int16Convolution(57, 1, 5, 'int64'), cmsisNn('2024-04-23', 'none')],
    ],
    [
      [int16Convolution(56, 3, 3, 'int64'), cmsisNn('2026-08-20')],
      [int16Convolution(57, 3, 4, 'int64'), cmsisNn('2026-08-20')],
      [int16Convolution(57, 3, 3, 'int32'), cmsisNn('2026-08-20')],
      [int16Convolution(57, 3, 3, 'int64'), cmsisNn('2026-08-20', 'mve')],
      [int16Convolution(57, 3, 3, 'int64'), cmsisNn('2024-04-22')],
      [int16Convolution(57, 3, 3, 'int64'), reference('2026-08-20')],
    ],
  ],
  [
    'maximum-rank-five',
    [[maximum([2, 1, 2, 1, 2]), cmsisNn('2026-05-27')]],
    [
      [maximum([2, 1, 2, 2]), cmsisNn('2026-05-27')],
      [maximum([4]), cmsisNn('2026-05-27')],
      [maximum([2, 1, 2, 1, 2]), cmsisNn('2026-05-26')],
      [maximum([2, 1, 2, 1, 2]), reference('2026-05-27')],
    ],
  ],
  [
    'pad-rank-five',
    [[pad([2, 1, 2, 3, 1]), cmsisNn('2026-08-20')]],
    [
      [pad([1, 2, 2, 3, 1]), cmsisNn('2026-08-20')],
      [pad([2, 2, 3, 1]), cmsisNn('2026-08-20')],
      [pad([2, 1, 2, 3, 1]), cmsisNn('2026-05-26')],
      [pad([2, 1, 2, 3, 1]), reference('2026-08-20')],
    ],
  ],
  [
    'convolution-bias-absent',
    [[withoutBias(wide(4, 4, 1)), cmsisNn('2023-08-23')]],
    [
      [wide(4, 4, 1), cmsisNn('2023-08-23')],
      [withoutBias(wide(4, 4, 1)), cmsisNn('2023-08-24')],
    ],
  ],
  [
    'convolution-int16-sum',
    [[int16WithoutBias('INT64'), reference('2026-05-05')]],
    [
      [int16WithoutBias('FLOAT32'), reference('2026-05-05')],
      [int16WithoutBias('INT64'), reference('2026-05-06')],
    ],
  ],
  [
    'batch-matmul-adjoint',
    [[product([2, 3, 4], [1, 3, 5], true), reference('2026-04-08')]],
    [
      [product([2, 3, 4], [1, 3, 5], false), reference('2026-04-08')],
      [product([1, 3, 4], [1, 3, 5], true), reference('2026-04-08')],
      [product([2, 3, 4], [2, 3, 5], true), reference('2026-04-08')],
      [product([2, 3, 4], [1, 3, 5], true), reference('2026-04-09')],
    ],
  ],
  [
    'batch-matmul-left-shape',
    [
      [
        { ...product([1], [1], false), tensors: [of('int8', [2, 3]), of('int8', [3, 2]), of('int8', [2, 2])] },
        cmsisNn('2024-11-05'),
      ],
    ],
    [
      [
        { ...product([1], [1], false), tensors: [of('int8', [3, 3]), of('int8', [3, 2]), of('int8', [3, 2])] },
        cmsisNn('2024-11-05'),
      ],
      [
        { ...product([1], [1], false), tensors: [of('int8', [2, 3]), of('int8', [3, 2]), of('int8', [2, 2])] },
        cmsisNn('2024-11-06'),
      ],
      [product([2, 3], [3, 2], false), cmsisNn('2024-11-05')],
    ],
  ],
  [
    'maximum-rank',
    [
      [maximum([4]), cmsisNn('2026-05-26')],
      [maximum([1, 2, 1, 1, 1]), cmsisNn('2025-02-05')],
    ],
    [
      [maximum([1]), cmsisNn('2026-05-26')],
      [maximum([1, 4]), cmsisNn('2026-05-26')],
      [maximum([4]), cmsisNn('2026-05-27')],
      [maximum([4]), cmsisNn('2025-02-04')],
    ],
  ],
  [
    'pad-rank',
    [[pad([2, 3, 4]), cmsisNn('2026-05-26')]],
    [
      [pad([1, 2, 3, 4]), cmsisNn('2026-05-26')],
      [pad([2, 3, 4]), cmsisNn('2026-05-27')],
      [pad([2, 3, 4]), cmsisNn('2025-03-19')],
    ],
  ],
  [
    'if-without-outputs',
    [[{ kind: 'IF', tensors: [of('bool', [1])], hasOutput: false }, reference('2024-03-20')]],
    [
      [{ kind: 'IF', tensors: [of('bool', [1]), of('float32', [1])] }, reference('2024-03-20')],
      [{ kind: 'IF', tensors: [of('bool', [1])], hasOutput: false }, reference('2024-03-21')],
    ],
  ],
  [
    'transposed-scratch',
    [
      [transposed({ strideW: 2, strideH: 1 }, 1), cmsisNn('2026-08-20')],
      [transposed({ strideW: 3, strideH: 2 }, 2, 32), cmsisNn('2024-11-12')],
    ],
    [
      [transposed({ strideW: 2, strideH: 2 }, 1), cmsisNn('2026-08-20')],
      [transposed({ strideW: 2, strideH: 1 }, 2), cmsisNn('2026-08-20')],
      [transposed({ strideW: 2, strideH: 1 }, 1, 17), cmsisNn('2026-08-20')],
      [transposed({ strideW: 2, strideH: 1 }, 1), cmsisNn('2024-11-11')],
      [transposed({ strideW: 2, strideH: 1 }, 1), reference('2026-08-20')],
    ],
  ],
  [
    'transposed-rows',
    // A filter of 4 at stride 2 on 8 rows: padding (4 - 1) * 2 + 4 - 8 = 2, 1 of it above.
    [[transposed({ strideW: 2, strideH: 2 }, 4), cmsisNn('2026-08-20')]],
    [
      // 3 x 2 + 6 - 8 = 4, 2 of it above.
      [transposed({ strideW: 2, strideH: 2 }, 6), cmsisNn('2026-08-20')],
      [transposed({ strideW: 2, strideH: 2 }, 4, 17), cmsisNn('2026-08-20')],
      [
        { ...transposed({ strideW: 2, strideH: 2 }, 4), values: { padding: 'VALID', strideW: 2, strideH: 2 } },
        cmsisNn('2026-08-20'),
      ],
    ],
  ],
  [
    'grouped-pointwise',
    [[convolution([1, 4, 4, 8], [8, 1, 1, 4], [1, 4, 4, 8]), cmsisNn('2026-05-20')]],
    [
      [convolution([1, 4, 4, 8], [8, 1, 1, 8], [1, 4, 4, 8]), cmsisNn('2026-05-20')],
      [convolution([1, 4, 4, 8], [8, 3, 3, 4], [1, 4, 4, 8]), cmsisNn('2026-05-20')],
      [convolution([1, 4, 4, 8], [8, 1, 1, 4], [1, 4, 4, 8]), cmsisNn('2026-05-21')],
    ],
  ],
  [
    'row-without-scratch',
    // Three outputs, padded by 3 on both ends: 3 and 3 of them.
    [[convolution([1, 1, 3, 4], [8, 1, 7, 4], [1, 1, 3, 8]), cmsisNn('2024-03-17', 'mve')]],
    [
      [convolution([1, 1, 6, 4], [8, 1, 7, 4], [1, 1, 6, 8]), cmsisNn('2024-03-17', 'mve')],
      [convolution([1, 1, 3, 3], [8, 1, 7, 3], [1, 1, 3, 8]), cmsisNn('2024-03-17', 'mve')],
      [convolution([1, 1, 3, 4], [8, 1, 7, 4], [1, 1, 3, 8]), cmsisNn('2024-03-17', 'dsp')],
      [convolution([1, 1, 3, 4], [8, 1, 7, 4], [1, 1, 3, 8]), cmsisNn('2024-03-18', 'mve')],
    ],
  ],
  [
    'esp-depthwise-scratch',
    // 49 x 20 at stride 2: 1 above and 0 on the left.
    [
      [depthwise([1, 49, 20, 32], [1, 25, 10, 32], 2), espNn('1.2.3')],
      [depthwise([1, 49, 20, 32], [1, 25, 10, 32], 2), espNn('1.0.0')],
    ],
    [
      [depthwise([1, 49, 21, 32], [1, 25, 11, 32], 2), espNn('1.2.3')],
      [depthwise([1, 48, 20, 32], [1, 24, 10, 32], 2), espNn('1.2.3')],
      [depthwise([1, 49, 20, 24], [1, 25, 10, 24], 2), espNn('1.2.3')],
      [depthwise([1, 49, 20, 32], [1, 25, 10, 32], 2), espNn('1.2.3', '2026-08-20', 'esp32p4')],
      [depthwise([1, 49, 20, 32], [1, 25, 10, 32], 2), { library: 'esp_nn', day: '2026-08-20', isa: 'esp32s3' }],
    ],
  ],
  [
    'esp-convolution-edges',
    // 8 at stride 2 with a filter of 5: 3 are padded, 1 before and 2 behind.
    [[wide(8, 4, 2, 5), espNn('1.2.3')]],
    [
      // 9 at stride 2 with 3: 1 before and 1 behind. 8 with 3: none before, 1 behind, which the other branch does.
      [wide(9, 5, 2), espNn('1.2.3')],
      [wide(8, 4, 2), espNn('1.2.3')],
      [wide(8, 4, 2, 5), espNn('1.2.0')],
    ],
  ],
  [
    'esp-plain-convolution',
    [[wide(9, 5, 2), espNn('1.2.3', '2025-11-10')]],
    [
      [wide(9, 5, 2), espNn('1.2.2', '2025-11-10')],
      [wide(9, 5, 2), espNn('1.2.3', '2026-05-06')],
      [wide(9, 5, 2), espNn('1.2.3', '2025-11-10', 'esp32p4')],
    ],
  ],
  [
    'esp-dense-rows',
    [[dense([0.5], of('int8', [2, 20]), 20), espNn('1.2.1')]],
    [
      [dense([0.5], of('int8', [1, 20]), 20), espNn('1.2.1')],
      [dense([0.5], of('int8', [2, 32]), 32), espNn('1.2.1')],
      [dense([0.5], of('int8', [2, 20]), 20), espNn('1.2.0')],
    ],
  ],
  [
    'esp-tall-padding',
    [[wide(9, 9, 1, 5), espNn('1.0.1')]],
    [
      [wide(9, 9, 1, 3), espNn('1.0.1')],
      [wide(9, 9, 1, 5), espNn('1.0.2')],
    ],
  ],
  [
    'esp-short-dense',
    [[dense([0.5], of('int8', [1, 7]), 7), espNn('1.0.0-rc1')]],
    [
      [dense([0.5], of('int8', [1, 8]), 8), espNn('1.0.0-rc1')],
      [dense([0.5], of('int8', [1, 7]), 7), espNn('1.0.0')],
    ],
  ],
];

check(
  'what just meets a fault',
  ([id, side]: readonly [string, Side]) => found({ of: side[0], use: side[1] }).includes(id),
  rows.flatMap(([id, inside]) =>
    inside.map((side, index) => ({ name: `${id} ${index + 1}`, input: [id, side] as const, expected: true })),
  ),
);

check(
  'what just does not',
  ([id, side]: readonly [string, Side]) => found({ of: side[0], use: side[1] }).includes(id),
  rows.flatMap(([id, , outside]) =>
    outside.map((side, index) => ({ name: `${id} ${index + 1}`, input: [id, side] as const, expected: false })),
  ),
);
