import type { Graph, Model, Operator } from '../model/model';
import type { KernelLibrary, Refusal, Support } from './operator';
import { supportOf } from './operators';

/** An operator of a model that TFLM refuses. */
export interface RefusedOperator {
  readonly graph: Graph;
  readonly operator: Operator;
  readonly refusal: Refusal;
}

/**
 * The operators of a model that TFLM refuses, in the order in which it finds them: it looks up all operators of
 * all graphs first, then prepares them one after another, then runs them. TFLM itself stops at the first.
 * Source: MicroInterpreter::AllocateTensors in tensorflow/lite/micro/micro_interpreter.cc.
 */
export function refusedOperators(model: Model, library: KernelLibrary): readonly RefusedOperator[] {
  const refused = model.graphs.flatMap((graph) =>
    [...supportIn(graph, library)].flatMap(([operator, support]) =>
      support.supported ? [] : [{ graph, operator, refusal: support }],
    ),
  );
  return [0, 1, 2].flatMap((step) => refused.filter(({ refusal }) => stepOf(refusal) === step));
}

/** Whether TFLM runs the operators of a graph; kept, since an estimate and its findings ask for the same. */
export function supportIn(graph: Graph, library: KernelLibrary = 'reference'): ReadonlyMap<Operator, Support> {
  const known = supports.get(graph) ?? new Map<KernelLibrary, ReadonlyMap<Operator, Support>>();
  supports.set(graph, known);
  const found = known.get(library) ?? new Map(graph.operators.map((each) => [each, supportOf(each, graph, library)]));
  known.set(library, found);
  return found;
}

const supports = new WeakMap<Graph, Map<KernelLibrary, ReadonlyMap<Operator, Support>>>();

/** 0: not found among the registered operators; 1: refused while allocating; 2: refused when it runs. */
function stepOf({ code, when }: Refusal): 0 | 1 | 2 {
  if (code === 'operator-unsupported' || code === 'operator-custom-unknown' || code === 'operator-needs-driver')
    return 0;
  return when === 'allocating' ? 1 : 2;
}
