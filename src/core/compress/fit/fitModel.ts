import type { Model } from '../../model/model';
import type { Target } from '../../runtimes/target';
import { fileOf } from '../rewrite/fileOf';
import { ArenasOf, leastArenaOf, type ArenaComparison } from './compareArenas';
import { allConfigurations } from './configurations';
import type { FitStep } from './step';

/** A model in less memory, by steps that change no output. */
interface FittedModel {
  /** The file that is written, and its model as it is read again; absent where nothing was taken. */
  readonly file?: ReturnType<typeof fileOf>;
  /** Smallest arena; absent where it is not known. */
  readonly leastBytes: number | undefined;
  /** Ids of the steps that were taken, in order; none where the model is as it was. */
  readonly taken: readonly string[];
  /** What each step that was taken did; where none was, why. */
  readonly decisions: readonly string[];
  /** Libraries, versions and cores on which the arena is smaller, or the same. It is larger on none. */
  readonly elsewhere: ArenaComparison;
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
  let candidates: readonly Candidate[] = [{ model: source, taken: [], decisions: [] }];
  const reasons: string[] = [];
  for (const step of steps) {
    if (isCancelled()) break;
    candidates = candidates.flatMap((candidate) => {
      const result = step.apply(candidate.model, target, isCancelled);
      if (result.model !== undefined) {
        const next = afterStep(candidate, step, result);
        return step.leavesOut && needsLess(next, candidate, target) ? [next] : [candidate, next];
      }
      if (candidate.taken.length === 0) reasons.push(result.reason);
      return [candidate];
    });
  }
  const ranked = candidates.map((candidate) => sized(candidate, target)).sort(byMemory);
  const configurations = allConfigurations(target);
  const arenas = new ArenasOf(source, configurations);
  for (const { file, taken, decisions, leastBytes } of ranked) {
    if (file === undefined) break;
    const elsewhere = arenas.compare(file.model);
    if (elsewhere.worse === undefined) return { file, taken, decisions, leastBytes, elsewhere };
  }
  const elsewhere = { helpsOn: [], sameOn: configurations.map(({ name }) => name) };
  return { taken: [], decisions: reasons, leastBytes: leastArenaOf(source, target), elsewhere };
}

/** Without operators that cost memory nothing that follows needs more: the way with them is not followed. */
function needsLess(next: Candidate, before: Candidate, target: Target): boolean {
  const [left, right] = [next, before].map(({ model }) => leastArenaOf(model, target));
  return left !== undefined && right !== undefined && left < right;
}

function afterStep(
  { taken, decisions }: Candidate,
  { id }: FitStep,
  result: { readonly model: Model; readonly decisions: readonly string[] },
): Candidate {
  return { model: result.model, taken: [...taken, id], decisions: [...decisions, ...result.decisions] };
}

interface Sized extends Candidate {
  readonly file?: ReturnType<typeof fileOf>;
  readonly leastBytes: number | undefined;
  readonly fileBytes: number;
}

/** With the costs of the file that would be written; the source is there already. */
function sized(candidate: Candidate, target: Target): Sized {
  const { model, taken } = candidate;
  if (taken.length === 0) {
    const fileBytes = model.fileBytes > 0 ? model.fileBytes : fileOf(model).bytes.length;
    return { ...candidate, leastBytes: leastArenaOf(model, target), fileBytes };
  }
  const file = fileOf(model);
  return { ...candidate, file, leastBytes: leastArenaOf(file.model, target), fileBytes: file.bytes.length };
}

function byMemory(a: Sized, b: Sized): number {
  const [left, right] = [a.leastBytes ?? Infinity, b.leastBytes ?? Infinity];
  if (left !== right) return left < right ? -1 : 1;
  return a.fileBytes - b.fileBytes || a.taken.length - b.taken.length;
}
