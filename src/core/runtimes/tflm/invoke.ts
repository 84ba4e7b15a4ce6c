import type { CoreId } from '../../boards/board';

/** Instructions of `Invoke()` outside the kernels. */
interface InvokeCost {
  readonly call: number;
  readonly perOperator: number;
}

const armv7: InvokeCost = { call: 66, perOperator: 72 };

/**
 * Counted on 216 models in QEMU (TFLM 90b983c2, arm-none-eabi-gcc 12.2, interpreter -Os): `Invoke()` less its operators
 * is a line in their number, within 2 instructions. The Cortex-M85 runs the code of the M55.
 */
const costs: Partial<Record<CoreId, InvokeCost>> = {
  'cortex-m0plus': { call: 89, perOperator: 83 },
  'cortex-m3': armv7,
  'cortex-m4f': armv7,
  'cortex-m7': armv7,
  'cortex-m33': armv7,
  'cortex-m55': { call: 71, perOperator: 72 },
  'cortex-m85': { call: 71, perOperator: 72 },
};

/**
 * Instructions that the interpreter itself takes for one inference of `operators` operators; 0 for a core where nobody
 * counted them.
 */
export function interpreterInstructions(core: CoreId, operators: number): number {
  const cost = costs[core];
  return cost === undefined ? 0 : cost.call + cost.perOperator * operators;
}
