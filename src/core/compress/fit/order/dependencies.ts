import { isConstant, type Graph, type Operator } from '../../../model/model';

/** Kinds whose effect is more than their outputs: they stay in their order among each other. */
const withEffects: ReadonlySet<string> = new Set([
  'ASSIGN_VARIABLE',
  'CALL',
  'CALL_ONCE',
  'CUSTOM',
  'IF',
  'READ_VARIABLE',
  'VAR_HANDLE',
  'WHILE',
]);

/**
 * For each operator those that must run before it: what computes its inputs; what ran before it with effects, if it has
 * effects too; and what used a variable before it that it uses.
 */
export function dependenciesOf(graph: Graph): readonly (readonly number[])[] {
  const producer = new Map<number, number>();
  for (const { index, outputs } of graph.operators) outputs.forEach((tensor) => producer.set(tensor, index));
  const lastUse = new Map<number | 'effects', number>();
  return graph.operators.map((operator) => {
    const needed = new Set<number>();
    for (const input of operator.inputs) {
      const source = producer.get(input);
      if (source !== undefined && source !== operator.index) needed.add(source);
    }
    for (const shared of sharedState(graph, operator)) {
      const before = lastUse.get(shared);
      if (before !== undefined) needed.add(before);
      lastUse.set(shared, operator.index);
    }
    return [...needed];
  });
}

/** What an operator shares with others beside its inputs and outputs. */
function sharedState(graph: Graph, operator: Operator): readonly (number | 'effects')[] {
  const variables = [...operator.inputs, ...operator.outputs].filter((index) => graph.tensors[index]?.isVariable);
  return withEffects.has(operator.kind) ? ['effects', ...new Set(variables)] : [...new Set(variables)];
}

/** True for what lives in the planned memory: a tensor that is neither a constant nor a variable. */
export function isPlanned(graph: Graph, tensor: number): boolean {
  const found = graph.tensors[tensor];
  return found !== undefined && !isConstant(found) && !found.isVariable;
}
