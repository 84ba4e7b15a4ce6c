import type { Model, Operator, OperatorOptions, OptionValue } from '../../model/model';

/** Options by which operators name graphs. */
const references = [
  'condSubgraphIndex',
  'bodySubgraphIndex',
  'thenSubgraphIndex',
  'elseSubgraphIndex',
  'initSubgraphIndex',
  'subgraph',
  'decompositionSubgraphIndex',
];

/** The model without graphs that neither an operator nor a signature leads to; the others are numbered again. */
export function dropGraphs(model: Model): Model {
  const kept = reachedGraphs(model);
  if (kept.length === model.graphs.length) return model;
  const numbers = new Map(kept.map((index, place) => [index, place]));
  return {
    ...model,
    graphs: kept.map((index, place) => ({
      ...model.graphs[index],
      index: place,
      operators: model.graphs[index].operators.map((operator) => renumbered(operator, numbers)),
    })),
    signatures: model.signatures.map((signature) => ({ ...signature, graph: numbers.get(signature.graph)! })),
  };
}

function reachedGraphs({ graphs, signatures }: Model): readonly number[] {
  const reached = new Set([0, ...signatures.map(({ graph }) => graph)]);
  for (const index of reached) {
    for (const operator of graphs[index]?.operators ?? []) {
      for (const target of calledFrom(operator)) reached.add(target);
    }
  }
  return [...reached].filter((index) => graphs[index] !== undefined).sort((one, other) => one - other);
}

/** The graphs that an operator runs. */
export function calledFrom(operator: Operator): readonly number[] {
  return targetsOf(operator).map(([, target]) => target);
}

function targetsOf({ options, options2 }: Operator): readonly (readonly [string, number])[] {
  return Object.entries({ ...options?.values, ...options2?.values }).filter(
    (entry): entry is [string, number] => references.includes(entry[0]) && typeof entry[1] === 'number',
  );
}

function renumbered(operator: Operator, numbers: ReadonlyMap<number, number>): Operator {
  const targets = targetsOf(operator);
  if (targets.length === 0) return operator;
  const changed: Readonly<Record<string, OptionValue>> = Object.fromEntries(
    targets.map(([name, target]) => [name, numbers.get(target) ?? target]),
  );
  const after = (options: OperatorOptions | undefined): OperatorOptions | undefined =>
    options && { ...options, values: { ...options.values, ...changedIn(options, changed) } };
  return { ...operator, options: after(operator.options), options2: after(operator.options2) };
}

function changedIn(
  { values }: OperatorOptions,
  changed: Readonly<Record<string, OptionValue>>,
): Readonly<Record<string, OptionValue>> {
  return Object.fromEntries(Object.entries(changed).filter(([name]) => name in values));
}
