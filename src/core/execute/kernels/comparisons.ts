import { binaryKernel } from '../binary';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { input, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { numbersOf } from '../numbers';

/** Compares two numbers by the sign of their difference. */
type Holds = (order: number) => boolean;

export const equal = comparison((order) => order === 0);
export const notEqual = comparison((order) => order !== 0);
const greaterThan = comparison((order) => order > 0);
export const greater: KernelMaker = (call) =>
  input(call, 0).type === 'int16' ? nothingGreater(call) : greaterThan(call);
export const greaterEqual = comparison((order) => order >= 0);
export const less = comparison((order) => order < 0);
export const lessEqual = comparison((order) => order <= 0);

function comparison(holds: Holds): KernelMaker {
  return (call) => {
    const [a, b] = [input(call, 0), input(call, 1)];
    if (a.type === 'int64') {
      const wide = { first: a.int64, second: b.int64, out: output(call).bytes };
      return binaryKernel(call, wide, (x, y) => (holds(x < y ? -1 : x > y ? 1 : 0) ? 1 : 0));
    }
    const operands = { first: numbersOf(call, a), second: numbersOf(call, b), out: output(call).bytes };
    if (a.type === 'int8') return binaryKernel(call, operands, scaledComparison(call, holds));
    // A comparison with NaN holds for "not equal" alone, as the order NaN does.
    return binaryKernel(call, operands, (x, y) => (holds(x === y ? 0 : x - y) ? 1 : 0));
  };
}

/**
 * The int16 kernel of GREATER compares with multipliers that stay 0. Source: ComparisonsPrepare() sets them for int8
 * alone.
 */
function nothingGreater(call: KernelInvocation): Kernel {
  const { bytes } = output(call);
  return () => void bytes.fill(0);
}

/** int8 values are brought to one scale first. Source: ComparisonsPrepare() in TFLM's comparisons.cc. */
function scaledComparison(call: KernelInvocation, holds: Holds): (a: number, b: number) => number {
  const [a, b] = [input(call, 0), input(call, 1)];
  const rescale = rescaleOf(call.rounding);
  const first = quantizeMultiplier(a.scale, call.rounding);
  const second = quantizeMultiplier(b.scale, call.rounding);
  return (x, y) => {
    const left = rescale((x - a.zeroPoint) << 8, first.multiplier, first.shift);
    const right = rescale((y - b.zeroPoint) << 8, second.multiplier, second.shift);
    return holds(left - right) ? 1 : 0;
  };
}

export const logicalAnd = logical((a, b) => (a !== 0 && b !== 0 ? 1 : 0));
export const logicalOr = logical((a, b) => (a !== 0 || b !== 0 ? 1 : 0));

function logical(compute: (a: number, b: number) => number): KernelMaker {
  return (call) => {
    const operands = { first: input(call, 0).bytes, second: input(call, 1).bytes, out: output(call).bytes };
    return binaryKernel(call, operands, compute);
  };
}
