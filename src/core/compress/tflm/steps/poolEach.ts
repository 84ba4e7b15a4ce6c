import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';
import type { NewOperator } from '../graphView';

/** TFLM's CONCATENATION took no more tensors. Source: kMaxInputNum in kernels/concatenation.cc. */
const mostImages = 10;

/** Pooling of a batch, of which a kernel computes the first image, is done image by image. */
export const poolEach = faultRewrite({
  id: 'pool-each',
  mends: ['pooling-batch'],
  exactWhen: 'Images of a batch have nothing to do with each other.',
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const batch = from?.shape[0] ?? 0;
    if (from === undefined || to === undefined || batch < 2 || batch > mostImages || to.shape[0] !== batch)
      return undefined;
    const apart = (whole: typeof from): readonly number[] =>
      Array.from({ length: batch }, (_, at) =>
        view.addLike(whole, `${whole.name}/image${at + 1}`, [1, ...whole.shape.slice(1)]),
      );
    const [images, pooled] = [apart(from), apart(to)];
    const split: NewOperator = {
      ...{ kind: 'SPLIT', version: 2, outputs: images },
      inputs: [view.addIntegers(`${from.name}/axis`, [0], []), operator.inputs[0]],
      options: { table: 'SplitOptions', values: { numSplits: batch } },
    };
    const join: NewOperator = {
      ...{ kind: 'CONCATENATION', version: 2, inputs: pooled, outputs: operator.outputs },
      options: { table: 'ConcatenationOptions', values: { axis: 0, fusedActivationFunction: 'NONE' } },
    };
    const pools = images.map((image, at): Operator => ({ ...operator, inputs: [image], outputs: [pooled[at]] }));
    return {
      ...{ removed: [operator], inserted: [split, ...pools, join] },
      sentence: (name) => `${operator.kind} "${name}" is done for each of its ${batch} images apart now.`,
    };
  },
});
