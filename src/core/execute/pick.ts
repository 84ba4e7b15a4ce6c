import { input, type KernelInvocation, type Kernel } from './kernel';
import type { Value } from './value';

type Elements = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Memory as elements of 1, 2, 4 or 8 bytes, whatever they mean. */
function elementsOf(value: Value): Elements {
  const { buffer } = value.bytes;
  if (value.elementBytes === 8) return new BigUint64Array(buffer);
  if (value.elementBytes === 4) return new Uint32Array(buffer);
  return value.elementBytes === 2 ? new Uint16Array(buffer) : value.bytes;
}

/** Copies of `from`'s elements into `to`: element i of `to` is element `indices[i]` of `from`. */
export function picking(from: Value, to: Value): (indices: Int32Array) => void {
  const [source, target] = [elementsOf(from), elementsOf(to)];
  return (indices) => {
    for (let index = 0; index < indices.length; index++) target[index] = source[indices[index]];
  };
}

/**
 * A kernel that picks elements of its first input by indices which are found once where `parameters` are constants,
 * else each time.
 */
export function pickKernel(
  call: KernelInvocation,
  to: Value,
  parameters: readonly number[],
  find: () => Int32Array,
): Kernel {
  const pick = picking(input(call, 0), to);
  const isFixed = parameters.every((position) => call.inputs[position]?.isConstant !== false);
  if (!isFixed) return () => pick(find());
  const indices = find();
  return () => pick(indices);
}
