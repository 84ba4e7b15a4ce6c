import { input, output, type KernelMaker } from '../kernel';
import { fill as repeat } from './pad';

/** SHAPE: the dimensions as int32. */
export const shape: KernelMaker = (call) => {
  const out = output(call).int32;
  const dimensions = input(call, 0).shape;
  return () => out.set(dimensions.slice(0, out.length));
};

/** FILL: the second input everywhere. */
export const fill: KernelMaker = (call) => {
  const [value, to] = [input(call, 1), output(call)];
  return () => repeat(to.bytes, value.bytes.subarray(0, value.elementBytes));
};

export const zerosLike: KernelMaker = (call) => {
  const to = output(call).bytes;
  return () => {
    to.fill(0);
  };
};

/** BROADCAST_ARGS: the shape that two shapes broadcast to. */
export const broadcastArgs: KernelMaker = (call) => {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const read = (value: typeof a): number[] =>
    value.type === 'int64' ? Array.from(value.int64, Number) : Array.from(value.int32);
  return () => {
    const [first, second] = [read(a).reverse(), read(b).reverse()];
    for (let back = 0; back < result.elements; back++) {
      const [x, y] = [first[back] ?? 1, second[back] ?? 1];
      const length = x === 1 ? y : x;
      const at = result.elements - 1 - back;
      if (result.type === 'int64') result.int64[at] = BigInt(length);
      else result.int32[at] = length;
    }
  };
};
