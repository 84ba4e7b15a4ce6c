import type { Graph, Model, Operator, Tensor } from '../../model/model';
import { decode } from '../../model/values/stored';

/**
 * Which code of a kernel library is compiled for a core: `none` is plain C, `dsp` uses the 16-bit SIMD of Armv7E-M and
 * Armv8-M with DSP, `mve` uses Helium. The reference library has plain C only, but its compiled form still differs by
 * core.
 */
export type KernelPath = 'none' | 'dsp' | 'mve';

/** How often each part of a kernel's loop nest runs, by name of the part. All counts are 0 or more. */
export type LoopCounts = Readonly<Record<string, number>>;

/** One execution of one operator, as the kernel that is chosen for it sees it. */
export interface KernelCall {
  /** Name of the kernel variant: the coefficients are kept by it. */
  readonly variant: string;
  /** Whole sentence: why this variant runs. */
  readonly reason: string;
  readonly counts: LoopCounts;
  /** Counts for the data that take least and most work, where the work depends on the data. */
  readonly fewest?: LoopCounts;
  readonly most?: LoopCounts;
  /** True for kernels that no optimized library replaces: the same code runs in every library. */
  readonly shared?: true;
}

/** The libraries whose kernels were counted. */
export type KernelCode = 'reference' | 'cmsis_nn' | 'esp_nn';

/** The operator to be costed, and the library and path that it runs on. */
export interface KernelContext {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly model: Model;
  readonly library: KernelCode;
  readonly path: KernelPath;
  /** Whether the core computes with floating-point values in software: its work then depends on the values. */
  readonly softFloat?: boolean;
}

/** Chooses the kernel variant of an operator and counts its loops; `undefined` where the tables know no such kernel. */
export type KernelSelector = (context: KernelContext) => KernelCall | undefined;

/** A constant tensor's values as 32-bit integers; `undefined` for an activation. At most 64 values are read. */
export function constantIntegers(tensor: Tensor | undefined): readonly number[] | undefined {
  const data = tensor?.data;
  if (tensor === undefined || data === undefined) return undefined;
  const bytes = tensor.type === 'int64' ? 8 : tensor.type === 'int32' ? 4 : tensor.type === 'int16' ? 2 : 0;
  if (bytes === 0) return undefined;
  const values = decode(tensor.type, data, Math.min(64, Math.floor(data.byteLength / bytes)));
  return values && Array.from(values);
}
