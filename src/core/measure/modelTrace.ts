import type { LayerFacts } from '../estimate/report';
import { matchLayers } from './matchLayers';

/** What the output of a board says about the model in its firmware; of several the first that is there counts. */
export interface ModelTrace {
  /** The hash that our helper prints. */
  readonly hash?: string;
  /** Operators in the order of their runs. */
  readonly operators?: readonly string[];
  /** An operator that the model must have. */
  readonly operator?: string;
}

/** A model as far as it has been read. */
export interface TracedModel {
  readonly contentHash?: string;
  readonly layers?: readonly Pick<LayerFacts, 'graph' | 'operator'>[];
}

/** True where the firmware may hold this model; a trace that says nothing leaves every model that can be read. */
export function fitsTrace({ contentHash, layers }: TracedModel, { hash, operators, operator }: ModelTrace): boolean {
  if (hash !== undefined) return contentHash === hash;
  if (layers === undefined) return false;
  if (operators !== undefined) {
    return matchLayers(
      layers,
      operators.map((name) => ({ operator: name })),
    ).matched;
  }
  return operator === undefined || layers.some((layer) => layer.operator === operator);
}
