import { nonNegativeLeastSquares } from './leastSquares';
import pipelines from './pipelines.json';

/** Instructions by class, of those that cores with two issue slots or with vectors take other cycles for. */
export interface PipelineMix {
  readonly insn: number;
  /** Of them vector instructions (MVE), floating-point ones, and of those the ones of double precision. */
  readonly mve?: number;
  readonly fp?: number;
  readonly fpdp?: number;
}

/** One kernel that went through a core's pipeline: cycles and classes for each of its instructions. */
interface PipelineSample {
  readonly kernel: string;
  readonly cycles: number;
  readonly mve?: number;
  readonly fp?: number;
  readonly fpdp?: number;
}

type PipelineCore = keyof typeof pipelines.cores;

export const pipelineCores = Object.keys(pipelines.cores) as readonly PipelineCore[];

export function pipelineSamples(core: PipelineCore): readonly PipelineSample[] {
  return pipelines.cores[core];
}

/**
 * Cycles for each class of instruction that come nearest to those of the kernels which went through the pipeline: what
 * two issue slots hide and what chains of dependent instructions wait is no sum over instructions, so that these are
 * means over kernels.
 */
export function pipelineFormula(samples: readonly PipelineSample[]): (mix: PipelineMix) => number {
  const rows = samples.map(({ cycles, ...shares }) =>
    Float64Array.from(classesOf({ insn: 1, ...shares }), (share) => share / cycles),
  );
  const each = nonNegativeLeastSquares(rows, new Float64Array(rows.length).fill(1));
  return (mix) => classesOf(mix).reduce((sum, count, at) => sum + count * each[at], 0);
}

function classesOf({ insn, mve = 0, fp = 0, fpdp = 0 }: PipelineMix): readonly number[] {
  return [insn, mve, fp, fpdp];
}
