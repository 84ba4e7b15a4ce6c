import type { Graph, Model, Operator } from '../../model/model';
import { arenaBytes } from './tensorBytes';

/** Names of the resource variables of a model, in order of first use. */
export function resourceNames(model: Model): readonly string[] {
  const names = new Set<string>();
  for (const graph of model.graphs) {
    for (const operator of graph.operators) if (operator.kind === 'VAR_HANDLE') names.add(resourceName(operator));
  }
  return [...names];
}

function resourceName(operator: Operator): string {
  const name = operator.options?.values['sharedName'];
  return typeof name === 'string' ? name : '';
}

/**
 * Resource variables while the operators are prepared: a handle gives its tensor an identity, and the first assignment
 * to a variable whose handle is in the same graph gives the variable its memory.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/{var_handle,assign_variable}.cc,
 * micro_resource_variable.cc.
 */
export class Resources {
  readonly #assigned = new Set<string>();
  readonly #handles = new Map<Graph, Map<number, string>>();

  /** Takes note of an operator that is prepared; the bytes of the variable that it gives memory to, if it does. */
  prepare(operator: Operator, graph: Graph): number | undefined {
    if (operator.kind === 'VAR_HANDLE') this.#addHandle(operator, graph);
    if (operator.kind !== 'ASSIGN_VARIABLE') return undefined;
    const name = this.#handles.get(graph)?.get(operator.inputs[0] ?? -1);
    const value = graph.tensors[operator.inputs[1] ?? -1];
    if (name === undefined || value === undefined || this.#assigned.has(name)) return undefined;
    this.#assigned.add(name);
    return arenaBytes(value);
  }

  /** True for a tensor that a handle has given memory to, so that it is not planned. */
  isHandle(graph: Graph, tensor: number): boolean {
    return this.#handles.get(graph)?.has(tensor) ?? false;
  }

  #addHandle(operator: Operator, graph: Graph): void {
    const handles = this.#handles.get(graph) ?? new Map<number, string>();
    const output = operator.outputs[0];
    if (output !== undefined) handles.set(output, resourceName(operator));
    this.#handles.set(graph, handles);
  }
}
