import type { CallRecord, GraphLayer, TensorFacts } from './graph';

/** The calls between a functional model's inputs and outputs. */
export interface Network {
  /** As Keras lists them: the deepest first, those of one depth in the order in which they are met from the outputs. */
  readonly layers: readonly GraphLayer[];
  /** In an order in which they can be computed. */
  readonly records: readonly CallRecord[];
}

/**
 * Order of layers as Keras has it.
 * Source: `map_graph` of Keras 3 and `_map_graph_network` of Keras 2, which agree.
 */
export function networkOf(inputs: readonly TensorFacts[], outputs: readonly TensorFacts[]): Network {
  const records = visited(inputs, outputs);
  const met = records.met;
  const depths = new Map<CallRecord, number>();
  const layerDepths = new Map<GraphLayer, number>();
  for (const record of [...records.order].reverse()) {
    const layer = record.layer;
    const depth = Math.max(depths.get(record) ?? 0, layerDepths.get(layer) ?? 0);
    layerDepths.set(layer, depth);
    depths.set(record, depth);
    if (records.ends.has(record)) continue;
    for (const { from } of record.inputs) {
      if (from !== undefined) depths.set(from.call, Math.max(depth + 1, depths.get(from.call) ?? 0));
    }
  }
  for (const { from } of inputs) {
    const layer = from?.call.layer;
    if (layer === undefined || layerDepths.has(layer)) continue;
    layerDepths.set(layer, 0);
    met.set(layer, -1);
  }
  const layers = [...layerDepths.keys()];
  layers.sort(
    (first, second) =>
      (layerDepths.get(second) ?? 0) - (layerDepths.get(first) ?? 0) || (met.get(first) ?? 0) - (met.get(second) ?? 0),
  );
  return { layers, records: records.order };
}

interface Visited {
  /** Calls, each behind those that it needs. */
  readonly order: readonly CallRecord[];
  /** Layers by the order in which they are met. */
  readonly met: Map<GraphLayer, number>;
  /** Calls that are not followed further: the model's inputs. */
  readonly ends: ReadonlySet<CallRecord>;
}

function visited(inputs: readonly TensorFacts[], outputs: readonly TensorFacts[]): Visited {
  const order: CallRecord[] = [];
  const met = new Map<GraphLayer, number>();
  const ends = new Set<CallRecord>();
  const done = new Set<CallRecord>();
  const ownInputs = new Set(inputs);
  // A stack instead of recursion, as models may be deep: a call is left once its inputs have been.
  const waiting: { readonly tensor: TensorFacts; readonly isLeft: boolean }[] = [...outputs]
    .reverse()
    .map((tensor) => ({ tensor, isLeft: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const call = next.tensor.from?.call;
    if (call === undefined) continue;
    if (next.isLeft) {
      if (!done.has(call)) order.push(call);
      done.add(call);
      continue;
    }
    if (done.has(call)) continue;
    const layer = call.layer;
    if (!met.has(layer)) met.set(layer, met.size);
    waiting.push({ tensor: next.tensor, isLeft: true });
    if (ownInputs.has(next.tensor)) ends.add(call);
    else for (const tensor of [...call.inputs].reverse()) waiting.push({ tensor, isLeft: false });
  }
  return { order, met, ends };
}
