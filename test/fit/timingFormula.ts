import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { streamedWeightBytes, rereadWeightBytes } from '../../src/core/estimate/timing/weightTraffic';
import type { CycleFit } from '../../src/core/estimate/timing/timingFacts';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import { operatorCost } from '../../src/core/runtimes/kernels/cost';
import type { Target } from '../../src/core/runtimes/target';
import { nonNegativeLeastSquares } from './leastSquares';

const models = join(import.meta.dirname, '../../../shared/data/models');

/** Data cache of the STM32L4R5's flash interface: 8 lines of 32 bytes (board_memory.json). */
export const dataCacheBytes = 256;

/** One measured model of the reference board. */
export interface Sample {
  readonly model: string;
  /** Instructions, operators, bytes of weights read again, bytes of weights streamed. */
  readonly features: readonly [number, number, number, number];
  readonly cycles: number;
}

/** Instructions, operators and bytes of weights read again of a whole model; `undefined` where an operator's cost is not known. */
export function featuresOf(model: Model, target: Target): readonly [number, number, number, number] | undefined {
  let instructions = 0;
  let reread = 0;
  let streamed = 0;
  const placed = placedOperators(model);
  for (const { operator, graph } of placed) {
    const cost = operatorCost(operator, graph, model, target);
    if (cost === undefined) return undefined;
    instructions += cost.instructions;
    reread += rereadWeightBytes(operator, graph, dataCacheBytes);
    streamed += streamedWeightBytes(operator, graph, dataCacheBytes);
  }
  return [instructions, placed.length, reread, streamed];
}

/** Coefficients, none negative, that make the relative errors least. */
export function solveRelative(samples: readonly Sample[]): readonly number[] {
  const rows = samples.map(({ features, cycles }) => Float64Array.from(features, (feature) => feature / cycles));
  return [...nonNegativeLeastSquares(rows, new Float64Array(samples.length).fill(1))];
}

/** Cycles that the reference formula gives for an MLPerf Tiny model with the instructions of `core`; the scale is what is left. */
export function formulaCycles(
  benchmark: string,
  core: string,
  fits: Readonly<Record<string, CycleFit>>,
): number | undefined {
  const file = benchmarkFiles[benchmark] ?? benchmark;
  if (!existsSync(join(models, `${file}.tflite`))) return undefined;
  const { model } = readTflite(readFileSync(join(models, `${file}.tflite`)));
  const { target } = resolveTarget({ runtime: 'tflm-cmsis-nn', settings: { core, optimization: 'O3' } });
  const features = featuresOf(model, target);
  const fit = fits['int8 O3'];
  return features && predict(coefficientsOf(fit), features);
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
export function coefficientsOf(fit: CycleFit): readonly number[] {
  return [fit.cyclesPerInstruction, fit.cyclesPerOperator, fit.cyclesPerRereadByte, fit.cyclesPerStreamedByte];
}
