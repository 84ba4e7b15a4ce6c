import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext } from './kernelCall';
import { dimension, inputTensor, outputTensor } from './kernelCall';

/** SVDF: the feature product, the shifted state, the time product and the sum over ranks (`reference/…/svdf.cc`, `arm_svdf_s8`). */
export function svdf(context: KernelContext): KernelCall | undefined {
  const input = inputTensor(context, 0);
  const feature = inputTensor(context, 1);
  const time = inputTensor(context, 2);
  if (input === undefined || feature === undefined || time === undefined) return undefined;
  const batches = dimension(input, 0);
  const filters = dimension(feature, 0);
  const depth = dimension(input, 1);
  const memory = dimension(time, 1);
  const rank = Math.max(1, numberOption(context.operator, 'rank', 1));
  return {
    variant: `svdf ${input.type}`,
    reason: 'Feature product, shifted state, time product.',
    counts: {
      call: 1,
      feature: batches * filters,
      featureMac: batches * filters * depth,
      time: batches * filters,
      timeMac: batches * filters * memory,
      unit: (batches * filters) / rank,
    },
  };
}

/** UNIDIRECTIONAL_SEQUENCE_LSTM: four gates a step, each a product with the input and one with the state. */
export function lstm(context: KernelContext): KernelCall | undefined {
  const input = inputTensor(context, 0);
  const output = outputTensor(context);
  const weights = inputTensor(context, 2);
  if (input === undefined || output === undefined || weights === undefined) return undefined;
  const timeMajor = context.operator.options?.values['timeMajor'] === true;
  const steps = dimension(input, timeMajor ? 0 : 1);
  const batches = dimension(input, timeMajor ? 1 : 0);
  const depth = dimension(input, -1);
  const state = dimension(output, -1);
  const rows = steps * batches;
  return {
    variant: `lstm ${input.type}`,
    reason: 'Four gates a step.',
    counts: {
      call: 1,
      step: steps,
      cell: rows * state,
      inputMac: rows * 4 * state * depth,
      stateMac: rows * 4 * state * state,
    },
  };
}
