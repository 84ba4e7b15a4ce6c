import { allRoundings } from '../../../execute/roundings';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { shortNames } from '../../../model/names';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { bypass } from '../bypass';
import type { CleanStep } from '../cleanStep';
import { holdsSame } from '../equalTensors';
import { probe } from '../ranges/probe';

/** What comes before the QUANTIZE of a pair: the way leads over floats or over integers of another scale or size. */
const first: ReadonlySet<string> = new Set(['DEQUANTIZE', 'QUANTIZE']);

/**
 * Removes the way over another form between two integer tensors (DEQUANTIZE or QUANTIZE, then QUANTIZE): altogether
 * where every value comes back as it was, else it becomes one QUANTIZE where that gives the same for every value. Both
 * are tried with all values, in both rounding modes.
 */
export const quantizePairs: CleanStep = {
  id: 'quantize-pairs',
  apply: (model) => {
    const [graph] = model.graphs;
    for (const operator of graph.operators) {
      const before = operator.kind === 'QUANTIZE' ? producer(graph, operator.inputs[0]) : undefined;
      if (before === undefined || !first.has(before.kind)) continue;
      const draft = shortenPair(graph, before, operator);
      if (draft === undefined) continue;
      const names = shortNames(graph);
      return {
        model: redraw(model, draft),
        decisions: [
          `"${names[operator.outputs[0]]}" is made from "${names[before.inputs[0]]}" without the way over ${wayText(graph, before)}: all of its values stay the same.`,
        ],
      };
    }
    return undefined;
  },
};

function wayText({ tensors }: Graph, { outputs }: Operator): string {
  return tensors[outputs[0]].type === 'float32' ? 'floats' : 'other integers';
}

function producer(graph: Graph, tensor: number): Operator | undefined {
  return graph.operators.find(({ outputs }) => outputs.includes(tensor));
}

function shortenPair(graph: Graph, before: Operator, quantize: Operator): GraphDraft | undefined {
  const [from, to] = [graph.tensors[before.inputs[0]], graph.tensors[quantize.outputs[0]]];
  if (from.type !== to.type || from.type !== 'int8') return undefined;
  const there = tables(graph, before, all);
  if (there === undefined) return undefined;
  const back = there.map((values, mode) => tables(graph, quantize, values)?.[mode]);
  if (holdsSame(from, to) && back.every((values) => values?.every((value, index) => value === all[index]))) {
    return bypass({ ...graph, operators: graph.operators }, quantize, from.index);
  }
  const direct = { ...quantize, inputs: [from.index] };
  const requantized = tables(graph, direct, all);
  const isSame = back.every((values, mode) => values?.every((value, index) => value === requantized?.[mode][index]));
  if (!isSame) return undefined;
  return draftOf(graph, { operators: graph.operators.map((each) => (each === quantize ? direct : each)) });
}

const all = Float64Array.from({ length: 256 }, (_, index) => index - 128);

/** What an operator on single values makes of `values`, in both rounding modes. */
function tables(graph: Graph, operator: Operator, values: Float64Array): readonly Float64Array[] | undefined {
  const own = new Set([operator.inputs[0], operator.outputs[0]]);
  const tensors = graph.tensors.map((each): Tensor =>
    own.has(each.index) ? { ...each, shape: [1, values.length] } : each,
  );
  const results = allRoundings.map((rounding) =>
    probe({ operator, tensors }, new Map([[operator.inputs[0], values]]), rounding),
  );
  return results.every((result) => result !== undefined) ? results : undefined;
}
