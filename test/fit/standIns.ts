import type { TargetChoice } from '../../src/core/estimate/choice';
import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { codeWait, flashPathOf, flashWait, lineCycles, weightOrder } from '../../src/core/estimate/timing/flashWait';
import { vectorFeatures } from '../../src/core/estimate/timing/vectorFeatures';
import type { StandInRates } from '../../src/core/estimate/timing/timingFacts';
import { elementCount } from '../../src/core/model/dataType';
import type { Model } from '../../src/core/model/model';
import { standInCost } from '../../src/core/runtimes/cost/cost';
import { sharedModel } from '../support/models';
import { kernelModel } from './boardModels';
import type { BoardRow } from './boardRows';
import { nonNegativeLeastSquares } from './leastSquares';
import type { OtherRow } from './otherRows';
import { median } from './statistics';

/** A measured run on a core whose instructions nobody counted. */
export interface StandInSample {
  readonly name: string;
  readonly model: Model;
  readonly choice: TargetChoice;
  readonly cycles: number;
  /** What is held out together. */
  readonly study: string;
  /** A single run from cold caches: it weighs less. */
  readonly isKernel?: boolean;
  /** What it waits for an output in external memory, whose lines are fetched before they are written. */
  readonly outputWait?: number;
}

/** Boards of the published rows. */
const chips: Readonly<Record<string, { readonly board: string; readonly core: string }>> = {
  ESP32: { board: 'esp32_devkit', core: 'xtensa-lx6' },
  'ESP32-S3': { board: 'esp32_s3_devkitc', core: 'xtensa-lx7' },
  'ESP32-C3': { board: 'esp32_c3_devkit', core: 'riscv-rv32imc' },
  'ESP32-P4': { board: 'esp32_p4_devkit', core: 'riscv-p4' },
};

/** Espressif measures with the flash read on four lines at 80 MHz. */
const fastFlash = { flashMode: 'qio', flashHz: 80e6 };

/** person_detect as Espressif publishes it, with ESP-NN or without. */
export function publishedSamples(
  rows: readonly OtherRow[],
  runtime: string,
): readonly (StandInSample & { core: string })[] {
  return rows.flatMap(({ board, runtime: kernels, model, clock_mhz: clock, latency_ms: ms }) => {
    const chip = chips[board ?? ''];
    const isWanted = kernels === `TFLM ${runtime}` && model?.includes('person_detect') === true;
    if (chip === undefined || !isWanted || !clock || !ms) return [];
    const isEspNn = runtime.startsWith('with ESP-NN');
    // Without ESP-NN figures of 2021 agree with kernels that are compiled for size, and with no others.
    const optimization = isEspNn ? 'O3' : 'Os';
    const settings = { clockHz: clock * 1e6, optimization, ...fastFlash };
    const choice = { board: chip.board, runtime: isEspNn ? 'tflm-esp-nn' : 'tflm-reference', settings };
    const cycles = ms * clock * 1000;
    return [
      {
        name: 'person_detect',
        model: sharedModel('tflm_person_detect'),
        choice,
        cycles,
        study: 'esp-nn',
        core: chip.core,
      },
    ];
  });
}

/** A published kernel run: board, shape and cycles. */
export interface KernelRow extends OtherRow {
  readonly shape?: string;
  readonly cycles?: number;
}

/** Memory outside of the chip with the tensors of convolutions of that table: QPI and HEX, as it states them. */
const external: Readonly<Record<string, Parameters<typeof lineCycles>[0]>> = {
  'ESP32-S3': { mode: 'qio', memoryHz: 80e6, clockHz: 240e6, bytes: 64 },
  'ESP32-P4': { mode: 'opi', memoryHz: 200e6, clockHz: 360e6, bytes: 64 },
};

/**
 * Convolutions and dense layers of ESP-NN's own table, on one chip. The dense layer of the ESP32-S3 is left out: with a
 * zero point of 0, which no model has, it does not sum its weights, which takes most of the time.
 */
export function kernelSamples(rows: readonly KernelRow[], chip: string, kernels: string): readonly StandInSample[] {
  return rows.flatMap(({ group, board, model: kind, shape, runtime, cycles }) => {
    if (group !== 'esp_nn_kernels' || runtime !== kernels || !board?.startsWith(`${chip} `) || !cycles) return [];
    const isDense = kind === 'fully connected';
    if (isDense && chip === 'ESP32-S3' && kernels === 'esp-nn optimized') return [];
    const model = kernelModel(kind ?? '', shape ?? '');
    const choice = { board: chips[chip].board, runtime: 'tflm-esp-nn', settings: { weightsRegion: 'RAM' } };
    if (model === undefined) return [];
    const output = elementCount(model.graphs[0].tensors[model.graphs[0].outputs[0]]?.shape ?? []);
    const outputWait = isDense ? 0 : (output * lineCycles(external[chip])) / external[chip].bytes;
    return [{ name: shape ?? '', model, choice, cycles, study: 'esp-nn', isKernel: true, outputWait }];
  });
}

/** Rows of boards as samples, those with one kind of kernels. */
export function boardSamples(rows: readonly BoardRow[], core: string, runtime: string): readonly StandInSample[] {
  return rows
    .filter(({ published, choice }) => published.core === core && choice.runtime === runtime)
    .map(({ model, choice, cycles, study, published }) => ({ name: published.model, model, choice, cycles, study }));
}

/** Cycles between operators, as on the reference board. */
export const cyclesPerOperator = 1250;

/** What a sample consists of besides what its rates are fitted to. */
export interface Parts {
  readonly loops: number;
  readonly other: number;
  readonly vector: readonly number[];
  /** Of `loops` and `other`, what runs in plain C where there are vector kernels. */
  readonly plainLoops: number;
  readonly plainOther: number;
  readonly reference: number;
  readonly operators: number;
  readonly waiting: number;
}

export function partsOf({ model, choice, outputWait = 0 }: StandInSample): Parts {
  const { target } = resolveTarget(choice);
  const path = flashPathOf(target);
  const sums = { loops: 0, other: 0, plainLoops: 0, plainOther: 0, reference: 0, operators: 0, waiting: outputWait };
  let vector: readonly number[] = [];
  for (const { operator, graph } of placedOperators(model)) {
    const work = standInCost(operator, graph, model, target);
    if (work === undefined) continue;
    const { instructions } = work.cost;
    sums.operators++;
    if (path !== undefined) {
      const wait = flashWait(operator, graph, model, { path, order: weightOrder(target) });
      sums.waiting += (wait?.cycles ?? 0) + codeWait(model, path);
    }
    if (work.counted === 'reference') {
      sums.reference += instructions;
      continue;
    }
    const [loops, other] = [instructions * work.loopShare, instructions * (1 - work.loopShare)];
    const features = vectorFeatures(operator, work);
    sums.loops += loops;
    sums.other += other;
    sums.plainLoops += features === undefined ? loops : 0;
    sums.plainOther += features === undefined ? other : 0;
    if (features !== undefined) vector = features.map((count, at) => count + (vector[at] ?? 0));
  }
  return { ...sums, vector };
}

/** Weight of a single kernel, run once from cold caches, against a model. */
const kernelWeight = 0.3;

/** Relative least squares of what is left when waiting and calls are taken off; calls of kernels alone count none. */
function solve(
  samples: readonly StandInSample[],
  features: (parts: Parts) => readonly number[],
  known: (parts: Parts) => number = () => 0,
): readonly number[] {
  const rows = samples.map((sample) => ({
    sample,
    parts: partsOf(sample),
    weight: sample.isKernel ? kernelWeight : 1,
  }));
  const target = rows.map(({ sample, parts, weight }) => {
    const calls = sample.isKernel ? 0 : parts.operators * cyclesPerOperator;
    return (weight * Math.max(0, sample.cycles - parts.waiting - calls - known(parts))) / sample.cycles;
  });
  const matrix = rows.map(({ sample, parts, weight }) =>
    Float64Array.from(features(parts), (feature) => (weight * feature) / sample.cycles),
  );
  return [...nonNegativeLeastSquares(matrix, Float64Array.from(target))].map(round);
}

/**
 * Rates of ESP-NN's kernels in plain C. The loops over products take what their instructions do, `fewest`: compilers
 * put the loads well before what needs them. The rest, with its calls and multiplications of 64 bits, is fitted, and
 * takes a cycle for each instruction at least. Both at once, models of one study do not tell apart.
 */
export function plainRates(
  samples: readonly StandInSample[],
  fewest: readonly [loop: number, other: number],
): readonly [loop: number, other: number] {
  const least = ({ loops, other }: Parts): number => loops * fewest[0] + other * fewest[1];
  const [more] = solve(samples, ({ other }) => [other], least);
  return [round(fewest[0]), round(fewest[1] + more)];
}

/**
 * Rates of kernels of vector instructions; `rest` is that of whatever is neither convolution nor dense layer, which
 * models have too little of to tell.
 */
export function vectorRates(
  samples: readonly StandInSample[],
  rest: number,
  [loop, other]: readonly [loop: number, other: number],
): readonly number[] {
  const known = ({ vector, plainLoops, plainOther }: Parts): number =>
    (vector.at(-1) ?? 0) * rest + plainLoops * loop + plainOther * other;
  return [...solve(samples, ({ vector }) => vector.slice(0, -1), known), rest];
}

/** What vector kernels of other operators take of what plain C takes: the median over ESP-NN's own table of a chip. */
export function restShare(rows: readonly KernelRow[], chip: string): number {
  const ofKernels = (kernels: string): readonly KernelRow[] =>
    rows.filter(
      ({ group, board, runtime, model }) =>
        group === 'esp_nn_kernels' &&
        board?.startsWith(`${chip} `) === true &&
        runtime === kernels &&
        /add|mul|pool|softmax/.test(model ?? ''),
    );
  const plain = ofKernels('esp-nn ANSI C');
  const shares = ofKernels('esp-nn optimized').map(
    ({ model, cycles = 0 }) => cycles / (plain.find((row) => row.model === model)?.cycles ?? NaN),
  );
  return round(median(shares));
}

/** Cycles for each instruction of reference kernels: the median of the samples. */
export function referenceRate(samples: readonly StandInSample[]): number | undefined {
  const rates = samples.map((sample) => {
    const { reference, operators, waiting } = partsOf(sample);
    return (sample.cycles - waiting - operators * cyclesPerOperator) / reference;
  });
  const sound = rates.filter((rate) => rate > 0);
  return sound.length === 0 ? undefined : round(median(sound));
}

/** Cycles that rates give for a sample. */
export function predictStandIn(
  sample: StandInSample,
  rates: Pick<StandInRates, 'espNnLoop' | 'espNnOther' | 'vector'>,
  perInstruction: number,
): number {
  const { loops, other, vector, plainLoops, plainOther, reference, operators, waiting } = partsOf(sample);
  const ownKernels =
    rates.vector === undefined
      ? loops * rates.espNnLoop + other * rates.espNnOther
      : vector.reduce((sum, count, at) => sum + count * (rates.vector?.[at] ?? 0), 0) +
        plainLoops * rates.espNnLoop +
        plainOther * rates.espNnOther;
  return ownKernels + reference * perInstruction + (sample.isKernel ? 0 : operators * cyclesPerOperator) + waiting;
}

/**
 * The band of so few samples: the largest deviation of a sample from what the others say, and no narrower than a normal
 * distribution of that many would be expected to be.
 */
export function bandOf(ratios: readonly number[], fewest: number): StandInRates['espNnBand'] {
  const logs = ratios.map(Math.log);
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + log * log, 0) / Math.max(1, logs.length));
  const reach = Math.max(fewest, 1.645 * spread * (1 + 1 / Math.max(1, logs.length)));
  return { low: round(Math.exp(-reach)), high: round(Math.exp(reach)) };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
