import type { OptionValue } from '../../../src/core/model/model';
import { kernelCallOf } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Case {
  readonly kind: string;
  readonly shapes: readonly (readonly number[])[];
  readonly type?: 'int8' | 'float32';
  readonly axis?: number;
  readonly adjoint?: Readonly<Record<string, OptionValue>>;
  readonly library?: 'reference' | 'cmsis_nn';
}

/** Variant and counts; the last shape is the output's. */
function countsOf({ kind, shapes, type = 'int8', axis, adjoint, library = 'reference' }: Case): unknown {
  const axes =
    axis === undefined ? [] : [tensor('axis', 'int32', [1], { data: new Uint8Array(Int32Array.of(axis).buffer) })];
  const inputs = [...shapes.slice(0, -1).map((shape, i) => tensor(`x${i}`, type, shape)), ...axes];
  const tensors = [...inputs, tensor('y', type, shapes[shapes.length - 1])];
  const made = graph(tensors, [
    operator(
      kind,
      inputs.map((_, i) => i),
      [inputs.length],
      adjoint === undefined ? {} : { options: options('BatchMatMulOptions', adjoint) },
    ),
  ]);
  const context = { operator: made.operators[0], graph: made, model: model(made), library, path: 'dsp' } as const;
  const call = kernelCallOf(context);
  return call && [call.variant, call.counts];
}

check('Loop counts', countsOf, [
  {
    name: 'the largest of 10, for each of 3 x 4: 9 comparisons each',
    input: {
      kind: 'ARG_MAX',
      axis: 1,
      shapes: [
        [3, 10, 4],
        [3, 4],
      ],
    },
    expected: ['arg max int8', { call: 1, axis: 3, output: 12, compared: 108 }],
  },
  {
    name: 'the last axis by -1',
    input: { kind: 'ARG_MIN', axis: -1, type: 'float32', shapes: [[2, 5], [2]] },
    expected: ['arg min float32', { call: 1, axis: 2, output: 2, compared: 8 }],
  },
  { name: 'an axis that is computed', input: { kind: 'ARG_MAX', shapes: [[2, 5], [2]] }, expected: undefined },
  {
    name: '2 products of 3 x 4 and 4 x 5, the right side transposed: 40 elements in 2 x 5 rows',
    input: {
      kind: 'BATCH_MATMUL',
      adjoint: { adjX: false, adjY: false },
      shapes: [
        [2, 3, 4],
        [2, 4, 5],
        [2, 3, 5],
      ],
    },
    expected: [
      'batch matmul reference s8',
      {
        call: 1,
        matrix: 2,
        column: 10,
        output: 30,
        mac: 120,
        transpose: 1,
        transposedRow: 10,
        transposedElement: 40,
      },
    ],
  },
  {
    name: 'nothing transposed',
    input: {
      kind: 'BATCH_MATMUL',
      type: 'float32',
      library: 'cmsis_nn',
      adjoint: { adjX: false, adjY: true },
      shapes: [
        [3, 4],
        [5, 4],
        [3, 5],
      ],
    },
    expected: [
      'batch matmul reference f32',
      {
        call: 1,
        matrix: 1,
        column: 5,
        output: 15,
        mac: 60,
        transpose: 0,
        transposedRow: 0,
        transposedElement: 0,
      },
    ],
  },
]);
