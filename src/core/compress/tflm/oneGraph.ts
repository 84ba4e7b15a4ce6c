import { newestReference } from '../../faults/kernelsInUse';
import type { Model } from '../../model/model';
import type { Rewritten } from './rewrite';
import { rewriteModel } from './rewriteModel';
import { rewrites } from './rewrites';
import { steadyRows } from './steps/steadyRows';
import { unrollEachLoop, unrollLoops } from './steps/unrollLoops';

/** Loops that are no operator of their own become their passes, where a rewrite would keep some. */
const withoutLoops = rewrites
  .filter((each) => each !== steadyRows)
  .map((each) => (each === unrollLoops ? unrollEachLoop : each));

/** The model as one graph, where its loops run a number of passes that is known; else the model as it is. */
export function oneGraphOf(model: Model): Rewritten {
  if (model.graphs.length < 2) return { model, decisions: [] };
  const rewritten = rewriteModel(model, newestReference, withoutLoops);
  return rewritten.model.graphs.length === 1 ? rewritten : { model, decisions: [] };
}
