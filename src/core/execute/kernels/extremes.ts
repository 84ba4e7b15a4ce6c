import { binaryKernel } from '../binary';
import { broadcastIndices } from '../broadcast';
import { input, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { numbersOf } from '../numbers';

/** MAXIMUM and MINIMUM compare stored values: their scales are equal. */
export const maximum = extreme(
  (a, b) => (a > b ? a : b),
  (a, b) => a > b,
);
export const minimum = extreme(
  (a, b) => (a < b ? a : b),
  (a, b) => a < b,
);

function extreme(choose: (a: number, b: number) => number, isFirst: (a: bigint, b: bigint) => boolean): KernelMaker {
  return (call) => {
    const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
    if (result.type === 'int64') return wideExtreme(call, isFirst);
    const operands = { first: numbersOf(call, a), second: numbersOf(call, b), out: numbersOf(call, result) };
    return binaryKernel(call, operands, choose);
  };
}

function wideExtreme(call: KernelInvocation, isFirst: (a: bigint, b: bigint) => boolean): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const [first, second, out] = [a.int64, b.int64, result.int64];
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const left = first[firstIndices?.[index] ?? index];
      const right = second[secondIndices?.[index] ?? index];
      out[index] = isFirst(left, right) ? left : right;
    }
  };
}
