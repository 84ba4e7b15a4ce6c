import { wrongShapes } from '../../../faults/wrongAnswers';
import type { DataType } from '../../../model/dataType';
import type { Model } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { holdsSame } from '../../clean/equalTensors';
import { dropDeadOperators } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { calledFrom } from '../dropGraphs';
import { loopsOf, rowWritten, type LoopView, type RowWritten } from '../loops/loopView';
import type { Rewrite } from '../rewrite';

/** Types that SELECT_V2 has kernels for. Source: kernels/select.cc of TFLM. */
const selected: ReadonlySet<DataType> = new Set(['float32', 'int8', 'int16']);

/** EQUAL broadcasts over four dimensions. Source: kernels/comparisons.cc of TFLM. */
const mostDimensions = 4;

/** A list of more rows is no result of a loop on a microcontroller. */
const mostRows = 4096;

/**
 * A loop that writes a row of a list in each pass by what stands before it, the row, and what stands behind it, whose
 * sizes TFLM cannot change, chooses between the row and the list instead.
 */
export const steadyRows: Rewrite = {
  id: 'steady-rows',
  exactWhen: 'Each pass writes the row of its number and keeps all others, which are copied as they are.',
  apply: (model) => {
    const wrong = new Set(wrongShapes(model).map((finding) => finding.graph.index));
    for (const loop of loopsOf(model)) {
      if (!wrong.has(loop.body.index) || usesOf(model, loop.body.index) !== 1) continue;
      const starts = loop.loop.inputs.map((index) => model.graphs[0].tensors[index]);
      const rows = loop.body.inputs.flatMap((_, place) => rowWritten(loop, place, starts) ?? []);
      const steady = rows.filter((row) => isSelected(loop, row));
      if (steady.length === 0) continue;
      const name = shortNames(model.graphs[0])[loop.loop.outputs[steady[0].place]];
      return {
        model: drawn(model, loop, steady),
        decisions: [
          `The loop WHILE "${name}" writes its ${loop.passes} rows by EQUAL and SELECT_V2 now, in tensors that keep their size.`,
        ],
      };
    }
    return undefined;
  },
};

/** How many operators run this graph: what is changed for one is changed for all. */
function usesOf({ graphs }: Model, body: number): number {
  const called = graphs.flatMap(({ operators }) => operators.flatMap(calledFrom));
  return called.filter((graph) => graph === body).length;
}

function isSelected({ body, view, passes }: LoopView, { place, writer, value }: RowWritten): boolean {
  const [list, row, made] = [body.inputs[place], value, writer.outputs[0]].map((index) => view.tensor(index)!);
  const isShort = passes <= mostRows && list.shape.length <= mostDimensions;
  return isShort && selected.has(list.type) && holdsSame(list, row) && holdsSame(list, made);
}

function drawn(model: Model, { body, view }: LoopView, rows: readonly RowWritten[]): Model {
  for (const { place, writer, value, counter } of rows) {
    const list = view.tensor(body.inputs[place])!;
    const column = list.shape.map((size, axis) => (axis === 0 ? size : 1));
    const numbers = view.addIntegers(
      `${list.name}/rows`,
      Array.from({ length: list.shape[0] }, (_, row) => row),
      column,
    );
    const chosen = view.add({ name: `${list.name}/row`, type: 'bool', shape: column, isVariable: false });
    const counted = body.inputs[counter];
    view.replace({
      removed: [writer],
      inserted: [
        {
          kind: 'EQUAL',
          inputs: [numbers, counted],
          outputs: [chosen],
          options: { table: 'EqualOptions', values: {} },
        },
        {
          ...{ kind: 'SELECT_V2', inputs: [chosen, value, body.inputs[place]], outputs: writer.outputs },
          options: { table: 'SelectV2Options', values: {} },
        },
      ],
    });
    view.set(writer.outputs[0], { ...view.tensor(writer.outputs[0])!, shape: list.shape, shapeSignature: undefined });
  }
  dropDeadOperators(view.draft);
  return redraw(model, view.draft);
}
