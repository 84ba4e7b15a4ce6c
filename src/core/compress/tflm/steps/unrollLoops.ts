import { wrongShapes } from '../../../faults/wrongAnswers';
import type { Model, Operator } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { dropGraphs } from '../dropGraphs';
import { inlineGraph } from '../inlineGraph';
import { loopsOf, rowWritten, type LoopView, type RowWritten } from '../loops/loopView';
import type { Rewrite } from '../rewrite';

/** More operators than this are no model for a microcontroller. */
const mostOperators = 4000;

const exactWhen = 'How often the loop runs hangs on constants alone; each pass computes what it computed in the loop.';

/**
 * A loop whose tensors change their size from pass to pass, which TFLM cannot hold, becomes its passes one after
 * another.
 */
export const unrollLoops: Rewrite = {
  id: 'unroll-loops',
  exactWhen,
  apply: (model) => {
    const wrong = new Set(wrongShapes(model).map((finding) => finding.graph.index));
    return unrolled(model, ({ body }) => wrong.has(body.index), 'since the tensors of each have sizes of their own');
  },
};

/** Every loop becomes its passes, each of which has ranges of its own that can be quantized. */
export const unrollEachLoop: Rewrite = {
  id: 'unroll-each-loop',
  exactWhen,
  apply: (model) => unrolled(model, () => true, 'each with scales of its own'),
};

function unrolled(model: Model, isUnrolled: (loop: LoopView) => boolean, why: string): ReturnType<Rewrite['apply']> {
  const [graph] = model.graphs;
  for (const loop of loopsOf(model)) {
    const { body, passes, loop: caller } = loop;
    if (!isUnrolled(loop) || body.operators.some(isNested) || passes * body.operators.length > mostOperators) continue;
    const name = shortNames(graph)[caller.outputs[0]];
    return {
      model: dropGraphs(inlineGraph(model, { caller, body, passes, rows: rowsOf(model, loop) })),
      decisions: [`WHILE "${name}" is its ${passes} passes one after another now, ${why}.`],
    };
  }
  return undefined;
}

/** Lists that only their rows are written into. */
function rowsOf(model: Model, loop: LoopView): readonly RowWritten[] {
  const { body, view } = loop;
  const starts = loop.loop.inputs.map((index) => model.graphs[0].tensors[index]);
  return body.inputs.flatMap((list, place) => {
    const row = rowWritten(loop, place, starts);
    if (row === undefined) return [];
    const [made] = row.writer.outputs;
    const isOwn = view.readers(list).length === 2 && !body.outputs.includes(list);
    const isKept = view.readers(made).length === 0 && body.outputs.filter((each) => each === made).length === 1;
    return isOwn && isKept ? [row] : [];
  });
}

function isNested({ kind }: Operator): boolean {
  return kind === 'WHILE' || kind === 'IF' || kind === 'CALL' || kind === 'CALL_ONCE';
}
