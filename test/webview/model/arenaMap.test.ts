import type { ArenaDetail, PlannedBuffer } from '../../../src/core/estimate/report';
import { arenaMap } from '../../../webview/model/arenaMap';
import type { PageState } from '../../../webview/model/store';
import { initialState } from '../../../webview/model/store';
import { all, cells, drawn, fire, named, one, textOf, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { editorOf, layerOf, recorded, reportOf } from './pages';

function buffer(
  name: string,
  [bytes, offset]: readonly [number, number],
  steps: readonly [number, number],
): PlannedBuffer {
  return { kind: 'tensor', graph: 0, index: 0, name, bytes, offset, firstStep: steps[0], lastStep: steps[1] };
}

const arena = {
  minimumBytes: 1500,
  usedBytes: 1500,
  plannedBytes: 1000,
  persistentBytes: 400,
  scratchBytes: 0,
  basis: 'exact',
} as const;

const nothingPersistent = { persistent: [], minimumDecidedBy: 'run' } as const;

interface Mapped {
  readonly buffers?: readonly PlannedBuffer[];
  readonly detail?: Partial<ArenaDetail>;
  readonly selected?: number;
  readonly plannedBytes?: number;
}

/** The map of a model of four layers, of which the last has no step of its own. */
function mapOf({ buffers = [], detail, selected, plannedBytes = 1000 }: Mapped, { actions } = recorded()): Drawn {
  const layers = [0, 1, 2].map((step) => layerOf(step, `layer${step}`, { step }));
  const report = reportOf({ arena: { ...arena, plannedBytes }, layers: [...layers, layerOf(3, 'called')] });
  const arenaDetail: ArenaDetail = { ...nothingPersistent, buffers, ...detail };
  const page: PageState = { ...initialState, selected };
  return drawn(arenaMap(editorOf(report, { arenaDetail }), page, actions));
}

const rectangle = ({ attributes: { x, y, width, height } }: Drawn): readonly number[] =>
  [x, y, width, height].map(Number);

check(
  'memory map: boxes of a picture of 900 by 320',
  (mapped: Mapped) => all(one(mapOf(mapped), 'svg'), 'g').map((box) => rectangle(one(box, 'rect'))),
  [
    { name: 'no buffers', input: {}, expected: [] },
    {
      // Three steps of 300; 1,000 bytes on 320, from the bottom.
      name: 'from its first step to behind its last, from its offset up',
      input: { buffers: [buffer('a', [500, 0], [0, 1]), buffer('b', [250, 500], [1, 2])] },
      expected: [
        [0, 160, 600, 160],
        [300, 80, 600, 80],
      ],
    },
    {
      name: 'all of the memory for all of the time',
      input: { buffers: [buffer('a', [1000, 0], [0, 0])] },
      expected: [[0, 0, 900, 320]],
    },
    {
      name: 'the smallest can be seen still',
      input: { buffers: [buffer('a', [1, 0], [0, 0])] },
      expected: [[0, 319.68, 900, 1]],
    },
    {
      name: 'what never lives and what takes nothing has no box',
      input: { buffers: [buffer('never', [100, 0], [-1, -1]), buffer('empty', [0, 0], [0, 0])] },
      expected: [],
    },
    {
      name: 'nothing planned',
      input: { plannedBytes: 0, buffers: [buffer('empty', [0, 0], [0, 0])] },
      expected: [],
    },
  ],
);

check(
  'memory map: names beside the boxes that have room',
  (buffers: readonly PlannedBuffer[]) =>
    all(one(mapOf({ buffers }), '.map'), 'span').map((label) => [textOf(label), label.properties.style]),
  [
    {
      // 69 bytes are 22.08 of the picture's units, 68 are 21.76.
      name: 'of 22 units of height and more',
      input: [buffer('high', [69, 0], [0, 0]), buffer('low', [68, 500], [0, 0])],
      expected: [['high', 'left: 0.00%; top: 93.10%; width: 100.00%']],
    },
    {
      name: 'of a sixteenth of the width and more',
      input: [buffer('wide', [500, 0], [0, 0]), buffer('all', [500, 500], [0, 15])],
      expected: [
        ['wide', 'left: 0.00%; top: 50.00%; width: 6.25%'],
        ['all', 'left: 0.00%; top: 0.00%; width: 100.00%'],
      ],
    },
    {
      name: 'not of less',
      input: [buffer('narrow', [500, 0], [0, 0]), buffer('all', [500, 500], [0, 16])],
      expected: [['all', 'left: 0.00%; top: 0.00%; width: 100.00%']],
    },
  ],
);

check(
  'memory map: the step of the selected layer',
  (selected: number | undefined) => {
    const map = mapOf({ selected, buffers: [buffer('a', [1000, 0], [0, 2])] });
    return all(map, 'rect.step').map(rectangle);
  },
  [
    { name: 'none', input: undefined, expected: [] },
    { name: 'the first', input: 0, expected: [[0, 0, 300, 320]] },
    { name: 'the last', input: 2, expected: [[600, 0, 300, 320]] },
    { name: 'a layer without a step', input: 3, expected: [] },
    { name: 'a layer that is not there any more', input: 7, expected: [] },
  ],
);

check(
  'memory map: what boxes and axes say',
  (mapped: Mapped) => [...texts(mapOf(mapped), 'title'), ...texts(mapOf(mapped), '.axis')],
  [
    {
      name: 'sizes, places and steps',
      input: { buffers: [buffer('a/Relu', [1000, 0], [0, 1])] },
      expected: ['a/Relu: 1,000 bytes at 0, steps 0 to 1', '↑ addresses, 0 to 1,000 bytessteps 0 to 1 →'],
    },
    { name: 'of nothing', input: {}, expected: ['↑ addresses, 0 to 1,000 bytessteps 0 to 0 →'] },
  ],
);

check(
  'memory map: the table of buffers, the largest first',
  (mapped: Mapped) => {
    const details = one(mapOf(mapped), 'details');
    return [textOf(one(details, 'summary')), ...cells(details)];
  },
  [
    { name: 'none', input: {}, expected: ['All 0 buffers'] },
    {
      name: 'also those that never live',
      input: {
        buffers: [
          buffer('a', [10, 0], [0, 1]),
          { ...buffer('b', [1, 16], [-1, -1]), kind: 'scratch' },
          buffer('c', [99, 16], [2, 2]),
        ],
      },
      expected: [
        'All 3 buffers',
        ['c', 'tensor', '99 bytes', '16', '2 to 2'],
        ['a', 'tensor', '10 bytes', '0', '0 to 1'],
        ['b', 'scratch', '1 byte', '16', '-1 to -1'],
      ],
    },
  ],
);

check(
  'memory map: a buffer leads to the layer that makes it',
  (steps: readonly [number, number]) => {
    const record = recorded();
    const table = one(mapOf({ buffers: [buffer('a', [10, 0], steps)] }, record), 'details');
    if (all(table, 'button').length === 0) return 'no link';
    fire(named(table, 'button', 'a'), 'click');
    return record.done;
  },
  [
    { name: 'the layer of its first step', input: [1, 2], expected: [{ type: 'select', layer: 1 }] },
    { name: 'a step of no layer', input: [5, 6], expected: 'no link' },
    { name: 'never', input: [-1, -1], expected: 'no link' },
  ],
);

check(
  'memory map: the persistent part',
  (detail: Partial<ArenaDetail>) => {
    const map = mapOf({ detail });
    const parts = one(map, '.parts');
    return [
      ...cells(parts),
      ...all(parts, '.fill').map(({ properties }) => properties.style),
      texts(map, 'p.facts').at(-1),
    ];
  },
  [
    { name: 'nothing', input: {}, expected: ['The running model decides the minimum.'] },
    {
      name: 'kinds, how many of each, and shares of 400 bytes',
      input: {
        persistent: [
          { kind: 'TfLiteTensor', bytes: 300, count: 3 },
          { kind: 'interpreter', bytes: 50 },
        ],
      },
      expected: [
        ['TfLiteTensor (3)', '300 B'],
        ['interpreter', '50 B'],
        'width: 75.0%',
        'width: 12.5%',
        'The running model decides the minimum.',
      ],
    },
    {
      name: 'preparing decides, with a note',
      input: { minimumDecidedBy: 'prepare', note: 'Of SVDF.' },
      expected: [
        'Preparing the operators needs more for a moment than running them: that decides the minimum. Of SVDF.',
      ],
    },
    {
      name: 'planning decides',
      input: { minimumDecidedBy: 'planning' },
      expected: ['Planning the memory needs more for a moment than running the model: that decides the minimum.'],
    },
  ],
);

check(
  'memory map: where nothing could be planned',
  (missing: 'arena' | 'detail' | 'report') => {
    const report = missing === 'report' ? undefined : reportOf({ arena: missing === 'arena' ? undefined : arena });
    const arenaDetail = missing === 'detail' ? undefined : { ...nothingPersistent, buffers: [] };
    return textOf(drawn(arenaMap(editorOf(report, { arenaDetail }), initialState, recorded().actions)));
  },
  [
    { name: 'no arena', input: 'arena', expected: 'The arena cannot be planned: the problems above say why.' },
    { name: 'no detail', input: 'detail', expected: 'The arena cannot be planned: the problems above say why.' },
    { name: 'no report', input: 'report', expected: 'The arena cannot be planned: the problems above say why.' },
  ],
);

// 750 bytes are alive at step 1: `a` and `b`; the planned part ends at 1,000.
const gap = { buffers: [buffer('a', [500, 0], [0, 1]), buffer('b', [250, 750], [1, 2])] };
check(
  'memory map: what is alive at the peak, and what a plan could save',
  (mapped: Mapped) => {
    const page = mapOf(mapped);
    return {
      said: textOf(all(page, 'p')[0]).replace(/\s+/g, ' ').trim(),
      line: all(page, 'line').map(({ attributes }) => Number(attributes.y1)),
    };
  },
  [
    {
      name: 'gaps above it',
      input: { ...gap, detail: { peak: { step: 1, bytes: 750 } } },
      expected: {
        said:
          'Most bytes are alive at step 1 (CONV_2D "layer1"): 750 bytes, below which no plan goes in this order of operators. ' +
          'They are a (500 bytes), b (250 bytes). The other 250 bytes of the planned part are gaps: "Save RAM with the same weights" ' +
          'looks for places without them.',
        line: [80],
      },
    },
    {
      name: 'a plan in the file without gaps',
      input: {
        buffers: gap.buffers.map((each) => ({ ...each, isFixed: true })),
        plannedBytes: 750,
        detail: { peak: { step: 1, bytes: 750 } },
      },
      expected: {
        said:
          'Most bytes are alive at step 1 (CONV_2D "layer1"): 750 bytes, below which no plan goes in this order of operators. ' +
          'They are a (500 bytes), b (250 bytes). The planned part has no gaps above them. ' +
          '2 of 2 lie where a plan in the file has them (OfflineMemoryAllocation).',
        line: [0],
      },
    },
  ],
);
