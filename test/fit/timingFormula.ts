import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { architectureCycles } from '../../src/core/estimate/timing/architecture';
import { withoutOtherKernels } from '../../src/core/estimate/timing/otherKernels';
import { dataCachesOf, weightWaitTerms, workTerms } from '../../src/core/estimate/timing/workTerms';
import type { Coefficients } from '../../src/core/estimate/timing/timingFacts';
import { elementCount } from '../../src/core/model/dataType';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import { operatorCost } from '../../src/core/runtimes/cost/cost';
import type { RuntimeId } from '../../src/core/runtimes/runtimeId';
import type { Target } from '../../src/core/runtimes/target';
import { boardById } from '../../src/core/boards/boards';
import { boundedLeastSquares } from './leastSquares';

const models = join(import.meta.dirname, '../../../shared/data/models');

/** Data cache of the STM32L4R5's flash interface: 8 lines of 32 bytes (board_memory.json). */
export const dataCacheBytes = 256;

/** One measured model of the reference board. */
export interface Sample {
  readonly model: string;
  /** Instructions, those of `workTerms` in their order, and what the study timed besides (`harnessTerms`). */
  readonly features: readonly number[];
  readonly cycles: number;
  readonly isFloat: boolean;
  /** Measured with another kernel than the one whose instructions are counted: no fit takes it, errors count it. */
  readonly isOtherKernel: boolean;
}

/** Instructions and other work of a whole model; `undefined` where an operator's cost is not known. */
export function featuresOf(model: Model, target: Target): readonly number[] | undefined {
  const features = [0, ...workTerms.map(() => 0)];
  const caches = dataCachesOf(target, dataCacheBytes);
  for (const { operator, graph } of placedOperators(model)) {
    const cost = operatorCost(operator, graph, model, target);
    if (cost === undefined) return undefined;
    features[0] += cost.instructions;
    workTerms.forEach(([, work], index) => {
      features[index + 1] += work(operator, graph, caches);
    });
  }
  return features;
}

/**
 * What the study timed beside the inference (Black3rror/Benchmarking@3e7237d NUCLEO-L4R5ZI_TFLM/Core/Src, benchmark.cpp
 * and benchmarking_utils.cpp): each value of the input and of the output is copied by a call of `input(0)` or
 * `output(0)`, which goes through the model's tables in flash; and code is cold, since each run follows on the printing
 * of the one before. Fitted with the rest, so that it is taken off, and no part of any figure.
 */
export const harnessTerms = ['copied value', 'run'] as const;

/** How often each of `harnessTerms` happens. */
export function harnessFeatures({ graphs: [{ inputs, outputs, tensors }] }: Model): readonly number[] {
  const values = [...inputs, ...outputs].reduce((sum, index) => sum + elementCount(tensors[index].shape), 0);
  return [values, 1];
}

/**
 * A run takes beside its operators about what one of these takes: both are calls of code that is cold. It counts as
 * little as a sample that may be off by a quarter for 1,000 cycles, and tells the two apart where models of a few
 * operators and hardly any work are not among the samples.
 */
const runIsLikeOperator = { weight: 0.04, cycles: 1000 };

/**
 * Cores whose cycles are those of their manual or pipeline: where code and constants answer without waits or through a
 * cache that holds both, and the Cortex-M0+ and M55 everywhere, since their instructions are others than those of the
 * reference board.
 */
export const architectureKeys: ReadonlySet<string> = new Set([
  'cortex-m0plus',
  'cortex-m0plus cached',
  'cortex-m33 cached',
  'cortex-m7 cached',
  'cortex-m55',
]);

/** Cycles of a whole model by the core's manual, without waits; `undefined` where an operator's cost is not known. */
export function architectureOf(model: Model, target: Target): number | undefined {
  let sum = 0;
  for (const { operator, graph } of placedOperators(model)) {
    const cost = operatorCost(operator, graph, model, target);
    const cycles = cost && architectureCycles(cost, { operator, graph }, target);
    if (cycles === undefined) return undefined;
    sum += cycles;
  }
  return sum;
}

/**
 * Wait states of the reference board's flash, and bytes that it reads at once, in two banks as it is delivered (ST's
 * stm32l4xx_hal_flash.h: OB_DBANK_64_BITS, "Dual-bank with 64-bits data").
 */
const flash = { waitStates: boardById('nucleo_l4r5zi')?.memory?.flashWaitStates?.value ?? 0, readBytes: 8 };

/**
 * The most that a byte of float weights can wait, by the place of its coefficient: kernels read them in a row, so that
 * each read of the flash is waited for once. Integer kernels go along several rows at once, which nothing so simple
 * bounds.
 */
function mostOfBytes(samples: readonly Sample[]): ReadonlyMap<number, number> {
  if (samples.some(({ isFloat }) => !isFloat)) return new Map();
  const waits = new Set(weightWaitTerms.map(([name]) => name));
  const most = flash.waitStates / flash.readBytes;
  return new Map(workTerms.flatMap(([name], index) => (waits.has(name) ? [[index + 1, most] as const] : [])));
}

/** Coefficients, none negative and none beyond what memory can take, that make the relative errors least. */
export function solveRelative(samples: readonly Sample[]): readonly number[] {
  const rows = samples
    .filter(({ isOtherKernel }) => !isOtherKernel)
    .map(({ features, cycles }) => Float64Array.from(features, (feature) => feature / cycles));
  const target = new Float64Array(rows.length + 1).fill(1);
  target[rows.length] = 0;
  return [...boundedLeastSquares([...rows, runLikeOperator()], target, mostOfBytes(samples))];
}

function runLikeOperator(): Float64Array {
  const row = new Float64Array(1 + workTerms.length + harnessTerms.length);
  const each = runIsLikeOperator.weight / runIsLikeOperator.cycles;
  row[1 + workTerms.findIndex(([name]) => name === 'cyclesPerOperator')] = -each;
  row[row.length - 1] = each;
  return row;
}

/** Measured over predicted cycles of each sample, by a fit that has seen no sample of its model. */
export function heldOutRatios(
  samples: readonly Sample[],
): readonly { readonly model: string; readonly ratio: number }[] {
  const models = [...new Set(samples.map(({ model }) => model))];
  return models.flatMap((model) => {
    const fit = solveRelative(samples.filter((sample) => sample.model !== model));
    return samples
      .filter((sample) => sample.model === model)
      .map(({ features, cycles }) => ({ model, ratio: cycles / predict(fit, features) }));
  });
}

/** The model with the largest error. */
export function worstOf<Held extends { readonly ratio: number }>(heldOut: readonly Held[]): Held {
  return heldOut.reduce((a, b) => (Math.abs(1 / b.ratio - 1) > Math.abs(1 / a.ratio - 1) ? b : a));
}

/**
 * Cycles that the reference formula gives for an MLPerf Tiny model with the instructions of `core` and `runtime`; the
 * scale is what is left.
 */
export function formulaCycles(
  benchmark: string,
  core: string,
  fits: Readonly<Record<string, Coefficients>>,
  runtime: RuntimeId = 'tflm-cmsis-nn',
): number | undefined {
  const file = benchmarkFiles[benchmark] ?? benchmark;
  if (!existsSync(join(models, `${file}.tflite`))) return undefined;
  const { model } = readTflite(readFileSync(join(models, `${file}.tflite`)));
  const { target } = resolveTarget({ runtime, settings: { core, optimization: 'O3' } });
  if (architectureKeys.has(core)) return architectureOf(model, target);
  const features = featuresOf(model, target);
  const fit = fits['int8 O3'];
  return features && predict(coefficientsOf(withoutOtherKernels(fit, target)), features);
}

/** The reference models of MLPerf Tiny, by benchmark. */
const benchmarkFiles: Readonly<Record<string, string>> = {
  KWS: 'mlperf_kws_ref_model',
  VWW: 'mlperf_vww_96_int8',
  IC: 'mlperf_pretrainedResnet_quant',
  AD: 'mlperf_model_ToyCar_quant_fullint_micro_intio',
};

/** Cycles of a fit for these features. */
export function predict(fit: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, feature, index) => sum + feature * fit[index], 0);
}

/** The coefficients of a fit in the order of the features. */
export function coefficientsOf(fit: Coefficients): readonly number[] {
  return [fit.cyclesPerInstruction, ...workTerms.map(([name]) => fit[name])];
}

/** The other way round. */
export function namedCoefficients([perInstruction, ...others]: readonly number[]): Coefficients {
  const round = (value: number): number => Number(value.toPrecision(5));
  const named = workTerms.map(([name], index) => [name, round(others[index])] as const);
  return { cyclesPerInstruction: round(perInstruction), ...Object.fromEntries(named) } as Coefficients;
}
