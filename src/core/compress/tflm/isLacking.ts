import type { KernelsInUse } from '../../faults/kernelsInUse';
import { dayOfOperator } from '../../runtimes/tflm/versions';

/** Whether the version of TFLM in use has no kernel yet for operators of a kind. */
export function isLacking(kind: string, { day }: KernelsInUse): boolean {
  return (dayOfOperator(kind) ?? '') > day;
}
