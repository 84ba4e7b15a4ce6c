import type { Report } from '../../src/core/estimate/report';
import { isNews, measuredProfile } from '../../src/core/measure/measuredProfile';
import { check } from '../support/check';
import { reportOf } from './reports';

interface Case {
  readonly board?: string;
  readonly model?: string;
  readonly tags: readonly string[];
}

/** What is kept of a profile of 100 cycles for each tag, and the error of the whole; or why nothing is. */
function outcome({ board, model, tags }: Case): unknown {
  const report = reportOf([100, 200]);
  const measured = measuredProfile(
    {
      dialect: 'milliwatt',
      usable: true,
      operators: tags.map((tag) => ({ tag, cycles: 100 })),
      facts: { modelHash: model },
    },
    {
      report: { ...report, target: { ...report.target, board } },
      model: 'ab',
      arenaUsedBytes: 1000,
      recordedAt: '2026-01-02T03:04:05Z',
    },
  );
  if (!measured.known) return measured.reason;
  return { ...measured.measurement, error: measured.report.measured?.difference };
}

check('a profile against the model in the firmware', outcome, [
  {
    name: 'two inferences, kept as one',
    input: { board: 'nano', tags: ['OP0', 'OP1', 'OP0', 'OP1'] },
    expected: {
      model: 'ab',
      board: 'nano',
      runtime: 'tflm-cmsis-nn',
      clockHz: 100_000,
      arenaUsedBytes: 1000,
      recordedAt: '2026-01-02T03:04:05Z',
      source: 'monitor, milliwatt',
      layers: [
        { operator: 'OP0', cycles: 100, ms: 1 },
        { operator: 'OP1', cycles: 100, ms: 1 },
      ],
      inferences: 2,
      error: 0.5,
    },
  },
  {
    name: 'no board',
    input: { tags: ['OP0', 'OP1'] },
    expected: 'A profile was heard, and no board is chosen that it could be measured on: choose one.',
  },
  {
    name: 'another model',
    input: { board: 'nano', model: 'cd', tags: ['OP0', 'OP1'] },
    expected:
      'The firmware was built with another model than this file: the hash that it prints differs. Build it with this model, or open the other.',
  },
]);

interface Shown {
  readonly shownCycles?: number;
  readonly shownArenaBytes?: number;
  readonly cycles: number;
  readonly arenaUsedBytes?: number;
  /** True where the figures of layers are shown. */
  readonly shownLayers?: boolean;
}

function layersOf(areMeasured = false): Report['layers'] {
  const { layers } = reportOf([100]);
  return areMeasured ? layers.map((layer) => ({ ...layer, measured: { cycles: 1, basis: 'measured' } })) : layers;
}

/** Whether a measurement of so many cycles says more than what is shown. */
function newsOf({ shownCycles, shownArenaBytes, cycles, arenaUsedBytes, shownLayers }: Shown): boolean {
  const about = { model: 'ab', board: 'nano', recordedAt: '', source: '' };
  const facts = { basis: 'measured', inferences: 1, recordedAt: '', source: '' } as const;
  const shown = { ...facts, cycles: shownCycles, arenaUsedBytes: shownArenaBytes };
  const measured = shownCycles === undefined ? undefined : shown;
  return isNews(
    { ...about, layers: [], totalCycles: cycles, arenaUsedBytes },
    { measured, layers: layersOf(shownLayers) },
  );
}

check('what a measurement adds to what is shown', newsOf, [
  { name: 'the first one', input: { cycles: 1000 }, expected: true },
  { name: 'the same within a fiftieth', input: { shownCycles: 1000, cycles: 1020 }, expected: false },
  {
    name: 'a time of the whole where layers are shown',
    input: { shownCycles: 1000, cycles: 5000, shownLayers: true },
    expected: false,
  },
  { name: 'another figure', input: { shownCycles: 1000, cycles: 1021 }, expected: true },
  { name: 'the arena', input: { shownCycles: 1000, cycles: 1000, arenaUsedBytes: 64 }, expected: true },
  {
    name: 'no new arena',
    input: { shownCycles: 1000, shownArenaBytes: 64, cycles: 1000, arenaUsedBytes: 64 },
    expected: false,
  },
]);
