import { countPasses } from '../../../execute/meaning/countPasses';
import { wrongShapes } from '../../../faults/wrongAnswers';
import type { Graph, Model, Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { isConstant } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { addTensor, draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { dropGraphs } from '../dropGraphs';
import type { Rewrite } from '../rewrite';

/** More operators than this are no model for a microcontroller. */
const mostOperators = 4000;

/**
 * A loop whose tensors change their size from pass to pass, which TFLM cannot hold, becomes its passes one after
 * another.
 */
export const unrollLoops: Rewrite = {
  id: 'unroll-loops',
  exactWhen: 'How often the loop runs hangs on constants alone; each pass computes what it computed in the loop.',
  apply: (model) => {
    const [graph] = model.graphs;
    const loops = graph.operators.filter(({ kind }) => kind === 'WHILE');
    if (loops.length === 0) return undefined;
    const wrong = new Set(wrongShapes(model).map((finding) => finding.graph.index));
    for (const loop of loops) {
      const body = model.graphs[numberOption(loop, 'bodySubgraphIndex', -1)];
      if (body === undefined || !wrong.has(body.index) || body.operators.some(isNested)) continue;
      const passes = countPasses(model, loop);
      if (passes === undefined || passes * body.operators.length > mostOperators) continue;
      const name = shortNames(graph)[loop.outputs[0]];
      return {
        model: dropGraphs(unrolled(model, { loop, body, passes })),
        decisions: [
          `WHILE "${name}" is its ${passes} passes one after another now, since the tensors of each have sizes of their own.`,
        ],
      };
    }
    return undefined;
  },
};

function isNested({ kind }: Operator): boolean {
  return kind === 'WHILE' || kind === 'IF' || kind === 'CALL' || kind === 'CALL_ONCE';
}

interface Unrolling {
  readonly loop: Operator;
  readonly body: Graph;
  readonly passes: number;
}

function unrolled(model: Model, { loop, body, passes }: Unrolling): Model {
  const draft = draftOf(model.graphs[0]);
  const constants = new Map<number, number>();
  const operators: Operator[] = [];
  let state: readonly number[] = loop.inputs;
  for (let pass = 0; pass < passes; pass++) {
    const places = new Map(body.inputs.map((input, position) => [input, state[position]] as const));
    const place = (index: number): number => {
      if (index < 0) return index;
      const tensor = body.tensors[index];
      const known = places.get(index) ?? (isConstant(tensor) ? constants.get(index) : undefined);
      if (known !== undefined) return known;
      const name = isConstant(tensor) ? tensor.name : `${tensor.name}/pass${pass + 1}`;
      const added = addTensor(draft, { ...tensor, name });
      (isConstant(tensor) ? constants : places).set(index, added);
      return added;
    };
    for (const operator of body.operators) {
      const moved = (list: readonly number[]): readonly number[] => list.map(place);
      operators.push({
        ...operator,
        ...{ inputs: moved(operator.inputs), outputs: moved(operator.outputs) },
        intermediates: moved(operator.intermediates),
      });
    }
    state = body.outputs.map(place);
  }
  const at = draft.operators.indexOf(loop);
  draft.operators = [...draft.operators.slice(0, at), ...operators, ...draft.operators.slice(at + 1)];
  const ends = new Map(loop.outputs.map((output, position) => [output, state[position]]));
  const end = (index: number): number => ends.get(index) ?? index;
  draft.operators = draft.operators.map((operator) => ({ ...operator, inputs: operator.inputs.map(end) }));
  draft.outputs = draft.outputs.map(end);
  return redraw(model, draft);
}
