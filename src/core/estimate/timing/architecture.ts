import { elementCount } from '../../model/dataType';
import type { Graph, Operator } from '../../model/model';
import type { OperatorCost } from '../../runtimes/runtime';
import type { Target } from '../../runtimes/target';
import { runtimeById } from '../../runtimes/runtimes';
import { interpreterInstructions } from '../../runtimes/tflm/invoke';
import table from './architecture.json';

/**
 * Cycles of an operator on a core whose code, constants and data answer without waits: counted instructions x cycles
 * for each instruction, which follow from the mix of loads, stores, branches and multiplications of the kernel
 * variant and from what the core's manual says that each takes (`test/fit/instructionCycles.ts`), on the Cortex-M7 and
 * M55 from kernels that went through their pipeline (`test/fit/pipelines.ts`). No measurement is in it. What a memory
 * makes the core wait comes on top (`flashWait`), and the measured scale of a board or core.
 */
export function architectureCycles(
  { variant, instructions }: Pick<OperatorCost, 'variant' | 'instructions'>,
  { operator, graph }: { readonly operator: Operator; readonly graph: Graph },
  target: Target,
): number | undefined {
  const core = target.core.id;
  const known = cyclesPerInstruction[core];
  if (known === undefined) return undefined;
  const { runtime } = target;
  const library = runtimeById(runtime)?.countedAs ?? 'reference';
  const each = known[library]?.[variant] ?? known.shared[variant] ?? known.all.median;
  const between = interpreterInstructions(core, 1) - interpreterInstructions(core, 0);
  const saved = Math.min(0.5 * instructions, multiplicationSaves(operator, graph, target));
  return each * (instructions - saved) + known.all.median * between;
}

/**
 * Instructions fewer than counted for the multiplication of 64 bits with which a core without such an instruction
 * scales each integer result: the counts have the compiler's own, 44 and a frame of 7 registers, the Pico SDK brings
 * one of 25 and a register (raspberrypi/pico-sdk@02b866a pico_int64_ops_aeabi.S).
 */
const perScaledResult = 24;

const scalingKinds: ReadonlySet<string> = new Set([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'FULLY_CONNECTED',
  'TRANSPOSE_CONV',
]);

function multiplicationSaves({ kind, outputs }: Operator, { tensors }: Graph, { core, board }: Target): number {
  if (core.id !== 'cortex-m0plus' || board?.framework.id !== 'pico-sdk' || !scalingKinds.has(kind)) return 0;
  const output = tensors[outputs[0]];
  return output === undefined || output.type === 'float32' ? 0 : perScaledResult * elementCount(output.shape);
}

/** Measured over these cycles, of models on a board whose ratio is known: what kernels are compiled to differs. */
export const architectureBand = { low: 0.87, high: 1.15 } as const;

/** By core, library and variant; `all` has the median of the core's variants. */
const cyclesPerInstruction: Readonly<
  Partial<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>
> = table;
