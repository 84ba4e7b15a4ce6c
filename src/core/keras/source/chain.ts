import type { PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasShape } from '../kerasModel';
import type { CallRecord, GraphSession, TensorFacts, Trace } from './graph';
import { inputFacts, tensorOf } from './inputs';
import { asLayer, type LayerObject } from './layerObject';
import { tensorsIn } from './tensorObject';

/** What a sequential model's layers give one after the other. */
export interface Chain {
  readonly input: TensorFacts;
  readonly trace: Trace;
}

/** Calls layers one after the other. */
export function chainOf(session: GraphSession, input: LayerObject, stack: readonly LayerObject[]): Chain {
  const facts = inputFacts(input);
  const trace: Trace = { inputs: [facts], records: [], outputs: [facts] };
  session.traced(trace, () => {
    let value: PythonValue = tensorOf(session, input);
    for (const layer of stack) {
      value = layer.call({ positional: [value], named: new Map(), at: layer.facts.at });
    }
    trace.outputs = tensorsIn(value).map(({ facts: output }) => output);
  });
  return { input: facts, trace };
}

/** Calls between some tensors. */
interface CallGraph {
  readonly inputs: readonly TensorFacts[];
  readonly records: readonly CallRecord[];
  readonly outputs: readonly TensorFacts[];
}

/** What layers give where their inputs have other shapes than those they were called with. */
export function reshapedOutputs(
  session: GraphSession,
  graph: CallGraph,
  shapes: readonly KerasShape[],
  at: PythonPlace,
): readonly KerasShape[] {
  const trace: Trace = { inputs: [], records: [], outputs: [] };
  const made = new Map<TensorFacts, TensorFacts>();
  graph.inputs.forEach((facts, place) => made.set(facts, { shape: shapes.at(place), dtype: facts.dtype }));
  return session.traced(trace, () => {
    for (const record of graph.records) {
      if (record.outputs.some((output) => made.has(output))) continue;
      const layer = asLayer(record.layer);
      const given = record.inputs.map((facts) => made.get(facts) ?? facts);
      const before = layer.calls.length;
      const changed = layer.shapesFor(record, given, at);
      layer.calls.splice(before);
      record.outputs.forEach((output, place) => made.set(output, { shape: changed.at(place), dtype: output.dtype }));
    }
    return graph.outputs.map((facts) => made.get(facts)?.shape ?? undefined);
  });
}
