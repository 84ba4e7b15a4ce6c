import type { Operator } from '../../model/model';
import { mostConcatenated } from '../../operators/joinSplit';
import type { GraphDraft } from '../rewrite/graphDraft';
import { addTensor } from '../rewrite/graphDraft';

/** Puts rows behind one another along the first dimension, and gives the tensor that holds them all. */
export function joinRows(draft: GraphDraft, operators: Operator[], rows: readonly number[]): number {
  let parts = rows;
  while (parts.length > 1) {
    const next: number[] = [];
    for (let from = 0; from < parts.length; from += mostConcatenated) {
      const inputs = parts.slice(from, from + mostConcatenated);
      const [first, ...others] = inputs.map((index) => draft.tensors[index]);
      const length = others.reduce((sum, { shape }) => sum + shape[0], first.shape[0]);
      if (others.length === 0) {
        next.push(inputs[0]);
        continue;
      }
      const shape = [length, ...first.shape.slice(1)];
      const made = addTensor(draft, { ...first, name: `${first.name}/rows`, shape, shapeSignature: undefined });
      operators.push({
        ...{ index: -1, kind: 'CONCATENATION', version: 1, inputs, outputs: [made], intermediates: [] },
        options: { table: 'ConcatenationOptions', values: { axis: 0, fusedActivationFunction: 'NONE' } },
      });
      next.push(made);
    }
    parts = next;
  }
  return parts[0];
}
