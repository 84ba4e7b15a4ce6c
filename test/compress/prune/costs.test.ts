import { findChannels } from '../../../src/core/compress/channels/findChannels';
import type { Channels } from '../../../src/core/compress/channels/channels';
import { outlineWithout, removeChannels } from '../../../src/core/compress/channels/removeChannels';
import { cleanModel } from '../../../src/core/compress/prune/cleanModel';
import { cleanOffers, unitsText } from '../../../src/core/compress/prune/cleanOffer';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import { unheard } from '../../../src/core/compress/prune/heard';
import { passOver } from '../../../src/core/compress/prune/passOver';
import { planPruning } from '../../../src/core/compress/prune/plan';
import { forecast, quickForecast } from '../../../src/core/compress/prune/pruned';
import { pruneModel } from '../../../src/core/compress/prune/pruneModel';
import { defaultPruneOptions } from '../../../src/core/compress/prune/request';
import type { PruneOptions } from '../../../src/core/compress/prune/request';
import { scanSensitivity } from '../../../src/core/compress/prune/sensitivity';
import type { SelectionTotals } from '../../../src/core/compress/prune/selectionTotals';
import { unstructuredOffer } from '../../../src/core/compress/prune/unstructuredOffer';
import { reportOf } from '../../../src/core/compress/costs';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import { redraw } from '../../../src/core/compress/rewrite/redraw';
import { totalsOf } from '../../../src/core/compress/totals';
import { changesText, signedPercent } from '../../../src/core/compress/changesText';
import type { Progress, Totals } from '../../../src/core/compress/offer';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Model, Tensor } from '../../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { chainOfLayers } from '../../support/chain';
import { check } from '../../support/check';

const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
const place = { path: 'a.tflite', target, limits: {} };

const stored = (name: string, shape: readonly number[], at: (index: number) => number): Tensor =>
  tensor(name, 'int8', shape, {
    data: new Uint8Array(Int8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => at(index)).buffer),
    quantization: quantized(new Array<number>(shape[0]).fill(0.5)),
  });
const int8 = (name: string, shape: readonly number[]): Tensor =>
  tensor(name, 'int8', shape, { quantization: quantized(0.5) });
const conv = {
  options: options('Conv2DOptions', { padding: 'SAME', strideH: 1, strideW: 1, fusedActivationFunction: 'NONE' }),
};

/** Two convolutions in int8, 1 -> 8 -> 8 channels on 8 x 8; both have the same biases where wished. */
function twoLayers(sharesBiases = false): Model {
  const bias = (name: string, count: number): Tensor =>
    tensor(name, 'int32', [count], {
      data: new Uint8Array(4 * count),
      quantization: quantized(new Array<number>(count).fill(0.25)),
    });
  const first = bias('b', 8);
  return fileOf(
    model(
      graph(
        [
          int8('x', [1, 8, 8, 1]),
          stored('w', [8, 3, 3, 1], (index) => (index % 9) + Math.floor(index / 9)),
          first,
          int8('m', [1, 8, 8, 8]),
          stored('v', [8, 1, 1, 8], (index) => index - 32),
          sharesBiases ? { ...first, name: 'c' } : bias('c', 8),
          int8('y', [1, 8, 8, 8]),
        ],
        [operator('CONV_2D', [0, 1, 2], [3], conv), operator('CONV_2D', [3, 4, 5], [6], conv)],
        { inputs: [0], outputs: [6] },
      ),
    ),
  ).model;
}

interface Forecast {
  readonly removed: readonly number[];
  readonly sharesBiases?: boolean;
}

/**
 * Costs that are told ahead beside those of the file that is written: those that differ. A quick forecast leaves the
 * scales and zero points of two tensors as they were, 12 bytes a channel each.
 */
check(
  'costs told ahead are those of the file that is written',
  ({ removed, sharesBiases }: Forecast) => {
    const source = twoLayers(sharesBiases);
    const channels = findChannels(source);
    const asked = { model: source, channels, place };
    const written = fileOf(redraw(source, removeChannels(channels, removed)));
    const truth = totalsOf(reportOf(readTflite(written.bytes).model, place));
    const [exact, quick] = [forecast(asked, removed, false), quickForecast(asked, removed)].map(totalsOf);
    const differing = (told: Totals): readonly string[] =>
      (Object.keys(truth) as (keyof Totals)[]).filter((unit) => told[unit] !== truth[unit]);
    const { flashBytes: bytes = 0 } = quick;
    return {
      exact: differing(exact),
      quick: differing({ ...quick, flashBytes: truth.flashBytes }),
      flash: Math.abs(bytes - truth.flashBytes!) <= 64 + 24 * removed.length,
      macs: truth.macs,
    };
  },
  [
    // 64 places x (9 x 8 + 8 x 8), then one channel of nine taps and eight weights less each.
    { name: 'whole', input: { removed: [] }, expected: { exact: [], quick: [], flash: true, macs: 8704 } },
    { name: 'without one', input: { removed: [3] }, expected: { exact: [], quick: [], flash: true, macs: 7616 } },
    {
      name: 'without five',
      input: { removed: [0, 1, 2, 5, 7] },
      expected: { exact: [], quick: [], flash: true, macs: 3264 },
    },
    {
      name: 'with a bias that both share',
      input: { removed: [3], sharesBiases: true },
      expected: { exact: [], quick: [], flash: true, macs: 7616 },
    },
  ],
);

check(
  'an outline has the shapes of what is cut, without its values',
  (removed: readonly number[]) => {
    const source = twoLayers();
    const channels = findChannels(source);
    const [cut, outline] = [removeChannels, outlineWithout].map(
      (remove) => redraw(source, remove(channels, removed)).graphs[0].tensors,
    );
    return outline.map(
      ({ name, shape, data }, index) =>
        `${name}[${shape.join()}] ${data?.length ?? '-'} ${String(shape) === String(cut[index].shape) && data?.length === cut[index].data?.length}`,
    );
  },
  [
    {
      name: 'without three',
      input: [0, 1, 2],
      expected: [
        'x[1,8,8,1] - true',
        'w[5,3,3,1] 45 true',
        'b[5] 20 true',
        'm[1,8,8,5] - true',
        'v[8,1,1,5] 40 true',
        'c[8] 32 true',
        'y[1,8,8,8] - true',
      ],
    },
  ],
);

check('a change in percent', signedPercent, [
  { name: 'less', input: -0.184, expected: '-18 %' },
  { name: 'more', input: 0.03, expected: '+3 %' },
  { name: 'below one', input: -0.004, expected: '-0.4 %' },
  { name: 'almost one', input: 0.0096, expected: '+1 %' },
  { name: 'hardly any', input: 0.0004, expected: '0 %' },
  { name: 'none', input: 0, expected: '0 %' },
  { name: 'all', input: -1, expected: '-100 %' },
]);

check('changes in all units', ([before, after]: readonly [Totals, Totals]) => changesText(before, after), [
  {
    name: 'cycles before instructions',
    input: [
      { macs: 100, cycles: 200, instructions: 50, arenaBytes: 4096, flashBytes: 10240 },
      { macs: 50, cycles: 100, instructions: 40, arenaBytes: 3072, flashBytes: 10240 },
    ],
    expected: '-50 % MACs, -50 % cycles, -1.00 KB RAM (-25 %), flash unchanged',
  },
  {
    name: 'instructions where cycles are not known',
    input: [
      { macs: 0, instructions: 50 },
      { macs: 0, instructions: 40 },
    ],
    expected: '-20 % instructions',
  },
  {
    name: 'more RAM',
    input: [
      { macs: 100, arenaBytes: 1024 },
      { macs: 100, arenaBytes: 2048 },
    ],
    expected: '0 % MACs, +1.00 KB RAM (+100 %)',
  },
  {
    name: 'cycles that are no longer known',
    input: [
      { macs: 1, cycles: 5, instructions: 5 },
      { macs: 1, instructions: 5 },
    ],
    expected: '0 % MACs',
  },
]);

const judgedAs = (importances: readonly number[]): { readonly kind: 'l2'; readonly importances: Float64Array } => ({
  kind: 'l2',
  importances: Float64Array.from(importances),
});
const rising = [0, 1, 2, 3, 4, 5, 6, 7];

check(
  'a plan by ratios, or towards a goal',
  async (more: Partial<PruneOptions>) => {
    const source = twoLayers();
    const planning = {
      model: source,
      channels: findChannels(source),
      judged: judgedAs(rising),
      place,
      original: reportOf(source, place),
      options: { ...defaultPruneOptions, ...more },
    };
    const { chosen, path, guidedBy, unreachable, remarks = [] } = await planPruning(planning);
    return {
      removed: [...chosen.removed].sort(),
      lost: chosen.lost,
      points: path.length > 2 ? 'many' : path.length,
      guidedBy,
      unreachable: unreachable?.slice(0, 40),
      remarks: remarks.length,
    };
  },
  [
    {
      name: 'half: the four least important',
      input: { ratio: 0.5, force: true },
      expected: { removed: [0, 1, 2, 3], lost: 6, points: 2, guidedBy: 'cycles', unreachable: undefined, remarks: 0 },
    },
    {
      name: 'a quarter of one layer',
      input: { layers: [{ name: 'm', ratio: 0.25 }], force: true },
      expected: { removed: [0, 1], lost: 1, points: 2, guidedBy: 'cycles', unreachable: undefined, remarks: 0 },
    },
    {
      name: 'a share of the MACs',
      input: { goal: { macsShare: 0.2 } },
      expected: { removed: [0, 1], lost: 1, points: 'many', guidedBy: 'macs', unreachable: undefined, remarks: 0 },
    },
    {
      name: 'a share that is out of reach: one channel stays',
      input: { goal: { macsShare: 0.95 } },
      expected: {
        removed: [0, 1, 2, 3, 4, 5, 6],
        lost: 21,
        points: 'many',
        guidedBy: 'macs',
        unreachable: '95 % fewer MACs are not reached: the nea',
        remarks: 0,
      },
    },
    {
      name: 'nothing',
      input: {},
      fails: 'Nothing says how much to prune: give a ratio, layers, a board to fit or a limit.',
    },
  ],
);

check(
  'an order to stop ends a search',
  async (aborts: boolean) => {
    const source = twoLayers();
    const signal = aborts ? AbortSignal.abort(new Error('enough')) : undefined;
    const planning = {
      model: source,
      channels: findChannels(source),
      judged: judgedAs(rising),
      place,
      original: reportOf(source, place),
      options: { ...defaultPruneOptions, goal: { macsShare: 0.1 } },
      signal,
    };
    return (await planPruning(planning)).chosen.removed.size;
  },
  [
    { name: 'given', input: true, fails: 'enough' },
    { name: 'not given', input: false, expected: 1 },
  ],
);

const chain = readTflite(chainOfLayers(12)).model;
const larger = readTflite(chainOfLayers(24)).model;

/** How many models are forecast by a search that is told to stop with one of them: no smaller model helps. */
async function forecasts({
  stopsAt,
  ...chosen
}: Partial<PruneOptions> & { readonly stopsAt: number }): Promise<number> {
  const stop = new AbortController();
  let asked = 0;
  const asWritten = (each: Model): Model => {
    asked += 1;
    if (asked === stopsAt) stop.abort();
    return each === chain ? each : larger;
  };
  const channels = findChannels(chain);
  const planning = {
    ...{ model: chain, channels, place: { ...place, asWritten }, original: reportOf(chain, place) },
    judged: { importances: filterImportance(channels, 'l2'), kind: 'l2' as const },
    options: { ...defaultPruneOptions, ...chosen },
    signal: stop.signal,
  };
  await planPruning(planning).catch(() => undefined);
  return asked;
}

check('a search that is stopped asks nothing more', forecasts, [
  // The chain itself comes first, in each search.
  { name: 'towards a limit', input: { goal: { ramBytes: 1 }, stopsAt: 2 }, expected: 2 },
  // Then the selection.
  { name: 'for a number of channels that is no worse', input: { ratio: 0.5, stopsAt: 3 }, expected: 3 },
]);

interface Passing {
  readonly groups?: readonly (readonly number[])[];
  readonly removed: readonly number[];
  /** Numbers of channels that go with which the model would take longer. */
  readonly slower?: readonly number[];
  readonly flashBytes?: number;
}

check(
  'a selection without the numbers of channels that make the model slower',
  ({ groups = [rising], removed, slower = [], flashBytes = 1 }: Passing) => {
    const totals = {
      before: { macs: 1, ms: 10, flashBytes: 1 },
      of: (some: ReadonlySet<number>) => ({ macs: 1, ms: slower.includes(some.size) ? 20 : 9, flashBytes }),
    } as unknown as SelectionTotals;
    const channels = { groups: groups.map((ids) => ({ channels: ids })) } as unknown as Channels;
    return [...unheard(passOver({ channels, totals }, new Set(removed), Float64Array.from(rising)))];
  },
  [
    { name: 'none', input: { removed: [] }, expected: [] },
    { name: 'one that is no slower', input: { removed: [3] }, expected: [3] },
    { name: 'a larger file is no cost of it', input: { removed: [3], flashBytes: 2 }, expected: [3] },
    { name: 'one that is: two go', input: { removed: [0], slower: [1] }, expected: [0, 1] },
    {
      name: 'of two that are as near the one that removes more',
      input: { removed: [0, 1, 2, 3], slower: [4] },
      expected: [0, 1, 2, 3, 4],
    },
    { name: 'else the other', input: { removed: [0, 1, 2, 3], slower: [4, 5] }, expected: [0, 1, 2] },
    { name: 'the least important ones, whichever were named', input: { removed: [7], slower: [1] }, expected: [0, 1] },
    { name: 'every number is slower', input: { removed: [0], slower: [1, 2, 3, 4, 5, 6, 7] }, expected: [] },
    {
      name: 'groups that are slower together only',
      input: { groups: [rising.slice(0, 4), rising.slice(4)], removed: [0, 4], slower: [2] },
      expected: [],
    },
    {
      name: 'a group of which nothing was to go stays',
      input: { groups: [rising.slice(0, 4), rising.slice(4)], removed: [0], slower: [1] },
      expected: [0, 1],
    },
  ],
);

const withChannels = (channels: Channels): readonly (readonly number[])[] =>
  channels.groups.map((group) => group.channels);

check('groups of two layers', () => withChannels(findChannels(twoLayers())), [
  { name: 'the first; the second is an output', input: undefined, expected: [rising] },
]);

check(
  'what each layer alone would bring, without samples',
  async (source: Model) => {
    const { importance, layers, fixed, original } = await scanSensitivity(
      { path: 'a.tflite', bytes: fileOf(source).bytes, target, limits: {}, options: defaultPruneOptions },
      {},
    );
    return {
      importance,
      macs: original.macs,
      layers: layers.map(({ names, channels, points }) => [
        names.join(),
        channels,
        ...points.map(
          ({ ratio, removedChannels, totals, fidelity }) =>
            `${ratio}: ${removedChannels} gone, ${totals.macs} MACs, ${fidelity === undefined ? 'not measured' : fidelity.sqnrDb}`,
        ),
      ]),
      fixed,
    };
  },
  [
    {
      name: 'a quarter, half and three quarters',
      input: twoLayers(),
      expected: {
        importance: 'l2',
        macs: 8704,
        layers: [
          [
            'm',
            8,
            '0.25: 2 gone, 6528 MACs, not measured',
            '0.5: 4 gone, 4352 MACs, not measured',
            '0.75: 6 gone, 2176 MACs, not measured',
          ],
        ],
        fixed: [{ name: 'y', reason: 'Its channels are outputs of the model.' }],
      },
    },
    {
      name: 'of two channels one can go: a single point',
      input: model(
        graph(
          [
            tensor('x', 'float32', [1, 2]),
            floats('w', [2, 2], [1, 2, 3, 4]),
            tensor('m', 'float32', [1, 2]),
            floats('v', [1, 2], [1, 2]),
            tensor('y', 'float32', [1, 1]),
          ],
          [
            operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', {}) }),
            operator('FULLY_CONNECTED', [2, 3, -1], [4], { options: options('FullyConnectedOptions', {}) }),
          ],
          { inputs: [0], outputs: [4] },
        ),
      ),
      expected: {
        importance: 'l2',
        macs: 6,
        layers: [['m', 2, '0.25: 1 gone, 3 MACs, not measured']],
        fixed: [{ name: 'y', reason: 'Its channels are outputs of the model.' }],
      },
    },
    {
      name: 'nothing that can go',
      input: model(
        graph(
          [tensor('x', 'float32', [1, 2]), floats('w', [2, 2], [1, 2, 3, 4]), tensor('y', 'float32', [1, 2])],
          [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', {}) })],
          { inputs: [0], outputs: [2] },
        ),
      ),
      fails: 'No layer of this model can lose channels. "y": Its channels are outputs of the model.',
    },
  ],
);

/** A convolution of which so many of eight filters are zero, read by another. */
function partlyDead(dead: number): Model {
  const source = twoLayers();
  const [{ tensors, ...rest }] = source.graphs;
  const data = new Uint8Array(
    Int8Array.from({ length: 72 }, (_, index) => (index < dead * 9 ? 0 : (index % 9) + 1)).buffer,
  );
  return fileOf({
    ...source,
    graphs: [{ ...rest, tensors: tensors.map((each) => (each.name === 'w' ? { ...each, data } : each)) }],
  }).model;
}

check(
  'an offer to remove dead weight',
  (dead: number) => {
    const source = partlyDead(dead);
    const [{ offer }] = cleanOffers({ model: source, ...place });
    return offer.possible ? [offer.before!.macs, offer.after.macs, offer.title.slice(0, 31)] : [offer.reason];
  },
  [
    { name: 'three dead channels', input: 3, expected: [8704, 5440, 'Remove dead weight: -38 % MACs,'] },
    { name: 'none', input: 0, expected: ['Everything in this model makes a difference to its outputs.'] },
  ],
);

check(
  'costs in every unit',
  ([dead, of]: readonly [number, 'same' | 'less']) => {
    const before = reportOf(partlyDead(dead), place);
    return unitsText(before, of === 'same' ? before : reportOf(twoLayers(), { ...place })).replace(
      /[-+]?[\d.]+ (KB|B) /g,
      '… ',
    );
  },
  [
    {
      name: 'nothing changed',
      input: [1, 'same'],
      expected:
        "0 % MACs, 0 % instructions, 0 % weights, 0 bytes of planned RAM, 0 bytes of the interpreter's, 0 % of the file",
    },
  ],
);

check(
  'what single zeros would bring',
  (weights: Tensor) => {
    const source = fileOf(
      model(
        graph(
          [tensor('x', 'float32', [1, 64]), weights, tensor('y', 'float32', [1, 64])],
          [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', {}) })],
          { inputs: [0], outputs: [2] },
        ),
      ),
    ).model;
    const { offer } = unstructuredOffer(source, reportOf(source, place));
    const reason = offer.possible ? '' : offer.reason;
    const [, zeroed, clustered] = /shrink by (.*?) of .* at zero, by (.*?) with 16 values/.exec(reason)!;
    return { isNothing: zeroed === '0 B', clusteringHelps: clustered !== '0 B', lead: reason.slice(0, 43) };
  },
  [
    {
      name: 'of weights that differ all: a smaller download, nothing on the board',
      input: floats(
        'w',
        [64, 64],
        Array.from({ length: 4096 }, (_, index) => Math.sin(index * 7.3)),
      ),
      expected: { isNothing: false, clusteringHelps: true, lead: '0 bytes of flash and 0 cycles on this runti' },
    },
    {
      name: 'of equal weights: nothing',
      input: floats('w', [64, 64], new Array<number>(4096).fill(1)),
      expected: { isNothing: true, clusteringHelps: false, lead: '0 bytes of flash and 0 cycles on this runti' },
    },
  ],
);

interface Pruning {
  /** Absent: only what is dead goes. */
  readonly options?: Partial<PruneOptions>;
  readonly source?: Model;
}

check(
  'a pruning from bytes to bytes, without samples',
  async ({ options: more, source = partlyDead(3) }: Pruning) => {
    const stages: string[] = [];
    const request = { path: 'a.tflite', bytes: fileOf(source).bytes, resultPath: 'b.tflite', target, limits: {} };
    const tools = {
      progress: ({ stage }: Progress) => {
        if (stages.at(-1) !== stage) stages.push(stage);
      },
    };
    const { bytes, proof, curve } =
      more === undefined
        ? await cleanModel(request, tools)
        : await pruneModel({ ...request, options: { ...defaultPruneOptions, ...more } }, tools);
    return {
      ...{
        kind: proof.kind,
        macs: [proof.source.macs, proof.result.macs],
        bytes: proof.result.bytes === bytes.length,
        paths: [proof.source.path, proof.result.path],
      },
      ...{
        channels: readTflite(bytes).model.graphs[0].tensors.find(({ name }) => name === 'm')!.shape[3],
        points: curve.points.length,
        warnings: proof.warnings.length,
        stages,
      },
      decisions: proof.decisions.map((text) => text.split(':')[0]),
      fidelity: proof.fidelity,
    };
  },
  [
    {
      name: 'what is dead alone',
      input: {},
      expected: {
        ...{
          kind: 'clean',
          macs: [8704, 5440],
          bytes: true,
          paths: ['a.tflite', 'b.tflite'],
          channels: 5,
          points: 0,
          warnings: 0,
          stages: ['Removing what makes no difference'],
        },
        decisions: ['m', 'Outputs were compared with 3 random inputs in both rounding modes', 'In all units'],
        fidelity: undefined,
      },
    },
    {
      name: 'half of what is left',
      input: { options: { ratio: 0.4, force: true } },
      expected: {
        ...{
          kind: 'prune',
          macs: [8704, 3264],
          bytes: true,
          paths: ['a.tflite', 'b.tflite'],
          channels: 3,
          points: 2,
          warnings: 1,
        },
        stages: ['Removing what makes no difference', 'Judging channels', 'Searching', 'Measuring the trade-off'],
        decisions: ['m', 'Channels are ranked by "l2" over the weights alone.', 'm'],
        fidelity: undefined,
      },
    },
    {
      name: 'nothing is dead',
      input: { source: twoLayers(true) },
      fails: 'Everything in this model makes a difference to its outputs: there is nothing to remove for free.',
    },
  ],
);
