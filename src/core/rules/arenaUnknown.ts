import type { Rule } from './rule';

/** The arena could not be planned, or only in part. */
export const arenaUnknown: Rule = {
  code: 'arena-unknown',
  severity: 'warning',
  documentation:
    'The arena cannot be computed, or only a lower bound of it: TensorFlow Lite Micro refuses the model, or uses memory in a way that is not known.',
  find: ({ estimate: { arena, placed }, support }) => {
    const unknown = arena.known ? arena.lowerBound : arena;
    if (unknown === undefined) return [];
    const { reason, operator: place } = unknown;
    const at = placed.find(({ graph, operator }) => graph.index === place?.graph && operator.index === place.index);
    // A refused operator has a finding of its own that says the same.
    if (at !== undefined && support.get(at.operator)?.supported === false) return [];
    return [{ message: reason, layer: at?.layer }];
  },
};
