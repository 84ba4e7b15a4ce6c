import { absentValues } from '../../model/constants';
import { elementCount, storedBytes } from '../../model/dataType';
import type { Graph, Operator, Tensor } from '../../model/model';
import { isConstant } from '../../model/model';
import { definitionOf, shapeProblemOf } from '../../operators/operators';
import { elementLayout } from '../rewrite/storedElements';
import type { Atoms } from './atoms';

const layerKinds: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'TRANSPOSE_CONV']);

/** The axis of a layer's output that its weights make; `undefined` for operators without weights of their own. */
export function outputAxis(operator: Operator, graph: Graph): number | undefined {
  const output = graph.tensors[operator.outputs[0] ?? -1];
  if (!layerKinds.has(operator.kind) || output === undefined || output.shape.length === 0) return undefined;
  return output.shape.length - 1;
}

/**
 * Fixes what must stay whatever the operators say: the model's own inputs and outputs, shared weights, constants that
 * cannot be cut.
 */
export function fixGraph(graph: Graph, atoms: Atoms, nameOf: (operator: Operator) => string): void {
  const fix = (tensor: Tensor, reason: string): void => {
    tensor.shape.forEach((size, axis) => {
      for (let index = 0; index < size; index++) atoms.fix(atoms.classOf(tensor, axis, index), reason);
    });
  };
  for (const operator of graph.operators) {
    const problem = shapeProblemOf(operator, graph);
    if (problem === undefined) continue;
    for (const index of [...operator.inputs, ...operator.outputs]) if (index >= 0) fix(graph.tensors[index], problem);
  }
  for (const [tensor, users] of sharedWeights(graph)) {
    fix(tensor, `Its weights serve ${users.map(nameOf).join(' and ')}: what goes for one goes for the other.`);
  }
  for (const index of graph.outputs) fix(graph.tensors[index], 'Its channels are outputs of the model.');
  for (const index of graph.inputs) fix(graph.tensors[index], 'Its channels are inputs of the model.');
  for (const tensor of graph.tensors) {
    const reason = reasonOfTensor(tensor);
    if (reason !== undefined) fix(tensor, reason);
  }
}

function reasonOfTensor(tensor: Tensor): string | undefined {
  if (tensor.isVariable) return `"${tensor.name}" is state that is kept from one inference to the next.`;
  if (!isConstant(tensor)) return undefined;
  if (tensor.data === undefined) return absentValues(tensor);
  if (tensor.sparsity !== undefined) return `"${tensor.name}" is stored as a sparse tensor.`;
  if (tensor.quantization?.details !== undefined) return `"${tensor.name}" is quantized in blocks.`;
  const isWhole = tensor.data.length >= storedBytes(tensor.type, elementCount(tensor.shape));
  if (elementLayout(tensor.type) === undefined || !isWhole) return `"${tensor.name}" has no values that can be cut.`;
  return undefined;
}

/** Weights, by tensor or by buffer, that more than one operator reads. */
function sharedWeights(graph: Graph): ReadonlyMap<Tensor, readonly Operator[]> {
  const users = new Map<Uint8Array, { readonly tensors: Set<Tensor>; readonly operators: Set<Operator> }>();
  for (const operator of graph.operators) {
    const definition = definitionOf(operator);
    operator.inputs.forEach((index, position) => {
      const tensor = graph.tensors[index];
      if (index < 0 || tensor.data === undefined || definition?.role(position) !== 'weights') return;
      const entry = users.get(tensor.data) ?? { tensors: new Set(), operators: new Set() };
      users.set(tensor.data, entry);
      entry.tensors.add(tensor);
      entry.operators.add(operator);
    });
  }
  const shared = [...users.values()].filter(({ operators }) => operators.size > 1);
  return new Map(shared.flatMap(({ tensors, operators }) => [...tensors].map((tensor) => [tensor, [...operators]])));
}
