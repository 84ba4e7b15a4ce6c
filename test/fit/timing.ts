import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CycleFit, Scale, TimingFacts } from '../../src/core/estimate/timing/timingFacts';
import { workTerms } from '../../src/core/estimate/timing/workTerms';
import { edgemarkSamples, type EdgemarkTable } from './edgemarkSamples';
import type { Sample } from './timingFormula';
import {
  architectureKeys,
  dataCacheBytes,
  formulaCycles,
  harnessTerms,
  heldOutRatios,
  namedCoefficients,
  solveRelative,
  worstOf,
} from './timingFormula';
import { boardById } from '../../src/core/boards/boards';
import { coreMarkScale, unmeasuredCores } from './coreMark';
import { boardRatios } from './boardRatios';
import { median, quantile } from './statistics';
import { coreOfBoard, scaleRows } from './timingRows';
import type { PublishedRow, ScaleRow } from './timingRows';
import { boardRows } from './boardRows';
import { cyclesPerInstruction } from './instructionCycles';
import type { ScaleOfRow } from './boardScales';
import { byManual, plainScales, scalesOfRows, tflmScales, unseenBoard } from './boardScales';
import { unlistedScales } from './otherRows';
import type { KernelRow } from './standInSamples';
import { standInTable } from './standInTable';

/**
 * `npm run fit:timing`: cycles from instructions. Fits one board with many measured models (EdgeMark on the
 * NUCLEO-L4R5ZI), then the ratio of every other board to it from engines that ran the same models on both, and writes
 * `src/core/estimate/timing/timing.json`. Prints the errors of models and boards that were left out.
 */
const shared = join(import.meta.dirname, '../../../shared/data');
const output = join(import.meta.dirname, '../../src/core/estimate/timing/timing.json');

const architecture = join(import.meta.dirname, '../../src/core/estimate/timing/architecture.json');

interface Published {
  readonly mlperfTiny: readonly PublishedRow[];
  readonly other: readonly KernelRow[];
}

function main(): void {
  writeFileSync(architecture, `${JSON.stringify(cyclesPerInstruction(shared), undefined, 2)}\n`);
  const table = readJson('edgemark_models.json') as EdgemarkTable;
  const { mlperfTiny: published, other } = readJson('boards_measured.json') as Published;
  const fits: Record<string, CycleFit> = {};
  for (const [format, type] of [
    ['int8', 'int8'],
    ['int16x8', 'int16'],
    ['float32', 'float32'],
  ] as const) {
    for (const optimization of ['O3', 'Os'] as const) {
      const samples = edgemarkSamples(table, format, optimization);
      const inCache = fits[`${type} O3`]?.cyclesPerProduct ?? Infinity;
      const measured = { productInCache: inCache, depthwisePixel: fits[`${type} O3`]?.cyclesPerDepthwisePixel };
      if (samples.length > 0) fits[`${type} ${optimization}`] = fitOf(`${type} ${optimization}`, samples, measured);
    }
  }
  const formula = (model: string, core: string): number | undefined => formulaCycles(model, core, fits);
  const boards = boardRows().rows;
  const ofRows = scalesOfRows(boards, fits);
  const measured = scales(scaleRows(published, formula), { unlisted: unlistedScales(other, formula), fits, ofRows });
  const facts: TimingFacts = {
    reference: {
      board: 'nucleo_l4r5zi',
      dataCacheBytes,
      source:
        'Cycles per instruction, per operator, per byte of weights that is waited for, per pixel and per product of floats were fitted on the EdgeMark study ' +
        '(github.com/Black3rror/Benchmarking 3e7237d: TFLM with CMSIS-NN on a NUCLEO-L4R5ZI at 120 MHz), whose copying of inputs and outputs value by value was taken off.',
      fits,
    },
    boards: measured.boards,
    cores: measured.cores,
    plain: plainScales(ofRows),
    standIns: standInTable(other, boards),
  };
  writeFileSync(output, `${JSON.stringify(facts, undefined, 2)}\n`);
}

/** Of the fit to -O3, which stands in for what -Os does not tell. */
interface FasterFit {
  /** Cycles of a product besides its instructions in loops that any cache holds. */
  readonly productInCache: number;
  /** No network with depthwise layers was measured with -Os. */
  readonly depthwisePixel: number | undefined;
}

function fitOf(name: string, samples: readonly Sample[], faster: FasterFit): CycleFit {
  const all = solveRelative(samples);
  const models = [...new Set(samples.map(({ model }) => model))];
  const heldOut = heldOutRatios(samples);
  const errors = heldOut.map(({ ratio }) => Math.abs(1 / ratio - 1));
  const ratios = heldOut.map(({ ratio }) => ratio);
  const worst = worstOf(heldOut);
  console.log(
    `${name.padEnd(12)} ${samples.length} rows, ${models.length} models; left out: median ${percent(median(errors))}, ` +
      `p90 ${percent(quantile(errors, 0.9))}, worst ${percent(Math.max(...errors))} (${worst.model}); ` +
      `${all.map((each) => each.toPrecision(4)).join(' / ')} cycles per ${['instruction', ...workTerms.map(([name]) => name.replace('cyclesPer', '').toLowerCase()), ...harnessTerms].join(' / ')}`,
  );
  const named = namedCoefficients(all);
  return {
    ...named,
    cyclesPerDepthwisePixel: faster.depthwisePixel ?? named.cyclesPerDepthwisePixel,
    cyclesPerCachedProduct: Math.min(named.cyclesPerProduct, faster.productInCache),
    low: round(Math.min(1, quantile(ratios, 0.05))),
    high: round(Math.max(1, quantile(ratios, 0.95))),
    models: models.length,
    rows: samples.length,
    heldOutMedian: round(median(errors)),
    heldOutWorst: round(Math.max(...errors)),
  };
}

/** Beside MLPerf Tiny: boards that are not in the table, and those on which TFLM itself ran. */
interface MoreScales {
  readonly unlisted: readonly (readonly [core: string, factor: number])[];
  readonly fits: Readonly<Record<string, CycleFit>>;
  readonly ofRows: readonly ScaleOfRow[];
}

function scales(
  rows: readonly ScaleRow[],
  { unlisted, fits, ofRows }: MoreScales,
): Pick<TimingFacts, 'boards' | 'cores'> {
  const boards: Record<string, Scale> = { nucleo_l4r5zi: referenceScale(fits) };
  const { factors: ratios, corrected } = boardRatios(rows);
  for (const [board, factor] of ratios) {
    boards[board] = boardScale(
      rows.filter((row) => row.board === board),
      factor,
      corrected,
    );
  }
  const own = tflmScales(ofRows);
  for (const [board, , scale] of own) boards[board] = scale;
  const cached = own.filter(([, key]) => key.endsWith(' cached'));
  const factors = [
    ...Object.entries(boards)
      .filter(([, { base }]) => base === undefined)
      .map(([board, { factor }]) => [coreOfBoard(board), factor] as const),
    ...cached.map(([, key, { factor }]) => [key, factor] as const),
    ...unlisted,
  ];
  const cores = [...new Set(factors.map(([core]) => core))].map((core) => {
    const members = factors.filter(([each]) => each === core).map(([, factor]) => factor);
    console.log(
      `${core.padEnd(22)} x ${median(members).toFixed(3)} from boards x ${members.map((each) => each.toFixed(2)).join(', ')}`,
    );
    const own = Object.entries(boards).filter(([board]) => boardById(board)?.core === core);
    return [
      core,
      coreScale(
        core,
        members,
        own.map(([, scale]) => scale),
      ),
    ] as const;
  });
  return { boards, cores: { ...unmeasuredScales(), ...manualScales(), ...Object.fromEntries(cores) } };
}

function referenceScale(fits: Readonly<Record<string, CycleFit>>): Scale {
  return {
    factor: 1,
    low: 1,
    high: 1,
    rows: fits['int8 O3'].rows,
    kind: 'measured',
    runtimes: ['tflm-cmsis-nn'],
    source: 'This board is the one that was measured.',
  };
}

/** The ratio of a board, and how far runs of it scatter when what is peculiar to their engines is taken out. */
function boardScale(rows: readonly ScaleRow[], factor: number, corrected: (row: ScaleRow) => number): Scale {
  const ratios = rows.map(corrected);
  const errors = ratios.map((ratio) => Math.abs(factor / ratio - 1));
  const kind = rows.some((row) => row.isTflm) ? 'measured' : 'architectural';
  const engines = [...new Set(rows.map((row) => row.engine))].join(', ');
  console.log(
    `${rows[0].board.padEnd(22)} x ${factor.toFixed(3)} from ${rows.length} rows (${kind}); spread: median ${percent(median(errors))}, worst ${percent(Math.max(...errors))}`,
  );
  return {
    factor: round(factor),
    low: round(quantile(ratios, 0.05) / factor),
    high: round(quantile(ratios, 0.95) / factor),
    rows: rows.length,
    kind,
    runtimes: ['tflm-cmsis-nn'],
    ...baseOf(coreOfBoard(rows[0].board)),
    source:
      kind === 'measured'
        ? `The board's ratio is that of ${rows.length} models that TFLM ran on it (${engines}, MLPerf Tiny).`
        : `The board's ratio is architectural: ${rows.length} runs of other engines on this and the reference board (${engines}, MLPerf Tiny), not TFLM itself.`,
  };
}

/**
 * Waits for a flash inside of the chip that a Cortex-M0+ has besides the cycles of its manual: of its instructions 7
 * % are branches that are taken and 8 % load a weight, which its prefetch of a line does not foresee; one wait state
 * each.
 */
const insideFlash = 1.1;

function manualScales(): Readonly<Record<string, Scale>> {
  return {
    'cortex-m0plus': {
      factor: insideFlash,
      low: 0.7,
      high: 1.6,
      rows: 0,
      kind: 'architectural',
      runtimes: ['tflm-cmsis-nn'],
      source: 'No board with this core and its flash inside of the chip was measured.',
      base: 'architecture',
    },
    'cortex-m7 cached': {
      factor: 1,
      ...byPipeline,
      rows: 0,
      kind: 'architectural',
      runtimes: ['tflm-cmsis-nn'],
      source: 'No board with this core and its flash outside of the chip was measured with CMSIS-NN.',
      base: 'architecture',
    },
    'cortex-m55': {
      factor: 1,
      ...byPipeline,
      rows: 0,
      kind: 'architectural',
      runtimes: ['tflm-cmsis-nn'],
      source:
        'No whole model was measured on a board with this core; of one network with CMSIS-NN on an Alif E8 convolutions took 1.05 to 1.09 times as long, depthwise ones, which read their input from a large memory, 1.2 to 1.5 times.',
      base: 'architecture',
    },
  };
}

/** What memories add to cycles of the pipeline, which knows no waits, is open upwards. */
const byPipeline = { low: 0.75, high: 1.6 };

/** What is left open for a core that was never measured. */
const unseenCore = { low: 0.6, high: 1.7 };

/** Nobody ran these models on a board with such a core: the ratio of a general benchmark, with a wide band. */
function unmeasuredScales(): Readonly<Record<string, Scale>> {
  return Object.fromEntries(
    unmeasuredCores.map((core) => [
      core,
      {
        factor: round(coreMarkScale(core) ?? 1),
        ...unseenCore,
        rows: 0,
        kind: 'architectural',
        runtimes: ['tflm-cmsis-nn'],
        source:
          'A rough figure: no board with this core was measured, so the ratio is that of CoreMark/MHz to the Cortex-M4F, as Arm publishes it.',
      } as const,
    ]),
  );
}

/** The median of the boards with this core; models on another board differ at least as they do on these. */
function coreScale(core: string, factors: readonly number[], own: readonly Scale[]): Scale {
  const factor = median(factors);
  const open = architectureKeys.has(core) ? byManual : unseenBoard(factors.length);
  return {
    factor: round(factor),
    low: round(Math.min(open.low, Math.min(...factors) / factor, ...own.map(({ low }) => low))),
    high: round(Math.max(open.high, Math.max(...factors) / factor, ...own.map(({ high }) => high))),
    rows: factors.length,
    kind: 'architectural',
    runtimes: ['tflm-cmsis-nn'],
    source: `This board was not measured: the ratio is that of ${factors.length} ${factors.length === 1 ? 'board' : 'boards'} with the same core (${core}).`,
    ...baseOf(core),
  };
}

function baseOf(core: string): Pick<Scale, 'base'> {
  return architectureKeys.has(core) ? { base: 'architecture' } : {};
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(shared, file), 'utf8'));
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

main();
