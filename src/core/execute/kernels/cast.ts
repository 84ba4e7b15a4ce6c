import { input, output, type KernelMaker } from '../kernel';
import { numbersOf } from '../numbers';

/** CAST: towards zero; beyond 32 bits the nearest number, NaN 0, as on Arm; narrower integers keep the lower bits. */
export const cast: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [numbersOf(call, from), numbersOf(call, to)];
  const isToInteger = from.type === 'float32' && to.type !== 'float32';
  const [least, most] = to.type === 'uint32' ? [0, 4294967295] : [-2147483648, 2147483647];
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = values[index];
      out[index] = isToInteger ? Math.trunc(Math.min(Math.max(value, least), most)) : value;
    }
  };
};
