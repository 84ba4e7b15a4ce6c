import { check } from '../support/check';
import type { InstructionMix } from './instructionCycles';
import { architectures } from './instructionCycles';

check(
  'cycles of a mix of instructions by the manual of a core',
  ([core, mix]: readonly [core: string, mix: InstructionMix]) => architectures[core](mix),
  [
    { name: 'Cortex-M0+: one for each instruction', input: ['cortex-m0plus', { insn: 10 }], expected: 10 },
    {
      name: 'Cortex-M0+: two for a load, a store, a branch that is taken',
      input: ['cortex-m0plus', { insn: 10, ld: 3, st: 2, taken: 1 }],
      expected: 16,
    },
    {
      name: 'Cortex-M0+: 1 + N for N registers',
      input: ['cortex-m0plus', { insn: 2, ldm: 1, ldm_regs: 4, stm: 1, stm_regs: 3 }],
      expected: 9,
    },
    {
      name: 'Cortex-M33: one for a load, three for a branch that is taken, N for N registers',
      input: ['cortex-m33', { insn: 10, ld: 3, taken: 2, ldm: 1, ldm_regs: 4 }],
      expected: 17,
    },
  ],
);
