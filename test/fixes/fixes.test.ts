import assert from 'node:assert/strict';
import { it } from 'node:test';
import { analyse } from '../../src/core/analysis/analyse';
import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { subjectOf } from '../../src/core/analysis/subject';
import { kindOf, mergedOptions } from '../../src/core/compress/kinds';
import type { OfferedWork } from '../../src/core/compress/offers';
import { offersFor } from '../../src/core/compress/offers';
import { runCompression } from '../../src/core/compress/runCompression';
import type { Finding } from '../../src/core/estimate/report';
import { timingTables } from '../../src/core/estimate/timing/timingTables';
import type { Fix, FixCommand } from '../../src/core/fixes/fix';
import { isFileFix } from '../../src/core/fixes/fix';
import { fixesFor, fixMakers } from '../../src/core/fixes/fixes';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { modelHash } from '../../src/core/measure/measurement';
import { isUnitKnown, profileFindings } from '../../src/core/measure/profileFindings';
import { textAfter } from '../../src/core/model/textEdit';
import { encode } from '../../src/core/model/values/stored';
import { readProject } from '../../src/core/project/project';
import { ruleByCode } from '../../src/core/rules/rules';
import { loadCompressionTools } from '../../src/tfjs/compressionTools';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

/** What a finding is found in: a model with its target, the project file, and what a board said. */
interface World {
  readonly request: AnalysisRequest;
  /** Text of the project file; absent where there is none yet. */
  readonly project?: string;
  readonly profile?: Parameters<typeof profileFindings>[0];
}

const width = 9000;
const plain = options('FullyConnectedOptions');
const values = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => ((index * 7) % 11) - 5);
const bytes = writeTflite(
  model(
    graph(
      [
        tensor('x', 'float32', [1, 4]),
        floats('wa', [width, 4], values(4 * width)),
        tensor('a', 'float32', [1, width]),
        floats('wb', [2, width], values(2 * width)),
        tensor('y', 'float32', [1, 2]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: plain }),
        operator('FULLY_CONNECTED', [2, 3, -1], [4], { options: plain }),
      ],
      { inputs: [0], outputs: [4] },
    ),
  ),
);

/** 36,000 bytes of activations on a board with 32 KB of RAM. */
const tight: AnalysisRequest = { path: 'a.tflite', bytes, target: { board: 'arduino_mkr_zero' } };
const severalMemories: AnalysisRequest = { path: 'a.tflite', bytes, target: { board: 'nucleo_h743zi' } };
const roomy = { board: 'arduino_nano33ble_sense_rev2', runtime: 'tflm-cmsis-nn' } as const;
const unusable: AnalysisRequest = {
  ...tight,
  target: roomy,
  measured: {
    measurements: [
      {
        model: modelHash(bytes),
        ...roomy,
        layers: [{ operator: 'SOFTMAX', cycles: 1, ms: 1 }],
        clockHz: 64e6,
        recordedAt: '2026-01-02',
        source: 'test',
      },
    ],
    calibrations: [],
  },
};
const calibrated = (tables: string): AnalysisRequest => ({
  ...tight,
  target: roomy,
  measured: {
    measurements: [],
    calibrations: [
      {
        ...{ ...roomy, scale: 2, cyclesPerOperator: 0, source: 'Calibrated.', tables, models: [] },
        ...{ before: { median: 0, worst: 0 }, after: { median: 0, worst: 0 }, recordedAt: '2026-01-02' },
      },
    ],
  },
});
const ticks = { remarks: [], usable: true, unit: 'ticks' } as const;
const silent = {
  remarks: [{ code: 'all-ticks-zero', severity: 'warning', message: 'All is 0.' }],
  usable: false,
  unit: 'microseconds',
} as const;

function findingsIn({ request, project, profile }: World): readonly Finding[] {
  if (profile !== undefined)
    return profileFindings(profile, 'COM3', isUnitKnown(profile) ? undefined : 'What is a tick?');
  const { rules, target } = readProject(project ?? '{}').project;
  return analyse({ ...request, rules, target: { ...request.target, ...(target && { settings: target }) } }).report
    .findings;
}

async function fixesIn(world: World, finding: Finding, maker: string): Promise<readonly Fix[]> {
  const { layers } = analyse(world.request).report;
  const { model: read, target, limits } = subjectOf(world.request);
  const needsOffers = maker.startsWith('compress') || maker.startsWith('rewrite');
  const offers = needsOffers ? await offersFor({ model: read, path: 'a.tflite', target, limits }) : [];
  const context = { finding, layers, project: { file: 'milliwatt.json', text: world.project }, offers };
  const own = fixMakers.find(({ id }) => id === maker)?.make(context) ?? [];
  const all = new Set(fixesFor(context).map((fix) => JSON.stringify(fix)));
  return own.filter((fix) => all.has(JSON.stringify(fix)));
}

async function compressed({ request }: World, work: OfferedWork): Promise<AnalysisRequest> {
  const { bytes: source } = request;
  const chosen = { kind: work.kind, options: mergedOptions(kindOf(work.kind), work.options) };
  const result = await runCompression(
    { subject: subjectOf(request), bytes: source, resultPath: 'b.tflite', request: chosen },
    { readSamples: () => Promise.resolve(undefined), loadTools: (needs) => loadCompressionTools(needs, {}) },
  );
  return { ...request, bytes: result.bytes };
}

/** What each command does, as far as an analysis sees it. */
async function afterCommand(world: World, command: FixCommand): Promise<World> {
  const { request } = world;
  switch (command.id) {
    case 'applyOffer':
      return { ...world, request: await compressed(world, command.work) };
    case 'chooseBoard':
      return { ...world, request: { ...request, target: roomy } };
    case 'forgetMeasurements':
      return { ...world, request: { ...request, measured: undefined } };
    case 'calibrate':
      return { ...world, request: calibrated(timingTables()) };
    case 'setTickUnit':
      assert.equal(command.source, 'COM3');
      return { ...world, profile: { ...ticks, ticksPerSecond: 64e6 } };
    case 'addProfiler':
    case 'clearBoardProblems':
      return { ...world, profile: { ...ticks, unit: 'microseconds' } };
    case 'explainRule':
      assert.ok(ruleByCode(command.code)?.documentation);
      return world;
    default:
      throw new Error(`${command.id} does nothing that is tested here.`);
  }
}

async function after(world: World, fix: Fix): Promise<World> {
  if (!isFileFix(fix)) return afterCommand(world, fix.command);
  assert.deepEqual(
    fix.edits.map(({ file, creates }) => [file, creates === true]),
    [['milliwatt.json', world.project === undefined]],
  );
  return { ...world, project: textAfter(world.project ?? '', fix.edits) };
}

interface Case {
  readonly maker: string;
  readonly world: World;
  readonly code: string;
  /** Index into the report's layers; absent for a finding about the model as a whole. */
  readonly layer?: number;
}

const told = ({ code, severity, layer }: Finding): string =>
  `${severity} ${code}${layer === undefined ? '' : ` at ${layer}`}`;

/** The title of the first fix of the maker, without its figures, and what is said of this code before and after it. */
async function effect({ maker, world, code, layer }: Case): Promise<unknown> {
  const ofCode = (where: World): readonly Finding[] => findingsIn(where).filter((finding) => finding.code === code);
  const before = ofCode(world);
  const finding = before.find((each) => each.layer === layer);
  assert.ok(finding, `${code} is not found`);
  const [fix] = await fixesIn(world, finding, maker);
  return [fix.title.split(':')[0], before.map(told), ofCode(await after(world, fix)).map(told)];
}

/** TILE has no kernel. */
const refused: AnalysisRequest = {
  path: 'a.tflite',
  bytes: writeTflite(
    model(
      graph(
        [
          ...[tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [2, 4])],
          tensor('times', 'int32', [2], { data: encode('int32', [2, 1]) }),
        ],
        [operator('TILE', [0, 2], [1])],
        { inputs: [0], outputs: [1] },
      ),
    ),
  ),
  target: roomy,
};

const peak = ['error arena-over-region', 'error arena-over-region at 0'];
const cases: readonly (Case & { readonly expected: unknown })[] = [
  {
    ...{ maker: 'compress-model', world: { request: tight }, code: 'float-model' },
    expected: ['Quantize to int8', ['information float-model'], []],
  },
  {
    ...{ maker: 'rewrite-for-tflm', world: { request: refused }, code: 'operator-unsupported', layer: 0 },
    expected: ['Rewrite for TFLM', ['error operator-unsupported at 0'], []],
  },
  {
    ...{ maker: 'compress-layer', world: { request: tight }, code: 'arena-over-region', layer: 0 },
    expected: ['Prune a', peak, []],
  },
  {
    // The chip's other memories are no nearer to the core than the chosen one, AXISRAM.
    ...{ maker: 'choose-setting', world: { request: severalMemories }, code: 'arena-region' },
    expected: ['Set arenaRegion to DTCM in milliwatt.json', ['information arena-region'], []],
  },
  {
    ...{ maker: 'choose-board', world: { request: tight }, code: 'arena-over-region' },
    expected: ['Choose another board…', peak, []],
  },
  {
    ...{ maker: 'forget-measurements', world: { request: unusable }, code: 'measurement-unusable' },
    expected: ['Forget the measurements of this model', ['information measurement-unusable'], []],
  },
  {
    ...{ maker: 'calibrate-again', world: { request: calibrated('older') }, code: 'calibration-outdated' },
    expected: ['Calibrate the board again', ['information calibration-outdated'], []],
  },
  {
    ...{ maker: 'set-tick-unit', world: { request: tight, profile: ticks }, code: 'board-profile-unit' },
    expected: ['Set what a tick is…', ['warning board-profile-unit'], []],
  },
  {
    ...{ maker: 'add-profiler', world: { request: tight, profile: silent }, code: 'board-profile' },
    expected: ['Use Milliwatt’s profiler…', ['warning board-profile'], []],
  },
  {
    ...{ maker: 'forget-board', world: { request: tight, profile: silent }, code: 'board-profile' },
    expected: ['Forget what the board reported', ['warning board-profile'], []],
  },
  {
    ...{ maker: 'except-layer', world: { request: tight }, code: 'arena-over-region', layer: 0 },
    expected: ['Ignore "arena-over-region" for a in milliwatt.json', peak, ['error arena-over-region']],
  },
  {
    ...{ maker: 'soften', world: { request: tight, project: '{ /* mine */ }\n' }, code: 'arena-over-region' },
    expected: [
      'Report "arena-over-region" as warning in milliwatt.json',
      peak,
      ['warning arena-over-region', 'warning arena-over-region at 0'],
    ],
  },
  {
    ...{ maker: 'silence', world: { request: tight, project: '{\n  "board": "x"\n}\n' }, code: 'float-model' },
    expected: ['Ignore "float-model" in milliwatt.json', ['information float-model'], []],
  },
  {
    ...{ maker: 'explain', world: { request: tight }, code: 'float-model' },
    expected: ['Explain "float-model"', ['information float-model'], ['information float-model']],
  },
];

check(
  'each fix, applied and analysed again',
  effect,
  cases.map(({ expected, ...input }) => ({ name: input.maker, input, expected })),
);

it('has a row for every fix', () => {
  assert.deepEqual([...new Set(cases.map(({ maker }) => maker))].sort(), fixMakers.map(({ id }) => id).sort());
});
