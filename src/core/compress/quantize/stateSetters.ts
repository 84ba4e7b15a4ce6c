import type { Graph, Operator } from '../../model/model';
import { isConstant } from '../../model/model';

/** The operators that set what an operator remembers, before it runs, by the variable tensor that they write. */
export function stateWriters({ operators, tensors }: Graph): ReadonlyMap<number, Operator> {
  const written = operators.flatMap((operator) => operator.outputs.map((output) => [output, operator] as const));
  return new Map(written.filter(([output]) => tensors[output].isVariable));
}

/** Whether an operator sets a state to a constant, which takes the state's own form when that is quantized. */
export function setsConstant({ kind, inputs, outputs }: Operator, { tensors }: Graph): boolean {
  const isState = outputs.length === 1 && tensors[outputs[0]].isVariable;
  return kind === 'RESHAPE' && isState && isConstant(tensors[inputs[0]]);
}
