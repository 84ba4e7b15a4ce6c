import type { Channels } from '../../../src/core/compress/channels/channels';
import { findChannels } from '../../../src/core/compress/channels/findChannels';
import { chooseWithinDrop } from '../../../src/core/compress/prune/accuracyDrop';
import { activationImportance } from '../../../src/core/compress/prune/activationImportance';
import { activationStatistics } from '../../../src/core/compress/prune/activationStatistics';
import { Builder } from '../../../src/core/compress/prune/builder';
import { checkPrunable, nothingToPrune } from '../../../src/core/compress/prune/checks';
import { compensateBiases } from '../../../src/core/compress/prune/compensate';
import { confirmEqual } from '../../../src/core/compress/proofs/confirmEqual';
import { pointOf, thinPath } from '../../../src/core/compress/prune/curve';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import { measureOf, unreachableText } from '../../../src/core/compress/goals/distances';
import type { Guide } from '../../../src/core/compress/goals/distances';
import { judgeChannels } from '../../../src/core/compress/prune/importance';
import { measuredCurve } from '../../../src/core/compress/prune/measuredCurve';
import type { Plan } from '../../../src/core/compress/prune/plan';
import type { PruneWork } from '../../../src/core/compress/prune/pruneWork';
import { weightTensors } from '../../../src/core/compress/prune/pruned';
import { quantizeOptionsOf } from '../../../src/core/compress/prune/quantizeBuilt';
import { readingsOf, squaredWeights } from '../../../src/core/compress/prune/readings';
import { repairStudent } from '../../../src/core/compress/prune/repair';
import { defaultPruneOptions } from '../../../src/core/compress/prune/request';
import type { Importance, PruneOptions } from '../../../src/core/compress/prune/request';
import type { Goal } from '../../../src/core/compress/goals/goal';
import { PathPoint } from '../../../src/core/compress/prune/pathPoint';
import { studentOf } from '../../../src/core/compress/prune/student';
import { taylorImportance } from '../../../src/core/compress/prune/taylorImportance';
import { withWeights } from '../../../src/core/compress/prune/withWeights';
import type { LayerFacts, Report } from '../../../src/core/estimate/report';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import type { FloatEngine } from '../../../src/core/execute/floatEngine';
import type { DistillJob, GradientJob, Trainer } from '../../../src/core/execute/trainer';
import type { Model, Tensor } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';
import type { Samples } from '../../../src/core/samples/samples';
import { reportOf } from '../../measure/reports';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const float = (name: string, shape: readonly number[]): Tensor => tensor(name, 'float32', shape);
const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });

function samplesOf(values: readonly number[], count: number, more: Partial<Samples> = {}): Samples {
  return { source: 'data.csv', isSynthetic: false, count, inputs: [Float32Array.from(values)], remarks: [], ...more };
}

/** A report of layers that hold these bytes alive. */
function alive(bytes: readonly number[], more: Partial<Report> = {}): Report {
  const report = reportOf(bytes.map(() => 100));
  return {
    ...report,
    layers: report.layers.map((layer, index): LayerFacts => ({ ...layer, ramBytes: bytes[index] })),
    ...more,
  };
}

interface Measured {
  readonly report: Report;
  readonly guide: Guide;
  readonly goal?: Goal;
}

check(
  'what a search makes smaller',
  ({ report, guide, goal = {} }: Measured) => Number(measureOf(report, guide, goal).toFixed(6)),
  [
    { name: 'cycles', input: { report: alive([1, 1]), guide: 'cycles' }, expected: 200 },
    {
      name: 'instructions, where cycles are not known',
      input: { report: alive([1], { latency: { instructions: 7, basis: 'modelled' } }), guide: 'cycles' },
      expected: 7,
    },
    {
      name: 'MACs, where nothing of the time is known',
      input: { report: alive([1], { latency: undefined, model: { ...alive([1]).model, macs: 5 } }), guide: 'cycles' },
      expected: 5,
    },
    {
      name: 'MACs',
      input: { report: alive([1], { model: { ...alive([1]).model, macs: 5 } }), guide: 'macs' },
      expected: 5,
    },
    {
      name: 'the file, where flash is not known',
      input: { report: alive([1], { model: { ...alive([1]).model, bytes: 99 } }), guide: 'flash' },
      expected: 99,
    },
    // 612 less 512 of structures leave 100: 200 above it, a hundredth of 1,040 and a thousandth of 350.
    {
      name: 'RAM above the limit, the arena a little, all that lives less',
      input: { report: alive([300, 50]), guide: 'ram', goal: { ramBytes: 612 } },
      expected: 210.75,
    },
    {
      name: 'RAM of two layers above it',
      input: { report: alive([300, 150]), guide: 'ram', goal: { ramBytes: 612 } },
      expected: 260.85,
    },
  ],
);

const short = (text: string): string => text.split('. ').slice(0, 2).join('. ');

check(
  'why a goal is not reached',
  ([goal, nearest]: readonly [Goal, Report]) =>
    short(unreachableText(goal, nearest, alive([1], { model: { ...alive([1]).model, macs: 100 } }))),
  [
    {
      name: 'RAM: the layer at the peak',
      input: [{ ramBytes: 100 }, alive([30, 300])],
      expected:
        'RAM of 100 B is not reached: the nearest point takes 1.02 KB, 940 B too much. There OP1 "layer1" holds 300 B alive, in channels that must stay or of which one is left; 512 B are structures of the interpreter',
    },
    {
      name: 'RAM that is not known',
      input: [{ ramBytes: 100 }, alive([30], { arena: undefined })],
      expected:
        'RAM of 100 B is not reached: the nearest point takes unknown size. The arena of this model is not known.',
    },
    {
      name: 'time: the slowest layer',
      input: [{ latencyMs: 1 }, reportOf([100, 300])],
      expected:
        '1.00 ms an inference are not reached: the nearest point takes 4.00 ms. There OP1 "layer1" takes most of it, 3.00 ms.',
    },
    {
      name: 'time that is not known',
      input: [
        { latencyMs: 1 },
        ((report) => ({
          ...report,
          layers: report.layers.map((layer) => ({ ...layer, ms: undefined, cycles: undefined })),
        }))(reportOf([100])),
      ],
      expected:
        '1.00 ms an inference are not reached: the nearest point takes an unknown time. The time of OP0 "layer0" is not known for this target.',
    },
    {
      name: 'MACs: a share of the original',
      input: [{ macsShare: 0.5 }, alive([1], { model: { ...alive([1]).model, macs: 75 } })],
      expected:
        '50 % fewer MACs are not reached: the nearest point has 25 % fewer, the rest belongs to channels that must stay.',
    },
    {
      name: 'of several the one that is missed by most',
      input: [
        { latencyMs: 3.9, macsShare: 0.5 },
        { ...reportOf([400]), model: { ...alive([1]).model, macs: 75 } },
      ],
      expected:
        '50 % fewer MACs are not reached: the nearest point has 25 % fewer, the rest belongs to channels that must stay.',
    },
  ],
);

const pathOf = (cycles: readonly number[]): readonly PathPoint[] =>
  cycles.map((cost, index) => {
    const removed = new Set(Array.from({ length: index }, (_, id) => id));
    return PathPoint.of({ removed, report: reportOf([cost]), lost: index });
  });

check(
  'points of a path that are shown',
  ([cycles, most]: readonly [readonly number[], number]) => thinPath(pathOf(cycles), most).map(({ lost }) => lost),
  [
    { name: 'few enough: all', input: [[100, 90, 10], 3], expected: [0, 1, 2] },
    // Evenly: 100, 55 and 10.
    { name: 'the nearest to even savings', input: [[100, 90, 50, 10], 3], expected: [0, 2, 3] },
    { name: 'the first and the last in any case', input: [[100, 100, 100, 100], 2], expected: [0, 3] },
    { name: 'a step that saves most is not split', input: [[100, 99, 98, 10, 9], 3], expected: [0, 2, 4] },
  ],
);

check('a point as plain data', (at: number) => pointOf(pathOf([100, 40])[at], { index: at, chosen: true }), [
  {
    name: 'the second',
    input: 1,
    expected: {
      totals: { arenaBytes: 1040, cycles: 40, ms: 0.4, macs: 0 },
      removedChannels: 1,
      index: 1,
      chosen: true,
    },
  },
]);

const layersOf = (reasons: readonly (string | undefined)[]): Channels =>
  ({ layers: reasons.map((reason, index) => ({ name: `l${index}`, reason })) }) as unknown as Channels;

check(
  'why no layer can lose channels',
  (reasons: readonly (string | undefined)[]) => nothingToPrune(layersOf(reasons)).message,
  [
    {
      name: 'no layers',
      input: [],
      expected: 'No layer of this model can lose channels. It has no layers with weights of its own.',
    },
    {
      name: 'each with its reason',
      input: ['It is an output.', undefined],
      expected: 'No layer of this model can lose channels. "l0": It is an output. "l1": It has one channel.',
    },
    {
      name: 'five of six',
      input: ['A.', 'B.', 'C.', 'D.', 'E.', 'F.'],
      expected: 'No layer of this model can lose channels. "l0": A. "l1": B. "l2": C. "l3": D. "l4": E. And 1 more.',
    },
  ],
);

const empty = model(graph([float('x', [1])], []));

check('models that are not pruned', (source: Model) => checkPrunable(source), [
  { name: 'without operators', input: empty, fails: 'The model has no operators: there is nothing to prune.' },
  { name: 'without a graph', input: model([]), fails: 'The model has no operators: there is nothing to prune.' },
]);

/** x[1,2] -> dense `a` of 3 -> dense `y` of 2; weights of `a` as given, of `y` those of its columns. */
function dense(rows: readonly number[], columns: readonly number[], bias: readonly number[] = [0, 0]): Model {
  return model(
    graph(
      [
        float('x', [1, 2]),
        floats('w', [3, 2], rows),
        float('a', [1, 3]),
        floats('v', [2, 3], columns),
        floats('b', [2], bias),
        float('y', [1, 2]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', {}) }),
        operator('FULLY_CONNECTED', [2, 3, 4], [5], { options: options('FullyConnectedOptions', {}) }),
      ],
      { inputs: [0], outputs: [5] },
    ),
  );
}

const plain = dense([1, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6]);

check(
  'where channels are read',
  (source: Model) =>
    readingsOf(findChannels(source)).map(({ channel, reader, input }) => [
      channel,
      reader.operator.index,
      input,
      squaredWeights(reader)[input],
    ]),
  [
    // 1 + 16, 4 + 25, 9 + 36.
    {
      name: 'by columns, with the squares of their weights',
      input: plain,
      expected: [
        [0, 1, 0, 17],
        [1, 1, 1, 29],
        [2, 1, 2, 45],
      ],
    },
  ],
);

const statisticsOf = (
  mean: readonly number[],
  variance: readonly number[],
): ReadonlyMap<number, { mean: Float64Array; variance: Float64Array }> =>
  new Map([[2, { mean: Float64Array.from(mean), variance: Float64Array.from(variance) }]]);

check(
  'shares of what the reader varies by',
  ([columns, variance]: readonly [readonly number[], readonly number[]]) => [
    ...activationImportance(findChannels(dense([1, 0, 0, 1, 1, 1], columns)), statisticsOf([0, 0, 0], variance)),
  ],
  [
    // Squares 1, 1 and 4: 2, 6 and 8 of 16.
    {
      name: 'variance x squared weights',
      input: [
        [1, 0, 2, 0, 1, 0],
        [2, 6, 2],
      ],
      expected: [0.125, 0.375, 0.5],
    },
    {
      name: 'what never varies matters nothing',
      input: [
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0],
      ],
      expected: [0, 0, 0],
    },
  ],
);

check(
  'means of what goes are left in the bias',
  (removed: readonly number[]) => {
    const { graph: result } = compensateBiases(
      findChannels(plain),
      new Set(removed),
      statisticsOf([10, 100, 1000], [0, 0, 0]),
    );
    return [...realValues(result.tensors[result.operators[1].inputs[2]])!];
  },
  [
    { name: 'nothing goes', input: [], expected: [0, 0] },
    { name: 'the second: 100 x 2 and 100 x 5', input: [1], expected: [200, 500] },
    { name: 'the outer ones', input: [0, 2], expected: [3010, 6040] },
  ],
);

check(
  'means and variances of channels',
  async ([values, shape]: readonly [readonly number[], readonly number[]]) => {
    const log: string[] = [];
    const run = (
      _inputs: readonly Float32Array[],
      count: number,
      wanted: readonly number[],
      how: { readonly continues?: boolean },
    ): unknown => {
      log.push(`${count} of ${wanted.join()}, ${how.continues === true ? 'on' : 'anew'}`);
      return Promise.resolve(new Map([[0, Float32Array.from(values)]]));
    };
    const engine = {
      load: () => Promise.resolve({ run, dispose: () => void log.push('gone') }),
    } as unknown as FloatEngine;
    const found = await activationStatistics(engine, model(graph([float('t', shape)], [])), {
      samples: samplesOf([1, 2], 2),
      tensors: [0],
    });
    const { mean, variance } = found.get(0)!;
    return { mean: [...mean], variance: [...variance], log };
  },
  [
    // Channel 0 holds 1, 3, 5, 7, channel 1 holds 2, 2, 2, 2.
    {
      name: 'over samples and places',
      input: [
        [1, 2, 3, 2, 5, 2, 7, 2],
        [1, 2, 2],
      ],
      expected: { mean: [4, 2], variance: [5, 0], log: ['2 of 0, anew', 'gone'] },
    },
    { name: 'a scalar', input: [[1, 3], []], expected: { mean: [2], variance: [1], log: ['2 of 0, anew', 'gone'] } },
    // 64 MiB hold one sample of 2^24 values.
    {
      name: 'one sample at a time where they are large',
      input: [
        [1, 3],
        [2 ** 23, 2],
      ],
      expected: { mean: [1, 3], variance: [0, 0], log: ['1 of 0, anew', '1 of 0, on', 'gone'] },
    },
  ],
);

check(
  'filters of layers of other kinds',
  (kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D') => {
    const isDepthwise = kind === 'DEPTHWISE_CONV_2D';
    const w = floats('w', isDepthwise ? [1, 2, 1, 2] : [2, 2, 1, 1], [3, 0, 1, 4]);
    const source = graph([float('x', [1, 2, 1, 1]), w, float('y', [1, 1, 1, 2])], [operator(kind, [0, 1, -1], [2])], {
      inputs: [0],
    });
    return [...filterImportance(findChannels(model(source)), 'l1')];
  },
  [
    // Filters 3 + 0 and 1 + 4, mean 4.
    { name: 'a convolution: one after another', input: 'CONV_2D', expected: [0.75, 1.25] },
    // Filters 3 + 1 and 0 + 4, mean 4.
    { name: 'a depthwise one: side by side', input: 'DEPTHWISE_CONV_2D', expected: [1, 1] },
  ],
);

check(
  'how channels are judged',
  async ({
    asked,
    hasData = false,
    hasTrainer = false,
  }: {
    readonly asked: Importance | 'auto';
    readonly hasData?: boolean;
    readonly hasTrainer?: boolean;
  }) => {
    const run = (): unknown => Promise.resolve(new Map([[2, Float32Array.of(1, 2, 3, 3, 2, 1)]]));
    const engine = { load: () => Promise.resolve({ run, dispose: () => undefined }) } as unknown as FloatEngine;
    const trainer = {
      name: 't',
      gradients: () => Promise.resolve([new Float32Array(6), new Float32Array(6)]),
    } as unknown as Trainer;
    const subject = {
      twin: plain,
      channels: findChannels(plain),
      ...(hasData && { samples: samplesOf([1, 2, 3, 4], 2) }),
    };
    const { kind, importances, statistics } = await judgeChannels(subject, asked, {
      ...(hasData && { engine }),
      ...(hasTrainer && { trainer }),
    });
    return { kind, count: importances.length, means: statistics && [...statistics.get(2)!.mean] };
  },
  [
    { name: 'without data by weights', input: { asked: 'auto' }, expected: { kind: 'l2', count: 3, means: undefined } },
    {
      name: 'with data by what is lost',
      input: { asked: 'auto', hasData: true },
      expected: { kind: 'activation', count: 3, means: [2, 2, 2] },
    },
    {
      name: 'with gradients by these',
      input: { asked: 'auto', hasData: true, hasTrainer: true },
      expected: { kind: 'taylor', count: 3, means: [2, 2, 2] },
    },
    {
      name: 'gradients alone are not enough',
      input: { asked: 'auto', hasTrainer: true },
      expected: { kind: 'l2', count: 3, means: undefined },
    },
    {
      name: 'as asked for',
      input: { asked: 'l1', hasData: true, hasTrainer: true },
      expected: { kind: 'l1', count: 3, means: [2, 2, 2] },
    },
    {
      name: 'what takes samples',
      input: { asked: 'activation' },
      fails:
        'The importance "activation" needs samples (--data) and TensorFlow.js. Choose "l2", which looks at the weights alone.',
    },
    {
      name: 'what takes gradients',
      input: { asked: 'taylor', hasData: true },
      fails:
        'The importance "taylor" needs gradients, which this engine does not compute. Choose "l2", which looks at the weights alone.',
    },
  ],
);

check(
  'importance to first order: mean squares of gradient x (value - mean)',
  async ([scale, shift]: readonly [readonly number[], readonly number[]]) => {
    const jobs: GradientJob[] = [];
    const trainer = {
      gradients: (job: GradientJob) => {
        jobs.push(job);
        return Promise.resolve([Float32Array.from(scale), Float32Array.from(shift)]);
      },
    } as unknown as Trainer;
    const statistics = statisticsOf([2, 1, 0], [0, 0, 0]);
    const importances = await taylorImportance(
      { trainer, model: plain, channels: findChannels(plain) },
      { samples: samplesOf([1, 2, 3, 4], 2), statistics },
      [5],
    );
    const [{ inputs, by, model: probed, outputs, samples }] = jobs;
    return {
      importances: [...importances],
      jobs: jobs.length,
      kinds: probed.graphs[0].operators.map(({ kind }) => kind),
      given: inputs.slice(1).map((values) => [...values]),
      by,
      samples,
      directions: outputs.every(
        ({ weights }) => weights.length === 4 && weights.every((weight) => Math.abs(weight) === 1),
      ),
    };
  },
  [
    {
      // Sample 1: 3 - 2 x 1, 1 - 1 x 1, 2. Sample 2: 1, 0 - 1 x 2, 0.
      name: 'of three channels over two samples',
      input: [
        [3, 1, 2, 1, 0, 0],
        [1, 1, 9, 0, 2, 9],
      ],
      expected: {
        importances: [1, 2, 2],
        jobs: 4,
        kinds: ['FULLY_CONNECTED', 'MUL', 'ADD', 'FULLY_CONNECTED'],
        given: [
          [1, 1, 1, 1, 1, 1],
          [0, 0, 0, 0, 0, 0],
        ],
        by: [1, 2],
        samples: 2,
        directions: true,
      },
    },
  ],
);

check(
  'a student knows where it came from',
  (removed: readonly number[]) => {
    const { tensorIndices, keptChannels, model: result } = studentOf(plain, findChannels(plain), new Set(removed));
    return {
      indices: [...tensorIndices],
      kept: [0, 2, 3, 5].map(keptChannels),
      shape: result.graphs[0].tensors[2].shape,
    };
  },
  [
    {
      name: 'whole',
      input: [],
      expected: { indices: [0, 1, 2, 3, 4, 5], kept: [undefined, undefined, undefined, undefined], shape: [1, 3] },
    },
    {
      name: 'without the second',
      input: [1],
      expected: { indices: [0, 1, 2, 3, 4, 5], kept: [undefined, [0, 2], [0, 2], undefined], shape: [1, 2] },
    },
  ],
);

check('weights and biases of a graph', (source: Model) => weightTensors(source.graphs[0]), [
  { name: 'each once', input: plain, expected: [1, 3, 4] },
  {
    name: 'shared weights once',
    input: model(
      graph(
        [float('x', [1, 2]), floats('w', [2, 2], [1, 2, 3, 4]), float('a', [1, 2]), float('y', [1, 2])],
        [operator('FULLY_CONNECTED', [0, 1, -1], [2]), operator('FULLY_CONNECTED', [2, 1, -1], [3])],
      ),
    ),
    expected: [1],
  },
  {
    name: 'no other constants',
    input: model(graph([float('x', [2]), floats('c', [2], [1, 2]), float('y', [2])], [operator('ADD', [0, 1], [2])])),
    expected: [],
  },
]);

check(
  'a model with other weights',
  (values: readonly number[]) =>
    [1, 3].map((index) => [
      ...realValues(withWeights(plain, new Map([[1, Float32Array.from(values)]])).graphs[0].tensors[index])!,
    ]),
  [
    {
      name: 'those that are given',
      input: [9, 8, 7, 6, 5, 4],
      expected: [
        [9, 8, 7, 6, 5, 4],
        [1, 2, 3, 4, 5, 6],
      ],
    },
  ],
);

const int8 = (name: string): Tensor => tensor(name, 'int8', [1, 2], { quantization: quantized(0.5) });

check('in which form a result is quantized', (source: Model) => quantizeOptionsOf(source).io, [
  { name: 'a float source throughout', input: plain, expected: 'int8' },
  {
    name: 'as the source was',
    input: model(graph([int8('x'), int8('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })),
    expected: 'int8',
  },
  {
    name: 'with float inputs',
    input: model(
      graph([float('x', [1, 2]), int8('q'), int8('y')], [operator('QUANTIZE', [0], [1]), operator('RELU', [1], [2])], {
        inputs: [0],
        outputs: [2],
      }),
    ),
    expected: 'float',
  },
]);

/** A pruning under way, with what it is told. */
function workOf(source: Model, more: Partial<PruneOptions>, samples?: Samples): PruneWork {
  return {
    request: {
      path: 'a.tflite',
      bytes: new Uint8Array(0),
      resultPath: 'b.tflite',
      target,
      limits: {},
      options: { ...defaultPruneOptions, ...more },
      ...(samples && { samples: { calibration: samples, test: samples } }),
    },
    tools: {},
    source,
    place: { path: 'a.tflite', target, limits: {} },
    original: reportOf([100]),
    decisions: [],
    warnings: [],
  };
}

/** Two scores: the first input, and so much for the second class. */
const scores = (second: number): Model =>
  model(
    graph(
      [float('x', [1, 3]), floats('w', [2, 3], [1, 0, 0, 0, 0, 0]), floats('b', [2], [0, second]), float('y', [1, 2])],
      [operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: options('FullyConnectedOptions', {}) })],
      { inputs: [0], outputs: [3] },
    ),
  );

/** 1 to 10: with `second` in between so many have the second class that are less. */
const tens = samplesOf(Array.from({ length: 10 }, (_, index) => [index + 1, 0, 0]).flat(), 10);
const path = pathOf([8, 7, 6, 5, 4, 3, 2, 1]);
const planOf = (more: Partial<Plan> = {}): Plan => ({ chosen: path[7], path, guidedBy: 'cycles', ...more });

check(
  'the furthest point within a limit on accuracy: each point loses a tenth more of the answers',
  async ({
    limit,
    samples = tens,
    cancelled = false,
  }: {
    readonly limit?: number;
    readonly samples?: Samples | null;
    readonly cancelled?: boolean;
  }) => {
    const work = workOf(scores(0), { goal: { accuracyDrop: limit } }, samples ?? undefined);
    const builder = {
      build: ({ lost }: PathPoint) =>
        Promise.resolve({ model: scores(lost + 0.5), wasCancelled: cancelled, decisions: [] }),
    } as unknown as Builder;
    const { chosen, unreachable } = await chooseWithinDrop(work, planOf(), builder);
    return { chosen: chosen.lost, unreachable, decisions: work.decisions };
  },
  [
    {
      name: 'without a limit the plan stays',
      input: {},
      expected: { chosen: 7, unreachable: undefined, decisions: [] },
    },
    {
      name: '25 points: two tenths',
      input: { limit: 25 },
      expected: {
        chosen: 2,
        unreachable: undefined,
        decisions: [
          '4 channels fewer: 40.0 points lost.',
          '2 channels fewer: 20.0 points lost.',
          '3 channels fewer: 30.0 points lost.',
        ],
      },
    },
    {
      name: 'a limit that is met exactly',
      input: { limit: 20 },
      expected: {
        chosen: 2,
        unreachable: undefined,
        decisions: [
          '4 channels fewer: 40.0 points lost.',
          '2 channels fewer: 20.0 points lost.',
          '3 channels fewer: 30.0 points lost.',
        ],
      },
    },
    {
      name: 'none',
      input: { limit: 5 },
      expected: {
        chosen: 0,
        unreachable: 'No channel can go within 5 points on these samples.',
        decisions: [
          '4 channels fewer: 40.0 points lost.',
          '2 channels fewer: 20.0 points lost.',
          '1 channel fewer: 10.0 points lost.',
        ],
      },
    },
    // Two of ten have the second class: of four that are answered so two are won and two lost.
    {
      name: 'labels say what is right',
      input: { limit: 25, samples: { ...tens, labels: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0] } },
      expected: {
        chosen: 6,
        unreachable: undefined,
        decisions: [
          '4 channels fewer: 0.0 points lost.',
          '6 channels fewer: 20.0 points lost.',
          '7 channels fewer: 30.0 points lost.',
        ],
      },
    },
    {
      name: 'an order to stop ends it',
      input: { limit: 25, cancelled: true },
      expected: {
        chosen: 0,
        unreachable: 'No channel can go within 25 points on these samples.',
        decisions: ['4 channels fewer: 40.0 points lost.'],
      },
    },
    {
      name: 'without samples',
      input: { limit: 25, samples: null },
      fails: 'A limit on accuracy needs samples to measure it on. Give some with --data.',
    },
  ],
);

check(
  'a curve, each point measured as it is and the written one as it was written',
  async (samples: Samples | undefined) => {
    const work = workOf(scores(0), {}, samples);
    const builder = { plain: ({ lost }: PathPoint) => scores(lost + 0.5) } as unknown as Builder;
    const plan = planOf({ path: path.slice(0, 3), chosen: path[1] });
    const chosen = {
      report: reportOf([42]),
      fidelity: samples && { sqnrDb: 9, meanSquareError: 0, top1Agreement: 0.75 },
    };
    const { points } = await measuredCurve(work, { plan, builder, chosen });
    return points.map(({ index, totals, removedChannels, fidelity, repaired, chosen: isChosen }) => [
      index,
      totals.cycles,
      removedChannels,
      fidelity?.top1Agreement,
      repaired,
      isChosen,
    ]);
  },
  [
    {
      name: 'with samples',
      input: tens,
      expected: [
        [0, 8, 0, 1, undefined, undefined],
        [1, 42, 1, 0.75, true, true],
        [2, 6, 2, 0.8, undefined, undefined],
      ],
    },
    {
      name: 'without',
      input: undefined,
      expected: [
        [0, 8, 0, undefined, undefined, undefined],
        [1, 42, 1, undefined, true, true],
        [2, 6, 2, undefined, undefined, undefined],
      ],
    },
  ],
);

const rectified = (bias: number): Model => ({ ...scores(bias) });

check(
  'what was proved is tried',
  async ([source, cleaned]: readonly [Model, Model]) => {
    const work = workOf(source, {});
    await confirmEqual(work, cleaned);
    return [...work.decisions, ...work.warnings];
  },
  [
    {
      name: 'equal outputs',
      input: [scores(1), rectified(1)],
      expected: ['Outputs were compared with 3 random inputs: all bytes are equal.'],
    },
    {
      name: 'others: nothing is written',
      input: [scores(1), scores(2)],
      fails: 'The result differs from its source with seed 1 and double rounding.',
    },
    {
      name: 'what cannot be executed here',
      input: ((custom) => [custom, custom] as const)(
        model(
          graph([float('x', [1]), float('y', [1])], [operator('CUSTOM', [0], [1], { customCode: 'Mine' })], {
            inputs: [0],
            outputs: [1],
          }),
        ),
      ),
      expected: ['The model cannot be executed here, so that equal outputs were proved but not tried.'],
    },
    {
      name: 'a float that is no number stays none',
      input: ((none) => [none, none] as const)(scores(NaN)),
      expected: ['Outputs were compared with 3 random inputs: all bytes are equal.'],
    },
    {
      name: 'a zero has two signs',
      input: [scores(0), scores(-0)],
      expected: ['Outputs were compared with 3 random inputs: all bytes are equal.'],
    },
  ],
);

/** A trainer that answers with weights of 7, and keeps the job. */
function fakeTrainer(wasCancelled = false): { readonly trainer: Trainer; readonly jobs: DistillJob[] } {
  const jobs: DistillJob[] = [];
  const distill = (job: DistillJob): unknown => {
    jobs.push(job);
    job.report?.(1, 0.5);
    return Promise.resolve({
      weights: new Map([[1, new Float32Array(4).fill(7)]]),
      epochs: 1,
      lossBefore: 1,
      lossAfter: 0.5,
      wasCancelled,
    });
  };
  return { trainer: { name: 't', distill } as unknown as Trainer, jobs };
}

check(
  'what a student is taught',
  async ({ source, labels }: { readonly source: Model; readonly labels?: readonly number[] }) => {
    const { trainer, jobs } = fakeTrainer();
    const student = studentOf(source, findChannels(source), new Set([1]));
    const samples = samplesOf(new Array<number>(20).fill(1), 10, labels && { labels });
    const repairOptions = { epochs: 3, batchSize: 2, learningRate: 0.1, patience: 1, seed: 1 };
    const { model: result } = await repairStudent(
      { teacher: source, student, samples },
      { trainer, options: repairOptions },
      () => undefined,
    );
    const [{ pairs, trained, training, validation }] = jobs;
    return {
      pairs,
      trained,
      counts: [training.count, validation.count],
      hasLabels: training.labels !== undefined,
      first: realValues(result.graphs[0].tensors[1])![0],
    };
  },
  [
    {
      name: 'its outputs are values where they are as many as the inputs',
      input: { source: plain },
      expected: {
        pairs: [{ teacherTensor: 5, studentTensor: 5, weight: 1, kind: 'values', channels: undefined }],
        trained: [1, 3, 4],
        counts: [8, 2],
        hasLabels: false,
        first: 7,
      },
    },
    {
      name: 'labels come along',
      input: { source: plain, labels: new Array<number>(10).fill(1) },
      expected: {
        pairs: [{ teacherTensor: 5, studentTensor: 5, weight: 1, kind: 'values', channels: undefined }],
        trained: [1, 3, 4],
        counts: [8, 2],
        hasLabels: true,
        first: 7,
      },
    },
  ],
);

interface Building {
  readonly removed: readonly number[];
  readonly options?: Partial<PruneOptions>;
  readonly samples?: Samples;
  readonly hasTrainer?: boolean;
  readonly wasCancelled?: boolean;
}

check(
  'the model of a point',
  async ({ removed, options: more = {}, samples, hasTrainer = false, wasCancelled = false }: Building) => {
    const { trainer, jobs } = fakeTrainer(wasCancelled);
    const told: string[] = [];
    const work: PruneWork = {
      ...workOf(plain, more, samples),
      tools: {
        ...(hasTrainer && { trainer }),
        progress: ({ stage: name, share, curve }) => void told.push(`${name} ${share.toFixed(3)} ${curve?.y}`),
      },
    };
    const judged = { kind: 'l2' as const, importances: new Float64Array(3) };
    const builder = new Builder(work, { base: plain, channels: findChannels(plain), judged });
    const point = PathPoint.of({ removed: new Set(removed), report: reportOf([1]), lost: 0 });
    const built = await builder.build(point);
    const again = await builder.build(point);
    return {
      ...{
        wasRepaired: built.wasRepaired,
        isKept: built === again,
        trainings: jobs.length,
        told,
        warnings: work.warnings,
      },
      ...{ shape: built.model.graphs[0].tensors[2].shape, decisions: built.decisions },
    };
  },
  [
    {
      name: 'without samples nothing is trained',
      input: { removed: [1], hasTrainer: true },
      expected: {
        wasRepaired: false,
        isKept: true,
        trainings: 0,
        told: [],
        warnings: [],
        shape: [1, 2],
        decisions: [],
      },
    },
    {
      name: 'nor where it is not wished',
      input: { removed: [1], hasTrainer: true, samples: samplesOf([1, 2, 3, 4], 2), options: { repair: false } },
      expected: {
        wasRepaired: false,
        isKept: true,
        trainings: 0,
        told: [],
        warnings: [],
        shape: [1, 2],
        decisions: [],
      },
    },
    {
      name: 'nor the whole model',
      input: { removed: [], hasTrainer: true, samples: samplesOf([1, 2, 3, 4], 2) },
      expected: {
        wasRepaired: false,
        isKept: true,
        trainings: 0,
        told: [],
        warnings: [],
        shape: [1, 3],
        decisions: [],
      },
    },
    {
      name: 'without gradients that is said',
      input: { removed: [1], samples: samplesOf([1, 2, 3, 4], 2) },
      expected: {
        wasRepaired: false,
        isKept: true,
        trainings: 0,
        told: [],
        warnings: ['Nothing was fine-tuned: gradients or the quantization that must follow are not available here.'],
        shape: [1, 2],
        decisions: [],
      },
    },
    {
      name: 'trained once',
      input: { removed: [1], hasTrainer: true, samples: samplesOf([1, 2, 3, 4], 2) },
      expected: {
        ...{ wasRepaired: true, isKept: true, trainings: 1, warnings: [], shape: [1, 2] },
        // 0.45 and a fortieth of 0.35.
        ...{
          told: ['Fine-tuning 0.459 0.5'],
          decisions: ['Fine-tuned for 1 pass over data.csv: loss 1.00 -> 0.500 on samples set aside.'],
        },
      },
    },
    {
      name: 'what was cancelled is made anew when asked again',
      input: {
        removed: [1],
        hasTrainer: true,
        wasCancelled: true,
        samples: samplesOf([1, 2, 3, 4], 2),
        options: { repairOptions: { epochs: 10 } },
      },
      expected: {
        ...{
          wasRepaired: true,
          isKept: false,
          trainings: 2,
          warnings: [],
          shape: [1, 2],
          told: ['Fine-tuning 0.485 0.5', 'Fine-tuning 0.485 0.5'],
        },
        decisions: ['Fine-tuned for 1 pass over data.csv: loss 1.00 -> 0.500 on samples set aside.'],
      },
    },
  ],
);
