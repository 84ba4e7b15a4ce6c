import type { KernelIsa } from '../boards/board';
import type { KernelMaker } from '../execute/kernel';
import type { Graph, Operator, Tensor } from '../model/model';
import { isQuantized } from '../operators/quantizationChecks';
import type { KernelLibrary } from '../operators/operator';

/**
 * What a board does where a fault applies: it answers wrongly without a word, or for some inputs; it refuses some
 * inputs while it runs, or the whole model; it stops while it is set up; it writes beyond a buffer; or it takes long.
 */
export type FaultOutcome = 'wrong' | 'wrong-values' | 'refuses-values' | 'refused' | 'crashes' | 'overruns' | 'slow';

/**
 * Which kernels have a fault. Versions are those of TFLM by date of the change, `YYYY-MM-DD` (of CMSIS-NN the day on
 * which TFLM took over the change); absent is without beginning or end.
 */
export interface AffectedKernels {
  readonly libraries: readonly KernelLibrary[];
  readonly since?: string;
  /** The first day without it. */
  readonly until?: string;
  /** The instruction sets that it is in; absent for all. */
  readonly isas?: readonly KernelIsa[];
  /** Releases of ESP-NN: the first with it, and the first without. */
  readonly espNn?: { readonly since?: string; readonly until?: string };
}

/** A known fault of the kernels: they answer otherwise than TF Lite does. One file each, one line in `faults.ts`. */
export interface Fault {
  /** Stable, in kebab case. */
  readonly id: string;
  /** Operators that it may be in, by kind. */
  readonly operators: readonly string[];
  /** Whether it applies to this operator: exact, by its types, options and quantization. */
  readonly applies: (operator: Operator, graph: Graph) => boolean;
  /** It hangs on scales and zero points that calibration gives. */
  readonly isOfRanges?: true;
  readonly outcome: FaultOutcome;
  /** What the kernel does, as a complete sentence without the operator's name: "The kernel …". */
  readonly effect: string;
  /** What to do, as a complete sentence. */
  readonly remedy: string;
  /** Why no rewrite of the model mends it, as a complete sentence; absent where one does. */
  readonly notRewritten?: string;
  /** Where it was read, and that it was seen to happen. */
  readonly source: string;
  readonly affected: AffectedKernels;
  /**
   * Computes what the file means, as TF Lite does but for roundings of one step; absent where TF Lite computes the
   * same, or what a variable holds beforehand.
   */
  readonly meant?: KernelMaker;
}

/** All kernels of today: a fault of the reference kernels that the libraries do not replace. */
export const everyLibrary: readonly KernelLibrary[] = ['reference', 'cmsis_nn', 'esp_nn'];

/** True where two tensors stand for other numbers by the same integers. */
export function scaledOtherwise(first: Tensor | undefined, second: Tensor | undefined): boolean {
  if (!isQuantized(first) || !isQuantized(second)) return false;
  const [one, other] = [first!.quantization!, second!.quantization!];
  return one.scales[0] !== other.scales[0] || one.zeroPoints[0] !== other.zeroPoints[0];
}
