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
    const next = applyFirst(rewritten.model, use, rewrites);
    if (next === undefined) break;
    rewritten = { model: next.model, decisions: [...rewritten.decisions, ...next.decisions] };
  }
  return rewritten;
}

/** What nobody writes is the end of every way, and no circle. */
function isCircular(graph: Graph): boolean {
  return disordersOf(graph).some(({ writer }) => writer !== 'nobody') || overwriting(graph) !== undefined;
}

function applyFirst(model: Model, use: KernelsInUse, rewrites: readonly Rewrite[]): Rewritten | undefined {
  for (const rewrite of rewrites) {
    const next = rewrite.apply(model, use);
    if (next !== undefined) return next;
  }
  return undefined;
}
