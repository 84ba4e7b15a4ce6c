import { isConstant, type Graph, type Model, type Operator } from '../../model/model';
import { addTensor, draftOf } from '../rewrite/graphDraft';
import { redraw } from '../rewrite/redraw';
import { joinRows } from './joinRows';
import type { RowWritten } from './loops/loopView';

/** A graph that an operator of graph 0 runs, once or in several passes that hand on what they make. */
interface Inlining {
  readonly caller: Operator;
  readonly body: Graph;
  readonly passes: number;
  /** Lists of which each pass writes the row of its number, and nothing else reads: the rows are joined at the end. */
  readonly rows?: readonly RowWritten[];
}

/** The model with the operators of a graph in the place of the operator that runs it. */
export function inlineGraph(model: Model, { caller, body, passes, rows = [] }: Inlining): Model {
  const draft = draftOf(model.graphs[0]);
  const constants = new Map<number, number>();
  const operators: Operator[] = [];
  const writers = new Set(rows.map(({ writer }) => writer));
  const written = rows.map((): number[] => []);
  let state: readonly number[] = caller.inputs;
  for (let pass = 0; pass < passes; pass++) {
    const places = new Map(body.inputs.map((input, position) => [input, state[position]] as const));
    const place = (index: number): number => {
      if (index < 0) return index;
      const tensor = body.tensors[index];
      const known = places.get(index) ?? (isConstant(tensor) ? constants.get(index) : undefined);
      if (known !== undefined) return known;
      const name = isConstant(tensor) || passes === 1 ? tensor.name : `${tensor.name}/pass${pass + 1}`;
      const added = addTensor(draft, { ...tensor, name });
      (isConstant(tensor) ? constants : places).set(index, added);
      return added;
    };
    for (const operator of body.operators) {
      if (writers.has(operator)) continue;
      const moved = (list: readonly number[]): readonly number[] => list.map(place);
      operators.push({
        ...operator,
        ...{ inputs: moved(operator.inputs), outputs: moved(operator.outputs) },
        intermediates: moved(operator.intermediates),
      });
    }
    rows.forEach(({ value }, row) => written[row].push(place(value)));
    const lists = new Map(rows.map((row) => [row.place, state[row.place]]));
    state = body.outputs.map((output, position) => lists.get(position) ?? place(output));
  }
  rows.forEach((row, at) => {
    const list = joinRows(draft, operators, written[at]);
    state = state.map((each, position) => (position === row.place ? list : each));
  });
  const at = draft.operators.indexOf(caller);
  draft.operators = [...draft.operators.slice(0, at), ...operators, ...draft.operators.slice(at + 1)];
  const ends = new Map(caller.outputs.map((output, position) => [output, state[position]]));
  const end = (index: number): number => ends.get(index) ?? index;
  draft.operators = draft.operators.map((operator) => ({ ...operator, inputs: operator.inputs.map(end) }));
  draft.outputs = draft.outputs.map(end);
  return redraw(model, draft);
}
