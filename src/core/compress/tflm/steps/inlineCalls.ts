import { shortNames } from '../../../model/names';
import { calledFrom, dropGraphs } from '../dropGraphs';
import { inlineGraph } from '../inlineGraph';
import type { Rewrite } from '../rewrite';

const calls: ReadonlySet<string> = new Set(['CALL', 'STABLEHLO_COMPOSITE']);

/** An operator that only runs another graph, which TFLM cannot, is what that graph does. */
export const inlineCalls: Rewrite = {
  id: 'inline-calls',
  exactWhen: 'The same operators compute the same values.',
  apply: (model) => {
    const [graph] = model.graphs;
    const caller = graph.operators.find(({ kind }) => calls.has(kind));
    const body = caller && model.graphs[calledFrom(caller)[0]];
    if (caller === undefined || body === undefined || body.index === 0) return undefined;
    const isWhole = body.inputs.length === caller.inputs.length && body.outputs.length === caller.outputs.length;
    const isTaken = caller.inputs.every((input) => graph.tensors[input] !== undefined);
    if (!isWhole || !isTaken || body.operators.length === 0) return undefined;
    const name = shortNames(graph)[caller.outputs[0]] ?? String(caller.index);
    return {
      model: dropGraphs(inlineGraph(model, { caller, body, passes: 1 })),
      decisions: [`${caller.kind} "${name}" is the ${body.operators.length} operators that it stood for now.`],
    };
  },
};
