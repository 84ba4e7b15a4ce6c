import { newestReference, type KernelsInUse } from '../../faults/kernelsInUse';
import { disordersOf, overwriting } from '../../model/disorder';
import type { Graph, Model } from '../../model/model';
import { whyNotRedrawn } from '../rewrite/metadata';
import type { Rewrite, Rewritten } from './rewrite';
import { rewrites as all } from './rewrites';

/** No model has so many layers that each has to wait for the one behind it. */
const mostRounds = 200;

/**
 * The model with every rewrite for these kernels done until none finds more; the same object where none finds anything,
 * and of a model whose operators read what they or later ones write: its shapes lead in circles.
 */
export function rewriteModel(
  model: Model,
  use: KernelsInUse = newestReference,
  rewrites: readonly Rewrite[] = all,
): Rewritten {
  let rewritten: Rewritten = { model, decisions: [] };
  const isRedrawn = model.graphs.length > 0 && whyNotRedrawn(model) === undefined;
  if (!isRedrawn || model.graphs.some(isCircular)) return rewritten;
  for (let round = 0; round < mostRounds; round++) {
    const before = rewritten.model;
    for (const rewrite of rewrites) rewritten = repeated(rewritten, rewrite, use);
    if (rewritten.model === before) break;
  }
  return rewritten;
}

/** What nobody writes is the end of every way, and no circle. */
function isCircular(graph: Graph): boolean {
  return disordersOf(graph).some(({ writer }) => writer !== 'nobody') || overwriting(graph) !== undefined;
}

/** One rewrite until it finds no more. */
function repeated(from: Rewritten, rewrite: Rewrite, use: KernelsInUse): Rewritten {
  let made = from;
  for (let time = 0; time < mostRounds; time++) {
    const next = rewrite.apply(made.model, use);
    if (next === undefined) break;
    made = { model: next.model, decisions: [...made.decisions, ...next.decisions] };
  }
  return made;
}
