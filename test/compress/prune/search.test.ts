import { reportOf } from '../../../src/core/compress/costs';
import { Candidates } from '../../../src/core/compress/prune/candidates';
import { checkGoalIsOpen } from '../../../src/core/compress/prune/checks';
import { pruneOffers } from '../../../src/core/compress/prune/offers';
import { defaultPruneOptions } from '../../../src/core/compress/prune/request';
import type { PruneOptions } from '../../../src/core/compress/prune/request';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import type { Limits } from '../../../src/core/estimate/budget';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

/** In which step a candidate is asked for, and what it then saves, or that it is taken away. */
type Answer = readonly [step: number, score: number | 'gone'];

/** Which of three groups is asked each time. */
function asked(answers: readonly Answer[]): readonly (number | undefined)[] {
  const candidates = new Candidates(3);
  return answers.map(([step, score]) => {
    const next = candidates.next(step);
    if (next === undefined) return undefined;
    if (score === 'gone') candidates.remove(next);
    else candidates.answer(next, score, step);
    return next.group;
  });
}

check('which group of channels is asked next', asked, [
  {
    name: 'each once, then the one that saved most',
    input: [
      [0, 5],
      [0, 9],
      [0, -1],
      [0, 9],
      [1, 3],
      [1, 5],
    ],
    expected: [0, 1, 2, 1, 1, 0],
  },
  {
    name: 'of equal ones the one that was first before, again and again',
    input: [
      [0, 4],
      [0, 4],
      [0, 4],
      [1, 4],
      [1, 3],
      [1, 4],
    ],
    expected: [0, 1, 2, 2, 2, 1],
  },
  {
    // In step 1 the list is 0, 1, 2; what is asked moves behind or before the others, and is not asked again.
    name: 'where none saves anything, each once a step',
    input: [
      [0, -1],
      [0, -2],
      [0, -3],
      [1, -5],
      [1, -1],
      [1, -4],
      [1, 0],
    ],
    expected: [0, 1, 2, 0, 1, 2, undefined],
  },
  {
    name: 'and in the next step anew, the least bad first',
    input: [
      [0, -1],
      [0, -2],
      [0, -3],
      [1, -5],
      [2, -9],
      [2, -9],
      [2, -9],
      [2, -9],
    ],
    expected: [0, 1, 2, 0, 1, 2, 0, undefined],
  },
  {
    name: 'none that was taken away',
    input: [
      [0, 'gone'],
      [0, 1],
      [0, 'gone'],
      [0, 'gone'],
      [0, 1],
    ],
    expected: [0, 1, 2, 1, undefined],
  },
  {
    name: 'none that was taken away where none saves anything',
    input: [
      [0, -1],
      [0, -2],
      [0, -3],
      [1, -1],
      [1, 'gone'],
      [1, -3],
      [1, 0],
    ],
    expected: [0, 1, 2, 0, 1, 2, undefined],
  },
]);

const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
const place = { path: 'a.tflite', target, limits: {} };
const plain = { fusedActivationFunction: 'NONE' };

/** 4 values, 8 in the middle, 2 out: 32 + 16 MACs. */
const dense = fileOf(
  model(
    graph(
      [
        tensor('x', 'float32', [1, 4]),
        floats('w', [8, 4], [...Array(32).keys()]),
        tensor('m', 'float32', [1, 8]),
        floats('v', [2, 8], [...Array(16).keys()]),
        tensor('y', 'float32', [1, 2]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', plain) }),
        operator('FULLY_CONNECTED', [2, 3, -1], [4], { options: options('FullyConnectedOptions', plain) }),
      ],
      { inputs: [0], outputs: [4] },
    ),
  ),
).model;
const report = reportOf(dense, place);

const fits =
  'The model fits already: it meets every limit that was given. Nothing was written; use the model as it is, or give a tighter limit.';

check(
  'goals that are met already',
  (chosen: Partial<PruneOptions>) => checkGoalIsOpen({ ...defaultPruneOptions, ...chosen }, report),
  [
    { name: 'much more RAM than it takes', input: { goal: { ramBytes: 1_000_000 } }, fails: fits },
    { name: 'much more RAM and flash', input: { goal: { ramBytes: 1_000_000, flashBytes: 1_000_000 } }, fails: fits },
    { name: 'less RAM than it takes', input: { goal: { ramBytes: 16 } }, expected: undefined },
    {
      name: 'one of two limits is not met',
      input: { goal: { ramBytes: 1_000_000, flashBytes: 16 } },
      expected: undefined,
    },
    {
      name: 'a share that goes whatever is met',
      input: { goal: { ramBytes: 1_000_000 }, ratio: 0.5 },
      expected: undefined,
    },
    {
      name: 'layers that are named',
      input: { goal: { ramBytes: 1_000_000 }, layers: [{ name: 'm', ratio: 0.5 }] },
      expected: undefined,
    },
    {
      name: 'what is quantized as well',
      input: { goal: { ramBytes: 1_000_000 }, quantize: true },
      expected: undefined,
    },
    {
      name: 'as far as the answers allow',
      input: { goal: { ramBytes: 1_000_000, accuracyDrop: 1 } },
      expected: undefined,
    },
    { name: 'no limit at all', input: { goal: {} }, expected: undefined },
  ],
);

/** Ids of offers that are about a limit. */
function goalsOffered(limits: Limits): readonly string[] {
  const ids = pruneOffers({ ...place, model: dense, limits }).map(({ offer }) => offer.id);
  return ids.filter((id) => /Bytes|Ms$/.test(id));
}

const [arenaBytes, flashBytes] = [report.arena?.minimumBytes ?? 0, report.flash?.totalBytes ?? 0];

check('offers for limits that are exceeded', goalsOffered, [
  { name: 'none without a limit of its own', input: {}, expected: [] },
  { name: 'RAM', input: { ramBytes: arenaBytes - 16 }, expected: ['prune:ramBytes'] },
  { name: 'flash', input: { flashBytes: flashBytes - 1 }, expected: ['prune:flashBytes'] },
  { name: 'flash that it takes exactly', input: { flashBytes }, expected: [] },
  { name: 'time', input: { latencyMs: 0.001 }, expected: ['prune:latencyMs'] },
  {
    name: 'all three',
    input: { ramBytes: 16, flashBytes: 16, latencyMs: 0.001 },
    expected: ['prune:ramBytes', 'prune:flashBytes', 'prune:latencyMs'],
  },
]);
