import type { Model } from '../../model/model';
import type { Target } from '../../runtimes/target';
import { fileOf } from '../rewrite/fileOf';
import { arenaBytesOf, compareArenas } from './compareArenas';
import { allConfigurations } from './configurations';
import type { FitStep } from './step';

/** A model in less memory, by steps that change no output. */
export interface FittedModel {
  readonly model: Model;
  readonly arenaBytes: number;
  /** Ids of the steps that were taken, in order; none where the model is as it was. */
  readonly taken: readonly string[];
  /** What each step that was taken did; where none was, why. */
  readonly decisions: readonly string[];
  /** Libraries, versions and cores on which the arena is smaller. It is larger on none. */
  readonly helpsOn: readonly string[];
}

interface Candidate {
  readonly model: Model;
  readonly taken: readonly string[];
  readonly decisions: readonly string[];
}

/**
 * The model in the least memory that the steps give, alone or one after the other: one that pays only with another
 * behind it is found, and none is taken that brings nothing. Of equal arenas the smaller file counts, then fewer steps.
 * Cancelled, it gives the best so far.
 */
export function fitModel(
  source: Model,
  target: Target,
  steps: readonly FitStep[],
  isCancelled: () => boolean,
): FittedModel {
  const arenaBytes = arenaBytesOf(source, target) ?? Infinity;
  let candidates: readonly Candidate[] = [{ model: source, taken: [], decisions: [] }];
  const reasons: string[] = [];
  for (const step of steps) {
    if (isCancelled()) break;
    candidates = candidates.flatMap((candidate) => {
      const result = step.apply(candidate.model, target, isCancelled);
      if (result.model !== undefined) return [candidate, afterStep(candidate, step, result)];
      if (candidate.taken.length === 0) reasons.push(result.reason);
      return [candidate];
    });
  }
  const configurations = allConfigurations(target);
  const judged = candidates.map((candidate) => judge(candidate, source, { target, configurations }));
  const best = judged.filter(({ isWorse }) => !isWorse).reduce((a, b) => (isBetter(b, a) ? b : a));
  if (best.taken.length > 0) return best;
  return { ...best, arenaBytes, decisions: reasons };
}

function afterStep(
  { taken, decisions }: Candidate,
  { id }: FitStep,
  result: { readonly model: Model; readonly decisions: readonly string[] },
): Candidate {
  return { model: result.model, taken: [...taken, id], decisions: [...decisions, ...result.decisions] };
}

interface Judged extends FittedModel {
  readonly fileBytes: number;
  readonly isWorse: boolean;
}

function judge(
  candidate: Candidate,
  source: Model,
  {
    target,
    configurations,
  }: { readonly target: Target; readonly configurations: ReturnType<typeof allConfigurations> },
): Judged {
  const { model, bytes } = fileOf(candidate.model);
  const { worse, helpsOn } = compareArenas(source, model, configurations);
  const arenaBytes = arenaBytesOf(model, target) ?? Infinity;
  return { ...candidate, arenaBytes, helpsOn, fileBytes: bytes.length, isWorse: worse !== undefined };
}

function isBetter(a: Judged, b: Judged): boolean {
  if (a.arenaBytes !== b.arenaBytes) return a.arenaBytes < b.arenaBytes;
  return a.fileBytes !== b.fileBytes ? a.fileBytes < b.fileBytes : a.taken.length < b.taken.length;
}
