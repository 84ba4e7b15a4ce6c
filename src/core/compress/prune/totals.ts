import type { Limits } from '../../estimate/budget';
import { arenaBytesToReserve } from '../../estimate/budget';
import { estimate } from '../../estimate/estimate';
import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import type { Target } from '../../runtimes/target';
import type { Totals } from '../offer';

/** Where a model would run, for which its costs are computed. */
export interface Place {
  readonly path: string;
  readonly target: Target;
  readonly limits: Limits;
  /** What becomes of a pruned model before it is written: with a quantization to follow, its quantized form. Absent: nothing. */
  readonly asWritten?: (model: Model) => Model;
}

export type CostReport = Omit<Report, 'findings'>;

export function reportOf(model: Model, { path, target, limits }: Place): CostReport {
  return estimate(model, path, target, limits).report;
}

/** Costs of a pruned model in the form that it will be written in. */
export function writtenReportOf(model: Model, place: Place): CostReport {
  return reportOf(place.asWritten?.(model) ?? model, place);
}

/** The totals of a report, as titles and curves compare them. */
export function totalsOf({ arena, flash, latency, model }: CostReport): Totals {
  return {
    arenaBytes: arena === undefined ? undefined : arenaBytesToReserve(arena),
    flashBytes: flash?.totalBytes,
    instructions: latency?.instructions,
    cycles: latency?.cycles,
    ms: latency?.ms,
    macs: model.macs,
  };
}
