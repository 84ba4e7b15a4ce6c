import type { Report } from '../../estimate/report';
import type { Graph, Model } from '../../model/model';
import { readTflite } from '../../formats/tflite/reader';
import { HumanError } from '../../model/problem';
import type { SplitSamples } from '../../samples/samples';
import { reportOf, type Place } from '../costs';
import type { CompressionRequest } from '../kind';
import type { Totals } from '../offer';
import type { Proof, ProvedCosts } from '../proof';
import { distances, isMet, unreachableText } from '../prune/goal';
import type { PruneGoal } from '../prune/request';
import { whyRefused } from '../refusal';
import type { CompressionJob, CompressionPorts } from '../runCompression';
import { runCompression } from '../runCompression';
import { totalsOf } from '../totals';
import { rungs as allRungs, type Rung } from './rungs';

/** What one rung brought, or why it brought nothing, as a whole sentence; no costs of what TFLM refuses. */
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

/** The costs of the source and of the last result. */
export function wholeWay(proofs: readonly Proof[]): ProvedCosts {
  const { after, afterRefusal } = proofs[proofs.length - 1];
  return { before: proofs[0].before, after, afterRefusal };
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
  const way = new Way(goal, reportOf(model, place), place);
  way.add('as it is', model);
  const readOnce = { ...ports, readSamples: once(ports.readSamples) };
  for (const rung of rungs) {
    if (way.isAtGoal) break;
    const requests = rung.requests(model, goal);
    if (requests.length === 0) continue;
    const result = await runAll(job, readOnce, requests);
    if (result instanceof HumanError) {
      way.fail(rung.title, result.message);
      continue;
    }
    way.add(rung.title, readTflite(result.bytes).model);
    if (way.isAtGoal) return { steps: way.steps, chosen: result };
  }
  return { steps: way.steps, unreachable: way.unreachable };
}

/** The steps that were gone, and the one that came nearest. */
class Way {
  readonly steps: LadderStep[] = [];
  readonly #goal: PruneGoal;
  readonly #original: Report;
  readonly #place: Place;
  #nearest: Report | undefined;

  constructor(goal: PruneGoal, original: Report, place: Place) {
    this.#goal = goal;
    this.#original = original;
    this.#place = place;
  }

  get isAtGoal(): boolean {
    return this.steps.at(-1)?.fits === true;
  }

  get unreachable(): string | undefined {
    if (this.isAtGoal) return undefined;
    if (this.#nearest === undefined) return this.steps[0].reason;
    return unreachableText(this.#goal, this.#nearest, this.#original);
  }

  add(title: string, model: Model): void {
    const refusal = whyRefused(model, this.#place.target);
    if (refusal !== undefined) {
      this.fail(title, `TensorFlow Lite Micro refuses it. ${refusal}`);
      return;
    }
    const report = reportOf(model, this.#place);
    this.steps.push({ title, totals: totalsOf(report), fits: isMet(this.#goal, report, this.#original) });
    if (this.#nearest === undefined || this.#missed(report) <= this.#missed(this.#nearest)) this.#nearest = report;
  }

  fail(title: string, reason: string): void {
    this.steps.push({ title, fits: false, reason });
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
  requests: readonly CompressionRequest[],
): Promise<RungResult | HumanError> {
  let { bytes, subject } = job;
  const proofs: Proof[] = [];
  for (const request of requests) {
    try {
      const result = await runCompression({ ...job, subject, bytes, request }, ports);
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
