import { input, output, type KernelMaker } from '../kernel';

/** Operators that give their input another shape: RESHAPE, SQUEEZE, EXPAND_DIMS. */
export const sameElements: KernelMaker = (call) => {
  const [from, to] = [input(call, 0).bytes, output(call).bytes];
  return () => to.set(from.subarray(0, to.length));
};
