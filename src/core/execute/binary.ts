import { broadcastIndices } from './broadcast';
import { input, output, type KernelInvocation, type Kernel } from './kernel';

/** Two inputs and an output, of numbers or, where those do not hold them exactly, of big integers. */
interface Operands<From, To> {
  readonly first: ArrayLike<From>;
  readonly second: ArrayLike<From>;
  readonly out: { [index: number]: To; readonly length: number };
}

/** A kernel that computes each output element from the input elements which broadcasting puts beside each other. */
export function binaryKernel<From extends number | bigint, To extends number | bigint>(
  call: KernelInvocation,
  { first, second, out }: Operands<From, To>,
  compute: (a: From, b: From) => To,
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
