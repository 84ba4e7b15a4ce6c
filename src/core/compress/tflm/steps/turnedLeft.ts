import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';
import { withOptions } from '../newOperators';

/** BATCH_MATMUL whose left side is transposed by the kernel has it transposed before. */
export const turnedLeft = faultRewrite({
  id: 'turned-left',
  mends: ['batch-matmul-adjoint'],
  exactWhen: 'The same products are summed in the same order.',
  match: (operator, view) => {
    const left = view.tensor(operator.inputs[0]);
    if (left === undefined || left.shape.length < 2) return undefined;
    const rank = left.shape.length;
    const axes = left.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
    const turnedShape = axes.map((axis) => left.shape[axis]);
    const turned = view.addLike(left, `${left.name}/turned`, turnedShape);
    const inputs = [operator.inputs[0], view.addIntegers(`${left.name}/axes`, axes)];
    const options = withOptions(operator, 'BatchMatMulOptions', { adjX: false });
    const plain: Operator = { ...operator, inputs: [turned, operator.inputs[1]], options };
    return {
      removed: [operator],
      inserted: [{ kind: 'TRANSPOSE', version: left.type === 'float32' ? 1 : 2, inputs, outputs: [turned] }, plain],
      sentence: (name) => `BATCH_MATMUL "${name}" is given its left side turned by a TRANSPOSE now.`,
    };
  },
});
