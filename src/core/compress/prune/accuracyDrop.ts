import { countText } from '../wording';
import type { Samples } from '../../samples/samples';
import { splitFor } from '../../samples/stream';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { Fidelity } from '../proof';
import type { Builder } from './builder';
import { answersOf } from '../judge/answers';
import { fidelityOf, judgedSqnrDb } from '../judge/fidelity';
import { thinPath } from './curve';
import type { Plan } from './plan';
import type { PruneWork } from './pruneWork';

/** Points that are looked through for the last one within the limit. */
const steps = 33;

/** Fewer samples than this set aside say too little: then all count. */
const enoughSamples = 50;

/**
 * With a limit on accuracy, the furthest point of the path that keeps it after fine-tuning, found by halving; else the
 * plan as it is. Judged on calibration samples, so that the test samples of the proof stay unseen.
 */
export async function chooseWithinDrop(work: PruneWork, plan: Plan, builder: Builder): Promise<Plan> {
  const limit = work.request.options.goal?.accuracyDrop;
  if (limit === undefined) return plan;
  const samples = work.request.samples;
  if (samples === undefined) {
    throw new HumanError(
      'prune-drop-samples',
      'A limit on accuracy needs samples to measure it on. Give some with --data.',
    );
  }
  const points = thinPath(plan.path, steps);
  const judging = judgingSamples(work.source, samples.calibration);
  const before = await answersOf(work.source, judging, runnerOf(work));
  let [within, beyond] = [0, points.length];
  while (beyond - within > 1) {
    const middle = (within + beyond) >> 1;
    const built = await builder.build(points[middle]);
    const drop = dropOf(fidelityOf(before, await answersOf(built.model, judging, runnerOf(work)), judging));
    work.decisions.push(
      `${countText(points[middle].removedChannels, 'channel')} fewer: ${(drop * 100).toFixed(1)} points lost.`,
    );
    if (drop * 100 <= limit) within = middle;
    else beyond = middle;
    if (built.wasCancelled) break;
  }
  const chosen = points[within];
  const unreachable = within === 0 ? `No channel can go within ${limit} points on these samples.` : plan.unreachable;
  return { ...plan, chosen, unreachable };
}

/**
 * What is lost: accuracy where labels tell it, else agreement on the class, else the share of the signal that is noise.
 */
function dropOf(fidelity: Fidelity): number {
  const { accuracy, top1Agreement } = fidelity;
  if (accuracy !== undefined) return Math.max(0, accuracy.before - accuracy.after);
  if (top1Agreement !== undefined) return 1 - top1Agreement;
  return 10 ** (-judgedSqnrDb(fidelity) / 10);
}

function judgingSamples({ graphs: [graph] }: Model, samples: Samples): Samples {
  const { test } = splitFor(graph, samples);
  return test.count >= enoughSamples ? test : samples;
}

function runnerOf({ tools, request }: PruneWork): Parameters<typeof answersOf>[2] {
  return { engine: tools.engine, rounding: request.target.rounding, pause: tools.pause };
}
