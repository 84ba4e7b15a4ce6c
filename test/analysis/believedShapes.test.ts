import { analyse } from '../../src/core/analysis/analyse';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';

/** SPACE_TO_BATCH_ND of one row of 4 in blocks of 2, with the batch that the file declares. */
function basesOf(batch: number): readonly (string | undefined)[] {
  const constant = (name: string, shape: readonly number[], values: readonly number[]): ReturnType<typeof tensor> =>
    tensor(name, 'int32', shape, { data: new Uint8Array(Int32Array.from(values).buffer) });
  const only = graph(
    [
      tensor('x', 'float32', [1, 4, 1]),
      constant('block', [1], [2]),
      constant('padding', [1, 2], [0, 0]),
      tensor('y', 'float32', [batch, 2, 1]),
    ],
    [operator('SPACE_TO_BATCH_ND', [0, 1, 2], [3])],
    { inputs: [0], outputs: [3] },
  );
  const { report } = analyse({ bytes: writeTflite(model(only)), path: 'blocks.tflite', target: {} });
  return [report.arena?.basis, report.arena?.detail?.note, report.model.macsBasis];
}

check('costs of declared shapes', basesOf, [
  { name: 'that operators make', input: 2, expected: ['exact', undefined, undefined] },
  {
    name: 'that an operator contradicts',
    input: 1,
    expected: [
      'modelled',
      'This is what the shapes take that the file declares. Operator 0 (SPACE_TO_BATCH_ND) makes another one of its inputs.',
      'modelled',
    ],
  },
]);
