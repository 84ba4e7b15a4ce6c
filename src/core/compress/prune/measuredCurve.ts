import type { Report } from '../../estimate/report';
import type { Fidelity } from '../proof';
import type { Builder } from './builder';
import { answersOf } from '../judge/answers';
import { fidelityOf, judgedSqnrDb } from '../judge/fidelity';
import { pointOf, thinPath } from './curve';
import type { Plan } from './plan';
import type { PruneWork } from './pruneWork';
import type { TradeOffCurve, TradeOffPoint } from './request';
import { totalsOf } from '../totals';

interface Curving {
  readonly plan: Plan;
  readonly builder: Builder;
  /** The model that was written, as it was measured. */
  readonly chosen: { readonly report: Report; readonly fidelity: Fidelity | undefined };
}

/** The way of the search as points, each measured as it is without fine-tuning; the written one as it was written. */
export async function measuredCurve(work: PruneWork, { plan, builder, chosen }: Curving): Promise<TradeOffCurve> {
  const { request, tools, source } = work;
  const samples = request.samples?.test;
  const runner = { engine: tools.engine, rounding: request.target.rounding, pause: tools.pause };
  const isMeasured = samples !== undefined && samples.count > 0 && tools.signal?.aborted !== true;
  const before = isMeasured ? await answersOf(source, samples, runner) : undefined;
  const points: TradeOffPoint[] = [];
  const path = [...new Set([...thinPath(plan.path), plan.chosen])].sort(
    (a, b) => a.removedChannels - b.removedChannels,
  );
  for (const [index, point] of path.entries()) {
    if (point === plan.chosen) {
      const totals = totalsOf(chosen.report);
      points.push({
        ...pointOf(point, {
          index,
          fidelity: pointFidelity(chosen.fidelity),
          repaired: request.options.repair,
          chosen: true,
        }),
        totals,
      });
      continue;
    }
    tools.progress?.({ stage: 'Measuring the trade-off', share: 0.92 + (0.08 * index) / path.length });
    const fidelity = before && fidelityOf(before, await answersOf(builder.plain(point), samples!, runner), samples!);
    points.push(pointOf(point, { index, fidelity: pointFidelity(fidelity) }));
  }
  return { points, guidedBy: plan.guidedBy, unreachable: plan.unreachable };
}

function pointFidelity(fidelity: Fidelity | undefined): TradeOffPoint['fidelity'] {
  if (fidelity === undefined) return undefined;
  const { top1Agreement, accuracy } = fidelity;
  return { top1Agreement, sqnrDb: judgedSqnrDb(fidelity), accuracy: accuracy?.after };
}
