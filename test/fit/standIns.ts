import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { codeWait, flashPathOf, flashWait, weightOrder } from '../../src/core/estimate/timing/flashWait';
import { windowClass } from '../../src/core/estimate/timing/standIn';
import type { StandInRates, WindowRates } from '../../src/core/estimate/timing/timingFacts';
import { vectorFeatures } from '../../src/core/estimate/timing/vectorFeatures';
import { standInCost } from '../../src/core/runtimes/cost/cost';
import { nonNegativeLeastSquares } from './leastSquares';
import type { KernelRow, StandInSample } from './standInSamples';
import { median } from './statistics';

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
  /** Of reference kernels: instructions by rate, and those of kernels that slide no window. */
  readonly windows: WindowRates;
  readonly reference: number;
  readonly operators: number;
  readonly waiting: number;
}

export function partsOf({ model, choice, tensorWait = 0 }: StandInSample): Parts {
  const { target } = resolveTarget(choice);
  const path = flashPathOf(target);
  const sums = { loops: 0, other: 0, plainLoops: 0, plainOther: 0, reference: 0, operators: 0, waiting: tensorWait };
  const windows = { integerOs: 0, integerO3: 0, floatO3: 0 };
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
      const window = windowClass(operator, work.cost.variant, target);
      if (window === undefined) sums.reference += instructions;
      else windows[window] += instructions;
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
  return { ...sums, windows, vector };
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

/** Cycles of a model of reference kernels besides what `known` rates give, over the rest of its instructions. */
export function rateBeside(
  sample: StandInSample,
  instructionsOf: (parts: Parts) => number,
  known: (parts: Parts) => number,
): number {
  const parts = partsOf(sample);
  return (sample.cycles - parts.waiting - parts.operators * cyclesPerOperator - known(parts)) / instructionsOf(parts);
}

type Rates = Pick<StandInRates, 'espNnLoop' | 'espNnOther' | 'vector' | 'windows' | 'reference'>;

/** Cycles that rates give for a sample. */
export function predictStandIn(sample: StandInSample, rates: Rates): number {
  const { loops, other, vector, plainLoops, plainOther, windows, reference, operators, waiting } = partsOf(sample);
  const ownKernels =
    rates.vector === undefined
      ? loops * rates.espNnLoop + other * rates.espNnOther
      : vector.reduce((sum, count, at) => sum + count * (rates.vector?.[at] ?? 0), 0) +
        plainLoops * rates.espNnLoop +
        plainOther * rates.espNnOther;
  const referenceKernels =
    windows.integerOs * rates.windows.integerOs +
    windows.integerO3 * rates.windows.integerO3 +
    windows.floatO3 * rates.windows.floatO3 +
    reference * rates.reference;
  return ownKernels + referenceKernels + (sample.isKernel ? 0 : operators * cyclesPerOperator) + waiting;
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
