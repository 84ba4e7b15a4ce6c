import { constantKey } from '../../src/core/model/constants';
import type { DeclaredConstant, Graph, Model, Tensor } from '../../src/core/model/model';
import { definitionOf } from '../../src/core/operators/operators';

/**
 * The model as if it were not trained: weights and biases (but for those that share bytes with other constants) have
 * type and shape alone, shared ones stay shared; it comes from no file.
 */
export function untrained(model: Model): Model {
  const declarations = new Map<unknown, DeclaredConstant>();
  return { ...model, fileBytes: 0, graphs: model.graphs.map((graph) => untrainedGraph(graph, declarations)) };
}

function untrainedGraph(graph: Graph, declarations: Map<unknown, DeclaredConstant>): Graph {
  const weights = weightsOf(graph);
  const kept = new Set(graph.tensors.filter(({ index }) => !weights.has(index)).map(({ data }) => data));
  const tensors = graph.tensors.map((tensor): Tensor => {
    if (tensor.data === undefined || kept.has(tensor.data)) return tensor;
    const declared = declarations.get(constantKey(tensor)) ?? { name: tensor.name };
    declarations.set(constantKey(tensor), declared);
    return { ...tensor, data: undefined, declared };
  });
  return { ...graph, tensors };
}

/** Tensors that all operators read as weights or bias. */
function weightsOf(graph: Graph): ReadonlySet<number> {
  const roles = graph.operators.flatMap((operator) =>
    operator.inputs.map((index, position) => [index, definitionOf(operator)?.role(position)] as const),
  );
  const others = new Set(roles.filter(([, role]) => role !== 'weights' && role !== 'bias').map(([index]) => index));
  return new Set(roles.map(([index]) => index).filter((index) => !others.has(index)));
}
