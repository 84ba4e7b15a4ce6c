import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import type { Place } from '../costs';
import { reportOf } from '../costs';

/** Where a pruned model would run, and in which form. */
export interface PrunedPlace extends Place {
  /**
   * What becomes of a pruned model before it is written: with a quantization to follow, its quantized form. Absent:
   * nothing.
   */
  readonly asWritten?: (model: Model) => Model;
}

/** Costs of a pruned model in the form that it will be written in. */
export function writtenReportOf(model: Model, place: PrunedPlace): Report {
  return reportOf(place.asWritten?.(model) ?? model, place);
}
