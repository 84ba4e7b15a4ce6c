import { climbLadder, wholeWay } from '../../../src/core/compress/ladder/climbLadder';
import { rungs, type Rung } from '../../../src/core/compress/ladder/rungs';
import type { Proof } from '../../../src/core/compress/proof';
import type { PruneGoal } from '../../../src/core/compress/prune/request';
import { worseResultText } from '../../../src/core/compress/worseCosts';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model } from '../../../src/core/model/model';
import { check } from '../../support/check';
import { graph, model, operator, tensor } from '../../support/build';
import { reportOf } from '../../measure/reports';
import { arenaTarget } from '../../runtimes/tflm/targets';

/** Nothing reads tensor 1: without its operator two tensors of 4096 bytes are alive at once instead of three. */
const source = model(
  graph(
    ['x', 'unread', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 1024])),
    [operator('RELU', [0], [1]), operator('RELU', [0], [2]), operator('RELU', [2], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

/** TFLM has no kernel of that name. */
const refused = model(
  graph(
    ['x', 'y'].map((name) => tensor(name, 'float32', [1, 1024])),
    [operator('CUSTOM', [0], [1], { customCode: 'Mystery' })],
    { inputs: [0], outputs: [1] },
  ),
);

/** A plan without removing the operator: after the first rung it brings less. */
const planned: Rung = { title: 'planned', requests: () => [{ kind: 'fit', options: { only: ['plan'] } }] };

interface Climb {
  readonly goal: PruneGoal;
  readonly from?: Model;
  readonly more?: readonly Rung[];
}

async function climbed({ goal, from = source, more = [] }: Climb): Promise<unknown> {
  const subject = { model: from, path: 'm.tflite', target: arenaTarget(), limits: {} };
  const ports = {
    readSamples: () => Promise.resolve(undefined),
    loadTools: () => Promise.resolve({ dispose: () => undefined }),
  };
  const job = { subject, bytes: writeTflite(from), resultPath: 'm.fit.tflite' };
  const { steps, chosen, unreachable } = await climbLadder(job, ports, goal, [rungs[0], ...more]);
  return {
    steps: steps.map(
      ({ title, totals, fits, reason }) =>
        `${title}: ${reason ?? `${totals?.arenaBytes} bytes`}${fits ? ', fits' : ''}`,
    ),
    kinds: chosen?.proofs.map(({ kind }) => kind),
    unreachable,
  };
}

const mysteryText =
  'TensorFlow Lite Micro refuses it. Mystery is a custom operator that TFLite Micro does not bring along. ' +
  'Register your own kernel for it with AddCustom, or replace it in the model.';

// 12,288 bytes of tensors and 464 of the interpreter; 8,192 and 320 without the operator and its tensor.
check('ladder: the first rung that meets the limits', climbed, [
  {
    name: 'the model as it is',
    input: { goal: { ramBytes: 20_000 } },
    expected: { steps: ['as it is: 12752 bytes, fits'], kinds: undefined, unreachable: undefined },
  },
  {
    name: 'the same weights and outputs',
    input: { goal: { ramBytes: 10_000 } },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes, fits'],
      kinds: ['fit'],
      unreachable: undefined,
    },
  },
  {
    name: 'none',
    input: { goal: { ramBytes: 1000 } },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes'],
      kinds: undefined,
      unreachable:
        'RAM of 1000 B is not reached: the nearest point takes 8.31 KB. There RELU "z" holds 8.00 KB alive, in channels that must stay ' +
        'or of which one is left; 320 B are structures of the interpreter. A smaller input or an earlier stride would help.',
    },
  },
  {
    name: 'none, and the last comes less near than one before',
    input: { goal: { ramBytes: 1000 }, more: [planned] },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes', 'planned: 8656 bytes'],
      kinds: undefined,
      unreachable:
        'RAM of 1000 B is not reached: the nearest point takes 8.31 KB. There RELU "z" holds 8.00 KB alive, in channels that must stay ' +
        'or of which one is left; 320 B are structures of the interpreter. A smaller input or an earlier stride would help.',
    },
  },
  {
    name: 'none of a model that TFLM refuses, whatever it takes',
    input: { goal: { flashBytes: 1e9 }, from: refused },
    expected: {
      steps: [
        `as it is: ${mysteryText}`,
        'the same weights and outputs: The model takes as little memory as it can with the same weights and outputs; nothing was written. ' +
          'Everything in the model makes a difference. No order of the operators needs less than the one that they have. ' +
          'What Mystery (operator 0 of graph 0) takes of the arena is not known: its kernel is not known. ' +
          'The figures are a lower bound; measure arena_used_bytes() on the device.',
      ],
      kinds: undefined,
      unreachable: mysteryText,
    },
  },
]);

/** A proof of a result that takes so many cycles of the ones before. */
function proof(before: number, now: number, afterRefusal?: string): Proof {
  return {
    ...{ kind: 'fit', source: { path: 'a', bytes: 1, macs: 1 }, result: { path: 'b', bytes: 1, macs: 1 } },
    ...{ before: reportOf([before]), after: reportOf([now]), afterRefusal, decisions: [], warnings: [] },
    data: { source: 'none', isSynthetic: true, calibrationSamples: 0, testSamples: 0 },
  };
}

// 64,000 cycles are 640 ms.
check(
  'ladder: what to ask before its result is written',
  (proofs: readonly Proof[]) => worseResultText(wholeWay(proofs)),
  [
    {
      name: 'nothing where the last gains more than the first costs',
      input: [proof(64_000, 128_000), proof(128_000, 32_000)],
      expected: undefined,
    },
    {
      name: 'whether it may cost more than the source',
      input: [proof(64_000, 256_000), proof(256_000, 128_000)],
      expected: 'The result costs more than the source: time 640 ms -> 1.28 s.',
    },
    {
      name: 'whether a result that TFLM refuses is meant',
      input: [proof(64_000, 32_000), proof(32_000, 16_000, 'Mystery is a custom operator.')],
      expected: 'TensorFlow Lite Micro will not run the result: Mystery is a custom operator.',
    },
  ],
);
