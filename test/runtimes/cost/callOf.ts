import type { DataType } from '../../../src/core/model/dataType';
import type { Operator, OptionValue } from '../../../src/core/model/model';
import type { KernelCall, KernelPath } from '../../../src/core/runtimes/cost/kernelCall';
import { selectors } from '../../../src/core/runtimes/cost/selectors';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';

/** An operator in one line: its tensors by type and shape, constants as lists of 32-bit values. */
export interface Case {
  readonly kind: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly inputs: readonly (readonly [type: DataType, shape: readonly number[], values?: readonly number[]] | null)[];
  readonly output: readonly [type: DataType, shape: readonly number[]];
  readonly library?: 'reference' | 'cmsis_nn';
  readonly path?: KernelPath;
  /** Whether the core computes with floating-point values in software. */
  readonly softFloat?: boolean;
  /** An operator that makes input 0 of the case. */
  readonly before?: { readonly kind: string; readonly activation?: string };
  /** Scales of input 1; one by default. */
  readonly scales?: number;
}

/** The kernel that a library chooses for a case; CMSIS-NN with DSP by default. */
export function callOf(input: Case): KernelCall | undefined {
  const scales = quantized(new Array<number>(input.scales ?? 1).fill(0.5));
  const given = input.inputs.flatMap((entry, position) => {
    if (entry === null) return [];
    const [type, shape, values] = entry;
    const data = values === undefined ? {} : { data: new Uint8Array(Int32Array.from(values).buffer) };
    return [
      tensor(`i${String(position)}`, type, shape, { ...data, ...(position === 1 ? { quantization: scales } : {}) }),
    ];
  });
  let next = 0;
  const places = input.inputs.map((entry) => (entry === null ? -1 : next++));
  const made = graph(
    [...given, tensor('out', ...input.output)],
    [
      operator(input.kind, places, [given.length], { options: options('Options', input.options ?? {}) }),
      ...producerOf(input),
    ],
  );
  const first = made.operators[0];
  if (first === undefined) return undefined;
  const library = input.library ?? 'cmsis_nn';
  const path = input.path ?? (library === 'reference' ? 'none' : 'dsp');
  const softFloat = input.softFloat ?? false;
  return selectors.get(input.kind)?.({ operator: first, graph: made, model: model(made), library, path, softFloat });
}

function producerOf({ before }: Case): readonly Operator[] {
  if (before === undefined) return [];
  const values = { fusedActivationFunction: before.activation ?? 'NONE' };
  return [operator(before.kind, [], [0], { options: options('Options', values) })];
}

/** The counts that are not 0. */
export function countsOf(input: Case): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(callOf(input)?.counts ?? {}).filter(([, count]) => count !== 0));
}
