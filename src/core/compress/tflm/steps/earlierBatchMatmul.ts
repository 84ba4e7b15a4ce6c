import type { Tensor } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import { decode, encode } from '../../../model/values/stored';
import { elementCount } from '../../../model/dataType';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** BATCH_MATMUL with one constant matrix for a version that has none: FULLY_CONNECTED. */
export const earlierBatchMatmul = patternRewrite({
  id: 'earlier-batch-matmul',
  exactWhen:
    'The right matrix is a constant with one scale and the zero point 0, or of floats: both kernels add up alike.',
  kinds: ['BATCH_MATMUL'],
  match: (operator, view, use) => {
    const [left, right] = operator.inputs.map((index) => view.tensor(index));
    const to = view.tensor(operator.outputs[0]);
    if (!isLacking(operator.kind, use) || left === undefined || right?.data === undefined || to === undefined) {
      return undefined;
    }
    const isTaken = (right.type === 'float32' || isSymmetric(right)) && left.type === right.type;
    const isOne = elementCount(right.shape.slice(0, -2)) === 1 && right.shape.length <= left.shape.length;
    if (!isTaken || !isOne || right.shape.length < 2 || booleanOption(operator, 'adjX', false)) return undefined;
    const isTurned = booleanOption(operator, 'adjY', false);
    const shape = right.shape.slice(-2);
    const data = isTurned ? right.data : turned(right, shape);
    if (data === undefined) return undefined;
    const size = isTurned ? shape : [shape[1], shape[0]];
    const weights = view.addConstant({ ...right, data }, `${right.name}/weights`, size);
    const values = {
      ...{ fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT', keepNumDims: true },
      asymmetricQuantizeInputs: false,
    };
    return {
      removed: [operator],
      inserted: [
        {
          ...{ kind: 'FULLY_CONNECTED', version: right.type === 'int8' ? 4 : 1 },
          ...{ inputs: [operator.inputs[0], weights, -1], outputs: operator.outputs },
          options: { table: 'FullyConnectedOptions', values },
        },
      ],
      sentence: (name) => `BATCH_MATMUL "${name}" is a FULLY_CONNECTED now, as the version in use has no other.`,
    };
  },
});

function isSymmetric({ type, quantization }: Tensor): boolean {
  return type === 'int8' && quantization?.scales.length === 1 && quantization.zeroPoints.every((zero) => zero === 0);
}

/** The matrix with rows as columns. */
function turned({ type, data }: Tensor, [rows, columns]: readonly number[]): Uint8Array | undefined {
  const numbers = decode(type, data!, rows * columns);
  return (
    numbers &&
    encode(
      type,
      numbers.map((_, at) => numbers[(at % rows) * columns + Math.floor(at / rows)]),
    )
  );
}
