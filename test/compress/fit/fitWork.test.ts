import { fitWork } from '../../../src/core/compress/fit/fitWork';
import type { FitOptions } from '../../../src/core/compress/fit/request';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model } from '../../../src/core/model/model';
import { check } from '../../support/check';
import { graph, model, operator, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

/** Two operators, one after the other. */
const chain = model(
  graph(
    ['x', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 256])),
    [operator('RELU', [0], [1]), operator('ABS', [1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

/** The file has room for half of what SPACE_TO_BATCH_ND makes. */
const halved = model(
  graph(
    [
      tensor('x', 'float32', [1, 4, 1, 1]),
      tensor('block', 'int32', [2], { data: new Uint8Array(new Int32Array([2, 1]).buffer) }),
      tensor('paddings', 'int32', [2, 2], { data: new Uint8Array(new Int32Array([0, 0, 0, 0]).buffer) }),
      tensor('y', 'float32', [1, 2, 1, 1]),
    ],
    [operator('SPACE_TO_BATCH_ND', [0, 1, 2], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

check('fit: models that are refused', (from: Model) => fitWork.check(from), [
  { name: 'a model that is not', input: chain, expected: undefined },
  {
    name: 'answers that hang on what lies beside a tensor',
    input: halved,
    fails:
      'SPACE_TO_BATCH_ND makes [2,2,1,1] of its inputs, but the file declares [1,2,1,1], which TensorFlow Lite Micro believes: ' +
      'the board computes a part only and answers wrongly, without a word. Convert the model again with a fixed batch of 1. ' +
      'What lies beside such a tensor in memory decides the answers, so that tensors are not moved. Mend the shapes first.',
  },
  {
    name: 'weights that are compressed',
    input: { ...chain, metadata: [{ name: 'COMPRESSION_METADATA', data: new Uint8Array(4) }] },
    fails:
      'The weights of this model are compressed for TFLM. Take the model that it was made from, then compress again.',
  },
]);

async function kept(options: FitOptions): Promise<readonly string[]> {
  const bytes = writeTflite(chain);
  const place = { path: 'm.tflite', target: arenaTarget(), limits: {} };
  const result = await fitWork.run({ ...place, bytes, resultPath: 'm.fit.tflite', options }, {});
  return result.proof.decisions;
}

check('fit: what a run says', kept, [
  {
    name: 'a step that is not in the list',
    input: { only: ['plan', 'shrink'] },
    fails: 'There is no step "shrink". There are clean, fuse, order, plan.',
  },
  {
    name: 'nothing to gain by the step that is allowed',
    input: { only: ['order'] },
    fails:
      'The model takes as little memory as it can with the same weights and outputs; nothing was written. ' +
      'No order of the operators needs less than the one that they have.',
  },
]);
