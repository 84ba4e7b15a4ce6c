import { elementCount } from '../model/dataType';
import type { Graph, Operator, Tensor } from '../model/model';

/** An operator with the graph that holds its tensors. */
interface Place {
  readonly operator: Operator;
  readonly graph: Graph;
}

/** Input tensor at `position`; `undefined` for an optional input that is absent and for an index outside the graph. */
export function inputOf({ operator, graph }: Place, position: number): Tensor | undefined {
  return graph.tensors[operator.inputs[position] ?? -1];
}

/** Output tensor at `position`. */
export function outputOf({ operator, graph }: Place, position = 0): Tensor | undefined {
  return graph.tensors[operator.outputs[position] ?? -1];
}

/** Dimension `axis` of `tensor` (negative counts from the end); 1 where there is none, or where it is not known. */
export function dimension(tensor: Tensor, axis: number): number {
  const size = tensor.shape.at(axis) ?? 1;
  return size < 0 ? 1 : size;
}

/** Number of elements of `tensor`, unknown dimensions counted as 1; 0 for one that is absent. */
export function elementsOf(tensor: Tensor | undefined): number {
  return tensor === undefined ? 0 : elementCount(tensor.shape);
}
