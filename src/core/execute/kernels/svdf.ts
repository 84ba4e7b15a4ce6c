import { enumOption, numberOption } from '../../model/options';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, notExecuted, output, type KernelInvocation, type Kernel } from '../kernel';
import type { Value } from '../value';
import { lookup } from '../../text/lookup';

/** SVDF: inputs are image, feature weights, time weights, bias, and the state that is kept. */
export const svdf = byType(inputType, { int8: svdfInt8, float32: svdfFloat32 });

interface Sizes {
  readonly batches: number;
  readonly depth: number;
  readonly filters: number;
  readonly memory: number;
  readonly units: number;
  readonly rank: number;
}

function sizesOf(call: KernelInvocation): Sizes {
  const [image, feature, time] = [input(call, 0), input(call, 1), input(call, 2)];
  const rank = numberOption(call.operator, 'rank', 1) || 1;
  const filters = feature.shape[0];
  return {
    batches: image.shape[0],
    depth: image.shape[1],
    filters,
    memory: time.shape[1],
    units: Math.floor(filters / rank),
    rank,
  };
}

function narrow(value: Value): Int8Array | Int16Array {
  return value.type === 'int16' ? value.int16 : value.int8;
}

/** Source: EvalIntegerSvdfReference() in TFLM's svdf_common.cc; factors are divided in 32-bit floating point. */
function svdfInt8(call: KernelInvocation): Kernel {
  const sizes = sizesOf(call);
  const { batches, depth, filters, memory, units, rank } = sizes;
  const [image, feature, time, bias, state] = [
    input(call, 0),
    input(call, 1),
    input(call, 2),
    call.inputs[3],
    input(call, 4),
  ];
  const result = output(call);
  const [values, weights, times, states, out] = [image.int8, feature.int8, narrow(time), narrow(state), result.int8];
  const f = Math.fround;
  const first = quantizeMultiplier(f(f(image.scale * feature.scale) / state.scale), call.rounding);
  const second = quantizeMultiplier(f(f(state.scale * time.scale) / result.scale), call.rounding);
  const rescale = rescaleOf(call.rounding);
  const most = state.type === 'int16' ? 32767 : 127;
  return () => {
    states.copyWithin(0, 1);
    for (let row = 0; row < batches * filters; row++) {
      const batch = Math.floor(row / filters) * depth;
      const weight = (row % filters) * depth;
      let sum = 0;
      for (let index = 0; index < depth; index++) {
        sum = (sum + Math.imul(weights[weight + index], values[batch + index] - image.zeroPoint)) | 0;
      }
      const value = Math.min(Math.max(rescale(sum, first.multiplier, first.shift), -most - 1), most);
      states[row * memory + memory - 1] = state.zeroPoint + value;
    }
    for (let unit = 0; unit < batches * units; unit++) {
      let sum = bias === undefined ? 0 : bias.int32[unit % units];
      for (let index = 0; index < rank; index++) {
        const row = unit * rank + index;
        const filter = row % filters;
        for (let step = 0; step < memory; step++) {
          sum = (sum + Math.imul(times[filter * memory + step], states[row * memory + step] - state.zeroPoint)) | 0;
        }
      }
      const value = rescale(sum, second.multiplier, second.shift) + result.zeroPoint;
      out[unit] = Math.min(Math.max(value, -128), 127);
    }
  };
}

function svdfFloat32(call: KernelInvocation): Kernel {
  const { batches, depth, filters, memory, units, rank } = sizesOf(call);
  const [values, weights, times, states] = [0, 1, 2, 4].map((position) => input(call, position).float32);
  const bias = call.inputs[3]?.float32;
  const out = output(call).float32;
  const activate = activationOf(call);
  const f = Math.fround;
  return () => {
    states.copyWithin(0, 1);
    for (let row = 0; row < batches * filters; row++) {
      const batch = Math.floor(row / filters) * depth;
      const weight = (row % filters) * depth;
      let sum = 0;
      for (let index = 0; index < depth; index++) sum = f(sum + f(weights[weight + index] * values[batch + index]));
      states[row * memory + memory - 1] = sum;
    }
    for (let unit = 0; unit < batches * units; unit++) {
      let total = bias?.[unit % units] ?? 0;
      for (let index = 0; index < rank; index++) {
        const row = unit * rank + index;
        let sum = 0;
        for (let step = 0; step < memory; step++) {
          sum = f(sum + f(times[(row % filters) * memory + step] * states[row * memory + step]));
        }
        total = f(total + sum);
      }
      out[unit] = activate(total);
    }
  };
}

const activations: Readonly<Record<string, (value: number) => number>> = lookup({
  NONE: (value) => value,
  RELU: (value) => Math.max(0, value),
  RELU_N1_TO_1: (value) => Math.max(-1, Math.min(value, 1)),
  RELU6: (value) => Math.max(0, Math.min(value, 6)),
  TANH: Math.tanh,
  SIGN_BIT: (value) => (value < 0 ? 1 : 0),
});

function activationOf(call: KernelInvocation): (value: number) => number {
  const name = enumOption(call.operator, 'fusedActivationFunction', 'NONE');
  const activation = activations[name];
  if (activation === undefined) throw notExecuted(call, `the fused activation ${name} is not supported`);
  return activation;
}
