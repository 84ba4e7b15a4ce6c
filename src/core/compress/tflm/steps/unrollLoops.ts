import { countPasses } from '../../../execute/meaning/countPasses';
import { wrongShapes } from '../../../faults/wrongAnswers';
import type { Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { shortNames } from '../../../model/names';
import { dropGraphs } from '../dropGraphs';
import { inlineGraph } from '../inlineGraph';
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
        model: dropGraphs(inlineGraph(model, { caller: loop, body, passes })),
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
