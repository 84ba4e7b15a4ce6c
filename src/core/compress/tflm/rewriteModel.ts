import type { Model } from '../../model/model';
import { whyNotRedrawn } from '../rewrite/metadata';
import type { Rewrite, Rewritten } from './rewrite';
import { rewrites as all } from './rewrites';

/** No model has so many layers that each has to wait for the one behind it. */
const mostRounds = 200;

/** The model with every rewrite done until none finds more; the same object where none finds anything. */
export function rewriteModel(model: Model, rewrites: readonly Rewrite[] = all): Rewritten {
  let rewritten: Rewritten = { model, decisions: [] };
  if (model.graphs.length === 0 || whyNotRedrawn(model) !== undefined) return rewritten;
  for (let round = 0; round < mostRounds; round++) {
    const next = applyFirst(rewritten.model, rewrites);
    if (next === undefined) break;
    rewritten = { model: next.model, decisions: [...rewritten.decisions, ...next.decisions] };
  }
  return rewritten;
}

function applyFirst(model: Model, rewrites: readonly Rewrite[]): Rewritten | undefined {
  for (const rewrite of rewrites) {
    const next = rewrite.apply(model);
    if (next !== undefined) return next;
  }
  return undefined;
}
