import { fitting } from '../../../src/core/compress/kinds/fit';
import { climbLadder } from '../../../src/core/compress/ladder/climbLadder';
import { ladderOffers } from '../../../src/core/compress/ladder/ladderOffers';
import { wholeProof } from '../../../src/core/compress/ladder/wholeProof';
import { rungs, type Rung } from '../../../src/core/compress/ladder/rungs';
import type { Proof } from '../../../src/core/compress/proof';
import type { Goal } from '../../../src/core/compress/goals/goal';
import { worseResultText } from '../../../src/core/compress/worseCosts';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Limits } from '../../../src/core/estimate/budget';
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
const planned: Rung = { title: 'planned', requests: () => [{ kind: fitting, options: { only: ['plan'] } }] };

interface Climb {
  readonly goal: Goal;
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
        'RAM of 1000 B is not reached: the nearest point takes 8.31 KB, 7.34 KB too much. There RELU "z" holds 8.00 KB alive, in channels that must stay ' +
        'or of which one is left; 320 B are structures of the interpreter. Most of it is the input "x" (4.00 KB) and "z" (4.00 KB). With the input "x" as large as that nothing fits, wherever tensors lie. A smaller input or an earlier stride would help.',
    },
  },
  {
    name: 'none, and the last comes less near than one before',
    input: { goal: { ramBytes: 1000 }, more: [planned] },
    expected: {
      steps: ['as it is: 12752 bytes', 'the same weights and outputs: 8512 bytes', 'planned: 8656 bytes'],
      kinds: undefined,
      unreachable:
        'RAM of 1000 B is not reached: the nearest point takes 8.31 KB, 7.34 KB too much. There RELU "z" holds 8.00 KB alive, in channels that must stay ' +
        'or of which one is left; 320 B are structures of the interpreter. Most of it is the input "x" (4.00 KB) and "z" (4.00 KB). With the input "x" as large as that nothing fits, wherever tensors lie. A smaller input or an earlier stride would help.',
    },
  },
  {
    name: 'none of a model that TFLM refuses, whatever it takes',
    input: { goal: { flashBytes: 1e9 }, from: refused },
    expected: {
      steps: [
        `as it is: ${mysteryText}`,
        'the same weights and outputs: The model takes as little memory as it can with the same weights and outputs; nothing was written. ' +
          'Everything in the model makes a difference. No operator can do what its neighbour does for it. No order of the operators needs less than the one that they have. ' +
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
  (proofs: readonly Proof[]) => worseResultText(wholeProof(proofs)),
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

const stopped = new Error('It was stopped.');

check(
  'ladder: stopped',
  async (after: number) => {
    const stop = new AbortController();
    const subject = { model: source, path: 'm.tflite', target: arenaTarget(), limits: {} };
    const ports = {
      readSamples: () => Promise.resolve(undefined),
      loadTools: () => Promise.resolve({ dispose: () => undefined }),
      signal: stop.signal,
    };
    const stopping: Rung = {
      title: 'stopping',
      requests: () => {
        stop.abort(stopped);
        return [{ kind: fitting, options: {} }];
      },
    };
    const job = { subject, bytes: writeTflite(source), resultPath: 'm.fit.tflite' };
    const { steps, best } = await climbLadder(job, ports, { ramBytes: 1000 }, [...rungs.slice(0, after), stopping]);
    return [steps.map(({ title }) => title), best];
  },
  [
    { name: 'it ends with the steps that were done', input: 1, expected: [['as it is', rungs[0].title], 1] },
    { name: 'without any it was for nothing', input: 0, fails: stopped.message },
  ],
);

const rungProof = (more: Partial<Proof>): Proof => ({ ...proof(2, 2), ...more });

check('ladder: one proof of compressions that follow each other', wholeProof, [
  {
    name: 'errors of the first, costs of the last, every sentence',
    input: [
      rungProof({
        kind: 'quantize',
        fidelity: { sqnrDb: 1, meanSquareError: 2 },
        layers: [{ name: 'a', operator: 'ADD', accumulatedSqnrDb: 3, suggestions: [] }],
        decisions: ['One.'],
        warnings: ['Same.'],
      }),
      rungProof({
        result: { path: 'c', bytes: 3, macs: 1 },
        decisions: ['Two.'],
        warnings: ['Same.'],
        fidelity: { sqnrDb: Infinity, meanSquareError: 0 },
      }),
    ],
    expected: {
      ...rungProof({ kind: 'quantize', result: { path: 'c', bytes: 3, macs: 1 } }),
      ...{ beforeRefusal: undefined, afterRefusal: undefined },
      fidelity: { sqnrDb: 1, meanSquareError: 2 },
      layers: [{ name: 'a', operator: 'ADD', accumulatedSqnrDb: 3, suggestions: undefined }],
      decisions: ['One.', 'Two.'],
      warnings: ['Same.'],
    },
  },
]);

check(
  'ladder: its offer says what a budget asks for',
  (limits: Limits) =>
    ladderOffers({ model: source, path: 'm.tflite', target: arenaTarget(), limits }).map(({ offer, options }) => [
      offer.title,
      offer.possible && offer.after.arenaBytes,
      options,
    ]),
  [
    { name: 'none where the model fits', input: { ramBytes: 20_000 }, expected: [] },
    {
      name: 'the limit that is broken, and no other',
      input: { ramBytes: 10_240, flashBytes: 1e6 },
      expected: [
        [
          'Make it fit: RAM 12.5 KB -> at most 10.0 KB, by the steps that lose least…',
          10_240,
          { goal: { ramBytes: 10_240 } },
        ],
      ],
    },
  ],
);
