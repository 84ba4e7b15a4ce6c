import { check } from '../support/check';
import { pipelineFormula, type PipelineMix } from './pipelines';

const formula = pipelineFormula([
  { kernel: 'integers', cycles: 0.8 },
  { kernel: 'half of them floats', cycles: 1.1, fp: 0.5 },
  { kernel: 'half of them vectors', cycles: 1.2, mve: 0.5 },
  { kernel: 'half of them floats of double precision', cycles: 2.6, fp: 0.5, fpdp: 0.5 },
]);

check(
  'cycles of a mix of instructions by kernels that went through a pipeline',
  (mix: PipelineMix) => Math.round(formula(mix)),
  [
    { name: 'integers: 0.8 each', input: { insn: 100 }, expected: 80 },
    { name: 'floats: 0.6 more', input: { insn: 100, fp: 10 }, expected: 86 },
    { name: 'vectors: 0.8 more', input: { insn: 100, mve: 25 }, expected: 100 },
    { name: 'double precision: 3 more than other floats', input: { insn: 100, fp: 10, fpdp: 10 }, expected: 116 },
  ],
);
