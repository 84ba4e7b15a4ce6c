import { binaryKernel } from '../execute/binary';
import { input, output, type KernelMaker } from '../execute/kernel';
import { kernels } from '../execute/kernels';
import { encodeReal, realValuesOf } from '../model/values/real';

/** Computes each element of the output by the real number that the first input's stands for. */
export function byRealNumbers(compute: (value: number) => number): KernelMaker {
  return (call) => {
    const [from, to] = [input(call, 0), output(call)];
    return () => {
      to.bytes.set(encodeReal(to.tensor, realValuesOf(from, from.tensor).map(compute))!);
    };
  };
}

/** Compares the real numbers that the elements of two inputs stand for. */
export function comparedByRealNumbers(holds: (first: number, second: number) => boolean): KernelMaker {
  return (call) => {
    const [a, b] = [input(call, 0), input(call, 1)];
    return () => {
      const operands = {
        first: realValuesOf(a, a.tensor),
        second: realValuesOf(b, b.tensor),
        out: output(call).bytes,
      };
      binaryKernel(call, operands, (x, y) => (holds(x, y) ? 1 : 0))();
    };
  };
}

/** What the device's kernel computes, held between two integers of 32 bits. */
export function clampedInt32(
  kind: string,
  range: (call: Parameters<KernelMaker>[0]) => readonly [number, number],
): KernelMaker {
  return (call) => {
    const compute = kernels[kind](call);
    const [least, most] = range(call);
    return () => {
      compute();
      const values = output(call).int32;
      values.forEach((value, index) => (values[index] = Math.min(Math.max(value, least), most)));
    };
  };
}
