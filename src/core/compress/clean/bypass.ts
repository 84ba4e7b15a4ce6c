import type { Graph, Operator } from '../../model/model';
import { isConstant } from '../../model/model';
import type { GraphDraft } from '../rewrite/graphDraft';
import { draftOf } from '../rewrite/graphDraft';

/**
 * The graph without an operator whose output equals one of its inputs: who read the output reads the input. An output
 * of the model keeps its tensor, which the operator before then writes. `undefined` where that cannot be: the input is
 * also an input, another output or a constant.
 */
export function bypass(graph: Graph, operator: Operator, input: number): GraphDraft | undefined {
  const output = operator.outputs[0];
  const others = graph.operators.filter((other) => other !== operator);
  if (graph.tensors[input].isVariable || graph.tensors[output].isVariable) return undefined;
  if (!graph.outputs.includes(output)) {
    return draftOf(graph, { operators: others.map((other) => renameInput(other, output, input)) });
  }
  const isTaken = graph.inputs.includes(input) || graph.outputs.includes(input) || isConstant(graph.tensors[input]);
  if (isTaken) return undefined;
  return draftOf(graph, { operators: others.map((other) => renameInput(other, input, output)) });
}

function renameInput(operator: Operator, from: number, to: number): Operator {
  const rename = (list: readonly number[]): readonly number[] => list.map((index) => (index === from ? to : index));
  return { ...operator, inputs: rename(operator.inputs), outputs: rename(operator.outputs) };
}
