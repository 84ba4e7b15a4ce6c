import type { Model } from '../../model/model';
import { clean } from '../clean/clean';
import type { WorkUnderWay } from '../proofs/work';
import type { PruneRequest, PruneTools } from './request';

/** A pruning under way. */
export interface PruneWork extends WorkUnderWay {
  readonly request: PruneRequest;
  readonly tools: PruneTools;
}

/** The source without what makes no difference; decisions say what that was. */
export function cleanedSource({ source, decisions }: WorkUnderWay): Model {
  const cleaned = clean(source);
  decisions.push(...cleaned.decisions);
  return cleaned.model;
}
