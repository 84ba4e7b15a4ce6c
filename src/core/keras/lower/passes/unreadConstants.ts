import { integer, type Draft, type DraftNode } from '../draft';

/** Axes that TensorFlow's graph has as constants: options of an operator, or gone with it. */
export function noteScalars({ nodes, scalars }: Draft): void {
  for (const { kind, inputs, options } of nodes) {
    const axis = kind === 'EXPAND_DIMS' ? inputs[1]?.constant?.values?.at(0) : options.axis;
    if ((kind === 'EXPAND_DIMS' || kind === 'CONCATENATION') && typeof axis === 'number') scalars.add(axis);
  }
}

/**
 * A constant that a loop reads is one with its equal outside of the loop, and is copied into it later: the one outside
 * stays, even where nothing else reads it.
 */
export function keepScalars(draft: Draft): void {
  const own = scalarsIn(draft.nodes);
  const inside = new Set(
    draft
      .all()
      .slice(1)
      .flatMap(({ nodes }) => [...scalarsIn(nodes)]),
  );
  for (const value of draft.scalars) if (inside.has(value) && !own.has(value)) draft.unread.push(integer(value));
}

function scalarsIn(nodes: readonly DraftNode[]): ReadonlySet<number> {
  return new Set(
    nodes.flatMap(({ inputs }) =>
      inputs.flatMap((input) =>
        input?.type === 'int32' && input.shape.length === 0 ? [...(input.constant?.values ?? [])] : [],
      ),
    ),
  );
}
