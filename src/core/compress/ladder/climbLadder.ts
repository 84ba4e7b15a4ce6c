import type { Report } from '../../estimate/report';
import type { Graph, Model } from '../../model/model';
import { readTflite } from '../../formats/tflite/reader';
import { HumanError } from '../../model/problem';
import type { SplitSamples } from '../../samples/samples';
import { reportOf, type Place } from '../costs';
import type { LadderStep } from '../kind';
import type { Progress } from '../offer';
import type { Proof } from '../proof';
import { distances, isMet, unreachableText } from '../goals/distances';
import type { Goal } from '../goals/goal';
import { whyRefused } from '../refusal';
import { runKind, type CompressionJob, type CompressionPorts } from '../runKind';
import { totalsOf } from '../totals';
import { rungs as allRungs, type Rung, type RungRequest } from './rungs';

export interface LadderResult {
  /** The source first, then every rung that was tried. */
  readonly steps: readonly LadderStep[];
  /** What each step made; the source, and a step that brought nothing, made nothing. */
  readonly results: readonly (RungResult | undefined)[];
  /** The step after the source that comes nearest to the limits; absent where none can be had. */
  readonly best?: number;
  /** The first rung that meets every limit. */
  readonly chosen?: RungResult;
  /** Why no rung meets the limits, and what stands in the way. */
  readonly unreachable?: string;
}

/** A file, and the proofs of the compressions that made it, in order. */
interface RungResult {
  readonly bytes: Uint8Array;
  readonly proofs: readonly Proof[];
}

/**
 * Tries what makes a model fit, what loses nothing first, up to the first rung that meets every limit. Samples are read
 * once. Cancelled, it ends with the rungs that were done, and rejects with the signal's reason where there are none.
 */
export async function climbLadder(
  job: Omit<CompressionJob, 'request'>,
  ports: CompressionPorts,
  goal: Goal,
  rungs: readonly Rung[] = allRungs,
): Promise<LadderResult> {
  const { model, ...place } = job.subject;
  const way = new Way(goal, reportOf(model, place), place);
  way.add({ title: 'as it is', keepsOutputs: true }, model);
  const readOnce = { ...ports, readSamples: once(ports.readSamples) };
  for (const [index, { title, keepsOutputs, requests }] of rungs.entries()) {
    if (way.isAtGoal) break;
    const todo = requests(model, goal);
    if (todo.length === 0) continue;
    const told: Tell = ({ stage, share, ...rest }) =>
      ports.progress?.({ stage: `${title}: ${stage}`, share: (index + share) / rungs.length, ...rest });
    const result = await untilStopped(ports.signal, () => runAll(job, { ...readOnce, progress: told }, todo));
    if (result === undefined) break;
    if (result instanceof HumanError) way.fail(title, result.message);
    else way.add({ title, keepsOutputs }, readTflite(result.bytes).model, result);
  }
  if (way.best === undefined) ports.signal?.throwIfAborted();
  return way.told;
}

type Tell = (progress: Progress) => void;

/** Nothing where the work ended because it is not wanted any more. */
async function untilStopped<Result>(
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  const isStopped = (): boolean => signal?.aborted === true;
  if (isStopped()) return undefined;
  try {
    return await work();
  } catch (error) {
    if (isStopped()) return undefined;
    throw error;
  }
}

/** The steps that were gone, and the one that came nearest. */
class Way {
  readonly #steps: LadderStep[] = [];
  readonly #results: (RungResult | undefined)[] = [];
  readonly #goal: Goal;
  readonly #original: Report;
  readonly #place: Place;
  #nearest: Report | undefined;
  #best: { readonly index: number; readonly missed: number } | undefined;

  constructor(goal: Goal, original: Report, place: Place) {
    this.#goal = goal;
    this.#original = original;
    this.#place = place;
  }

  get isAtGoal(): boolean {
    return this.#steps.at(-1)?.fits === true;
  }

  get best(): number | undefined {
    return this.#best?.index;
  }

  get told(): LadderResult {
    const [steps, results, best] = [this.#steps, this.#results, this.best];
    if (!this.isAtGoal) return { steps, results, best, unreachable: this.#unreachable };
    return { steps, results, best, chosen: results.at(-1) };
  }

  get #unreachable(): string | undefined {
    if (this.#nearest === undefined) return this.#steps[0].reason;
    return unreachableText(this.#goal, this.#nearest, this.#original);
  }

  /** `result` is absent for the source. */
  add({ title, keepsOutputs }: Pick<LadderStep, 'title' | 'keepsOutputs'>, model: Model, result?: RungResult): void {
    const refusal = whyRefused(model, this.#place.target);
    if (refusal !== undefined) {
      this.fail(title, `TensorFlow Lite Micro refuses it. ${refusal}`);
      return;
    }
    const report = reportOf(model, this.#place);
    const fits = isMet(this.#goal, report, this.#original);
    this.#push({ title, keepsOutputs, totals: totalsOf(report), fits }, result);
    const missed = this.#missed(report);
    if (this.#nearest === undefined || missed <= this.#missed(this.#nearest)) this.#nearest = report;
    if (result !== undefined && (this.#best === undefined || missed < this.#best.missed)) {
      this.#best = { index: this.#steps.length - 1, missed };
    }
  }

  fail(title: string, reason: string): void {
    this.#push({ title, fits: false, reason });
  }

  #push(step: LadderStep, result?: RungResult): void {
    this.#steps.push(step);
    this.#results.push(result);
  }

  /** By how much of its limit the worst cost is above it. */
  #missed(report: Report): number {
    return distances(this.#goal, report, this.#original)[0]?.over ?? 0;
  }
}

/** Each compression works on what the one before it made; one that has nothing to do after another is left out. */
async function runAll(
  job: Omit<CompressionJob, 'request'>,
  ports: CompressionPorts,
  requests: readonly RungRequest[],
): Promise<RungResult | HumanError> {
  let { bytes, subject } = job;
  const proofs: Proof[] = [];
  for (const { kind, options } of requests) {
    try {
      const result = await runKind(kind, { ...job, subject, bytes, request: { kind: kind.id, options } }, ports);
      bytes = result.bytes;
      subject = { ...subject, model: readTflite(bytes).model };
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
