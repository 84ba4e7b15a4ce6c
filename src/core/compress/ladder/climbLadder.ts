import type { Graph } from '../../model/model';
import { readModel } from '../../formats/formats';
import { HumanError } from '../../model/problem';
import type { SplitSamples } from '../../samples/samples';
import { reportOf } from '../costs';
import type { CompressionRequest } from '../kind';
import type { Totals } from '../offer';
import type { Proof } from '../proof';
import { isMet, unreachableText } from '../prune/goal';
import type { PruneGoal } from '../prune/request';
import type { CompressionJob, CompressionPorts } from '../runCompression';
import { runCompression } from '../runCompression';
import { totalsOf } from '../totals';
import { rungs as allRungs, type Rung } from './rungs';

/** What one rung brought, or why it brought nothing, as a whole sentence. */
export interface LadderStep {
  readonly title: string;
  readonly totals?: Totals;
  readonly fits: boolean;
  readonly reason?: string;
}

export interface LadderResult {
  /** The source first, then every rung that was tried. */
  readonly steps: readonly LadderStep[];
  /** The file of the first rung that meets every limit, with the proofs of its compressions, in order. */
  readonly chosen?: { readonly bytes: Uint8Array; readonly proofs: readonly Proof[] };
  /** Why no rung meets the limits, and what stands in the way. */
  readonly unreachable?: string;
}

interface RungResult {
  readonly bytes: Uint8Array;
  readonly proofs: readonly Proof[];
}

/**
 * Tries what makes a model fit, what loses nothing first, up to the first rung that meets every limit. Samples are read
 * once.
 */
export async function climbLadder(
  job: Omit<CompressionJob, 'request'>,
  ports: CompressionPorts,
  goal: PruneGoal,
  rungs: readonly Rung[] = allRungs,
): Promise<LadderResult> {
  const { model, ...place } = job.subject;
  const original = reportOf(model, place);
  const steps: LadderStep[] = [
    { title: 'as it is', totals: totalsOf(original), fits: isMet(goal, original, original) },
  ];
  let nearest = original;
  const readOnce = { ...ports, readSamples: once(ports.readSamples) };
  for (const rung of rungs) {
    const requests = steps.some(({ fits }) => fits) ? [] : rung.requests(model, goal);
    if (requests.length === 0) continue;
    const result = await runAll(job, readOnce, requests);
    if (result instanceof HumanError) {
      steps.push({ title: rung.title, fits: false, reason: result.message });
      continue;
    }
    nearest = reportOf(readModel({ path: job.resultPath, bytes: result.bytes }).model, place);
    const fits = isMet(goal, nearest, original);
    steps.push({ title: rung.title, totals: totalsOf(nearest), fits });
    if (fits) return { steps, chosen: result };
  }
  return steps[0].fits ? { steps } : { steps, unreachable: unreachableText(goal, nearest, original) };
}

/** Each compression works on what the one before it made; one that has nothing to do after another is left out. */
async function runAll(
  job: Omit<CompressionJob, 'request'>,
  ports: CompressionPorts,
  requests: readonly CompressionRequest[],
): Promise<RungResult | HumanError> {
  let { bytes, subject } = job;
  const proofs: Proof[] = [];
  for (const request of requests) {
    try {
      const result = await runCompression({ ...job, subject, bytes, request }, ports);
      bytes = result.bytes;
      subject = { ...subject, model: readModel({ path: job.resultPath, bytes }).model };
      proofs.push(result.proof);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      if (proofs.length === 0) return error;
    }
  }
  return { bytes, proofs };
}

function once(
  read: (graph: Graph) => Promise<SplitSamples | undefined>,
): (graph: Graph) => Promise<SplitSamples | undefined> {
  let samples: Promise<SplitSamples | undefined> | undefined;
  return (graph) => (samples ??= read(graph));
}
