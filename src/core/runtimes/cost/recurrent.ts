import { dimension, inputOf, outputOf } from '../operands';
import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext, KernelPath, LoopCounts } from './kernelCall';
import { scaleCounts, sumCounts } from './copy';
import { vectorCounts } from './dense';

/**
 * SVDF: the feature product, the shifted state, the time product and the sum over ranks (`reference/…/svdf.cc`,
 * `arm_svdf_s8`).
 */
export function svdf(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const feature = inputOf(context, 1);
  const time = inputOf(context, 2);
  if (input === undefined || feature === undefined || time === undefined) return undefined;
  const batches = dimension(input, 0);
  const filters = dimension(feature, 0);
  const depth = dimension(input, 1);
  const memory = dimension(time, 1);
  const rank = Math.max(1, numberOption(context.operator, 'rank', 1));
  const optimized = context.library === 'cmsis_nn' && input.type === 'int8';
  const fourfold = optimized && context.path === 'dsp';
  const product: LoopCounts = optimized
    ? prefixCounts('feature', vectorCounts({ outputs: filters, depth }, context.path))
    : { feature: filters, featureMac: filters * depth };
  return {
    variant: `svdf ${input.type}, state ${inputOf(context, 4)?.type ?? 'unknown'}`,
    reason: 'Feature product, shifted state, time product.',
    counts: {
      call: 1,
      batch: batches,
      ...scaleCounts(product, batches),
      stateValue: batches * filters * memory,
      time: batches * filters,
      timeBlock4: fourfold ? batches * filters * Math.floor(memory / 4) : 0,
      timeMac: batches * filters * (fourfold ? memory % 4 : memory),
      unit: (batches * filters) / rank,
    },
  };
}

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM: four gates a step, each a product with the input and one with the state (`lstm_eval.h`;
 * `arm_lstm_unidirectional_s8` with `arm_nn_vec_mat_mul_result_acc_s8_s16`, whose blocks are those of the dense
 * kernels).
 */
export function lstm(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  const weights = inputOf(context, 2);
  if (input === undefined || output === undefined || weights === undefined) return undefined;
  const timeMajor = context.operator.options?.values['timeMajor'] === true;
  const steps = dimension(input, timeMajor ? 0 : 1);
  const batches = dimension(input, timeMajor ? 1 : 0);
  const depth = dimension(input, -1);
  const state = dimension(output, -1);
  const rows = steps * batches;
  const base = { call: 1, step: timeMajor ? steps : rows, row: rows, cell: rows * state };
  const optimized = context.library === 'cmsis_nn' && input.type === 'int8';
  const products = optimized
    ? gateProducts(state, depth, context.path)
    : [{ inputMac: state * depth }, { stateMac: state * state }];
  const stateRows = optimized ? rows - batches : rows;
  return {
    variant: `lstm ${input.type}`,
    reason: 'Four gates a step.',
    counts: sumCounts(base, scaleCounts(products[0] ?? {}, rows * 4), scaleCounts(products[1] ?? {}, stateRows * 4)),
  };
}

/**
 * The products with the input and with the state, which run the same code. TFLM hands CMSIS-NN no earlier state: the
 * first step of each sequence has no product with the state.
 */
function gateProducts(state: number, depth: number, path: KernelPath): readonly LoopCounts[] {
  return [vectorCounts({ outputs: state, depth }, path), vectorCounts({ outputs: state, depth: state }, path)];
}

function prefixCounts(name: string, counts: LoopCounts): LoopCounts {
  return Object.fromEntries(Object.entries(counts).map(([part, count]) => [`${name} ${part}`, count]));
}
