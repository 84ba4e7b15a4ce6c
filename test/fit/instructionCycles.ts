import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedModel } from '../support/models';
import { kernelCallOf } from '../../src/core/runtimes/cost/cost';
import { executionOrder, isSoftFloat, pathOfCore } from './rows';
import { pipelineCores, pipelineFormula, pipelineSamples, type PipelineMix } from './pipelines';
import { median } from './statistics';

/** Executed instructions of one operator by class, as `insns.json` has them; classes with none are left out. */
export interface InstructionMix extends PipelineMix {
  /** Loads and stores of one value; registers that instructions for several move, and how many of those there were. */
  readonly ld?: number;
  readonly st?: number;
  readonly ldm?: number;
  readonly ldm_regs?: number;
  readonly stm?: number;
  readonly stm_regs?: number;
  readonly div?: number;
  readonly fpdivsqrt?: number;
  /** Control transfers that were taken. */
  readonly taken?: number;
}

/**
 * Cycles of a mix of instructions where code, constants and data answer without waits, as the manuals of the cores say.
 * Cortex-M0+ (Arm DDI 0484C, table 3-1): one cycle, but two for a load, a store and a branch that is taken, 1 + N for N
 * registers; multiplier of one cycle. Cortex-M33, by its pipeline of three stages: one cycle, two more for a branch
 * that is taken, one for each further register, a division 5, floating-point ones 14. Cores that issue two instructions
 * at once or execute vectors: as kernels took in their pipeline (`pipelines.json`).
 */
export const architectures: Readonly<Record<string, (mix: InstructionMix) => number>> = {
  'cortex-m0plus': ({ insn, ld = 0, st = 0, ldm_regs: loaded = 0, stm_regs: stored = 0, taken = 0 }) =>
    insn + ld + st + loaded + stored + taken,
  'cortex-m33': (mix) =>
    mix.insn +
    2 * (mix.taken ?? 0) +
    (mix.ldm_regs ?? 0) -
    (mix.ldm ?? 0) +
    (mix.stm_regs ?? 0) -
    (mix.stm ?? 0) +
    5 * (mix.div ?? 0) +
    13 * (mix.fpdivsqrt ?? 0),
  ...Object.fromEntries(pipelineCores.map((core) => [core, pipelineFormula(pipelineSamples(core))])),
};

interface Run {
  readonly status: string;
  readonly ops?: readonly (InstructionMix & { readonly depth: number })[];
}

type Counts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Run>>>>>>;

/** Cycles for each instruction: of each kernel variant, by core and library. */
export type CyclesPerInstruction = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

/** Of all operators that were counted with their mix: cycles of a variant over its instructions. */
export function cyclesPerInstruction(folder: string): CyclesPerInstruction {
  const counts = JSON.parse(readFileSync(join(folder, 'insns.json'), 'utf8')) as Counts;
  const sums = new Map<string, { cycles: number; instructions: number }>();
  for (const [name, libraries] of Object.entries(counts)) {
    const model = sharedModel(name);
    const executed = executionOrder(model);
    for (const [source, builds] of Object.entries(libraries)) {
      const library = source === 'cmsis_nn' ? 'cmsis_nn' : 'reference';
      for (const [core, cycles] of Object.entries(architectures)) {
        const run = builds[core] as Run | undefined;
        if (run?.status !== 'ok' || run.ops?.length !== executed.length) continue;
        run.ops.forEach((mix, at) => {
          if (mix.depth > 0 || executed[at].operator.kind === 'CALL_ONCE') return;
          const path = library === 'reference' ? 'none' : pathOfCore(core);
          const call = kernelCallOf({ ...executed[at], model, library, path, softFloat: isSoftFloat(`${core} `) });
          if (call === undefined) return;
          const key = `${core}|${call.shared === true ? 'shared' : library}|${call.variant}`;
          const sum = sums.get(key) ?? { cycles: 0, instructions: 0 };
          sums.set(key, { cycles: sum.cycles + cycles(mix), instructions: sum.instructions + mix.insn });
        });
      }
    }
  }
  return asTable(sums);
}

function asTable(
  sums: ReadonlyMap<string, { readonly cycles: number; readonly instructions: number }>,
): CyclesPerInstruction {
  const table: Record<string, Record<string, Record<string, number>>> = {};
  for (const [key, { cycles, instructions }] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [core, library, variant] = key.split('|');
    ((table[core] ??= {})[library] ??= {})[variant] = Number((cycles / instructions).toPrecision(3));
  }
  for (const libraries of Object.values(table)) {
    libraries.all = { median: median(Object.values(libraries).flatMap((variants) => Object.values(variants))) };
  }
  return table;
}
