import { HumanError } from '../../model/problem';
import { binaryKernel } from '../binary';
import { byType, input, inputType, output } from '../kernel';

/** FLOOR_DIV in 64-bit floating point. The kernel stops at a divisor of 0. */
export const floorDiv = byType(inputType, {
  float32: (call) => {
    const operands = { first: input(call, 0).float32, second: input(call, 1).float32, out: output(call).float32 };
    return binaryKernel(call, operands, (a, b) => {
      if (b !== 0) return Math.floor(a / b);
      throw new HumanError(
        'division-by-zero',
        `Operator ${call.operator.index} (FLOOR_DIV) divides by 0, at which a device stops. Give other inputs.`,
      );
    });
  },
});

/** FLOOR_MOD: the remainder has the divisor's sign. */
export const floorMod = byType(inputType, {
  float32: (call) => {
    const operands = { first: input(call, 0).float32, second: input(call, 1).float32, out: output(call).float32 };
    return binaryKernel(call, operands, (a, b) => {
      const rest = a % b;
      return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest;
    });
  },
});
