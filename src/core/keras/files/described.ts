import type { KerasCall, KerasFlavour, KerasLayer, KerasValue } from '../kerasModel';

/** A layer as a file describes it, before it is known what it is called with. */
export interface DescribedLayer extends Omit<KerasLayer, 'calls'> {
  readonly inboundNodes: KerasValue | undefined;
}

/** How layers of a model are described, for the readers of the two kinds of models. */
export interface DescribedModel {
  readonly flavour: KerasFlavour;
  readonly describe: (value: KerasValue | undefined, flavour: KerasFlavour) => DescribedLayer;
}

/** The layer as it is kept: how the file says what it is called with is not. */
export function withCalls(described: DescribedLayer, calls: readonly KerasCall[]): KerasLayer {
  const { className, name, kind, config, model, wraps } = described;
  return { className, name, kind, config, calls, ...(model && { model }), ...(wraps && { wraps }) };
}
