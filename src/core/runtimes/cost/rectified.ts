import type { Graph, Operator } from '../../model/model';
import { enumOption } from '../../model/options';
import type { KernelContext } from './kernelCall';

/** Operators that pass zeros on: what is zero before them is zero, or mostly zero, after them. */
const passing = new Set(['MAX_POOL_2D', 'AVERAGE_POOL_2D', 'MEAN', 'RESHAPE', 'SQUEEZE', 'EXPAND_DIMS', 'TRANSPOSE']);
const rectifying = new Set(['RELU', 'RELU6', 'RELU_0_TO_1']);

/** How many operators back a rectifier is looked for. */
const furthest = 4;

const producers = new WeakMap<Graph, ReadonlyMap<number, Operator>>();

/**
 * Whether the input at `position` comes from a rectifier: then about half of its values are zero, which arithmetic in
 * software is quicker with.
 */
export function isRectified({ operator, graph }: KernelContext, position: number): boolean {
  let tensor = operator.inputs[position] ?? -1;
  for (let step = 0; step < furthest; step++) {
    const producer = producersOf(graph).get(tensor);
    if (producer === undefined) return false;
    if (rectifying.has(producer.kind) || rectifying.has(enumOption(producer, 'fusedActivationFunction', 'NONE'))) {
      return true;
    }
    if (!passing.has(producer.kind)) return false;
    tensor = producer.inputs[0] ?? -1;
  }
  return false;
}

function producersOf(graph: Graph): ReadonlyMap<number, Operator> {
  const known = producers.get(graph);
  if (known !== undefined) return known;
  const made = new Map(graph.operators.flatMap((operator) => operator.outputs.map((output) => [output, operator])));
  producers.set(graph, made);
  return made;
}
