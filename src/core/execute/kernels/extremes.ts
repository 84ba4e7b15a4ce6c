import { binaryKernel } from '../binary';
import { input, output, type KernelMaker } from '../kernel';
import { numbersOf } from '../numbers';

/** MAXIMUM and MINIMUM compare stored values: their scales are equal. */
export const maximum = extreme((a, b) => a > b);
export const minimum = extreme((a, b) => a < b);

/** Numbers, or big integers where those do not hold the values exactly. */
type Stored = number | bigint;

function extreme(isChosen: (a: Stored, b: Stored) => boolean): KernelMaker {
  return (call) => {
    const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
    const choose = <Value extends Stored>(x: Value, y: Value): Value => (isChosen(x, y) ? x : y);
    if (result.type === 'int64') {
      return binaryKernel(call, { first: a.int64, second: b.int64, out: result.int64 }, choose<bigint>);
    }
    const operands = { first: numbersOf(call, a), second: numbersOf(call, b), out: numbersOf(call, result) };
    return binaryKernel(call, operands, choose<number>);
  };
}
