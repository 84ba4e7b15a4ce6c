import { climbLadder } from '../../../src/core/compress/ladder/climbLadder';
import { rungs } from '../../../src/core/compress/ladder/rungs';
import type { PruneGoal } from '../../../src/core/compress/prune/request';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { check } from '../../support/check';
import { graph, model, operator, tensor } from '../../support/build';
import { arenaTarget } from '../../runtimes/tflm/targets';

/** Nothing reads tensor 1: without its operator two tensors of 4096 bytes are alive at once instead of three. */
const source = model(
  graph(
    ['x', 'unread', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 1024])),
    [operator('RELU', [0], [1]), operator('RELU', [0], [2]), operator('RELU', [2], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

async function climbed(goal: PruneGoal): Promise<unknown> {
  const subject = { model: source, path: 'm.tflite', target: arenaTarget(), limits: {} };
  const ports = {
    readSamples: () => Promise.resolve(undefined),
    loadTools: () => Promise.resolve({ dispose: () => undefined }),
  };
  const job = { subject, bytes: writeTflite(source), resultPath: 'm.fit.tflite' };
  const { steps, chosen, unreachable } = await climbLadder(job, ports, goal, [rungs[0]]);
  return {
    steps: steps.map(({ title, totals, fits }) => `${title}: ${totals?.arenaBytes} bytes${fits ? ', fits' : ''}`),
    kinds: chosen?.proofs.map(({ kind }) => kind),
    unreachable,
  };
}

// 12,288 bytes of tensors and 464 of the interpreter; 8,192 and 320 without the operator and its tensor.
check('ladder: the first rung that meets the limits', climbed, [
  {
    name: 'the model as it is',
    input: { ramBytes: 20_000 },
    expected: { steps: ['as it is: 12752 bytes, fits'], kinds: undefined, unreachable: undefined },
  },
  {
    name: 'the same weights and outputs',
    input: { ramBytes: 10_000 },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes, fits'],
      kinds: ['fit'],
      unreachable: undefined,
    },
  },
  {
    name: 'none',
    input: { ramBytes: 1000 },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes'],
      kinds: undefined,
      unreachable:
        'RAM of 1000 B is not reached: the nearest point takes 8.31 KB. There RELU "z" holds 8.00 KB alive, in channels that must stay ' +
        'or of which one is left; 320 B are structures of the interpreter. A smaller input or an earlier stride would help.',
    },
  },
]);
