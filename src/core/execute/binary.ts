import { broadcastIndices } from './broadcast';
import { input, output, type KernelInvocation, type Kernel } from './kernel';

/** Two inputs and an output as numbers. */
interface Operands {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly out: { [index: number]: number; readonly length: number };
}

/** A kernel that computes each output element from the input elements which broadcasting puts beside each other. */
export function binaryKernel(
  call: KernelInvocation,
  { first, second, out }: Operands,
  compute: (a: number, b: number) => number,
): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  return () => {
    for (let index = 0; index < out.length; index++) {
      out[index] = compute(
        first[firstIndices === undefined ? index : firstIndices[index]],
        second[secondIndices === undefined ? index : secondIndices[index]],
      );
    }
  };
}
