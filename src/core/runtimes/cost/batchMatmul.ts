import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { booleanOption } from '../../model/options';
import type { Tensor } from '../../model/model';
import { scaleCounts } from './copy';
import { vectorCounts } from './dense';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { typeSuffix } from './slidingReference';

interface Product {
  readonly matrices: number;
  /** Of one matrix of the output. */
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** Loop counts of bringing the operands into the order that the product wants. */
  readonly transposed: LoopCounts;
}

/**
 * BATCH_MATMUL (TFLM `kernels/batch_matmul.cc`, `kernels/cmsis_nn/batch_matmul.cc`): the left operand is transposed
 * where `adjX` is set, the right one where `adjY` is not; then every row meets every column. CMSIS-NN takes each row as
 * a vector times a matrix for int8 and int16. A constant right operand is transposed at the first inference only; the
 * figure is that of the first.
 */
export function batchMatmul(context: KernelContext): KernelCall | undefined {
  const left = inputOf(context, 0);
  const right = inputOf(context, 1);
  const output = outputOf(context);
  if (left === undefined || right === undefined || output === undefined) return undefined;
  const suffix = typeSuffix(left.type);
  if (suffix === undefined || right.type !== left.type || left.shape.length < 2 || right.shape.length < 2)
    return undefined;
  const product = productOf(context, left, right, output);
  if (context.library === 'reference' || left.type === 'float32') return plain(product, suffix);
  if (suffix !== 's8' && suffix !== 's16') return undefined;
  const { matrices, rows, columns, depth, transposed } = product;
  return {
    variant: `batch matmul ${suffix}`,
    reason: 'Each row of the left operand is a vector times the right one.',
    counts: {
      call: 1,
      matrix: matrices,
      row: matrices * rows,
      ...scaleCounts(vectorCounts({ outputs: columns, depth }, context.path, suffix), matrices * rows),
      ...transposed,
    },
  };
}

function productOf(context: KernelContext, left: Tensor, right: Tensor, output: Tensor): Product {
  const adjX = booleanOption(context.operator, 'adjX', false);
  const adjY = booleanOption(context.operator, 'adjY', false);
  const rows = dimension(output, -2);
  const columns = dimension(output, -1);
  const moved = [...(adjX ? [left] : []), ...(adjY ? [] : [right])];
  return {
    matrices: elementsOf(output) / Math.max(1, rows * columns),
    rows,
    columns,
    depth: dimension(left, adjX ? -2 : -1),
    transposed: {
      transpose: moved.length,
      transposedRow: moved.reduce((sum, tensor) => sum + elementsOf(tensor) / Math.max(1, dimension(tensor, -2)), 0),
      transposedElement: moved.reduce((sum, tensor) => sum + elementsOf(tensor), 0),
    },
  };
}

function plain({ matrices, rows, columns, depth, transposed }: Product, suffix: string): KernelCall {
  const outputs = matrices * rows * columns;
  return {
    variant: `batch matmul reference ${suffix}`,
    reason: 'Plain loops: one output after the other.',
    counts: {
      call: 1,
      matrix: matrices,
      column: matrices * columns,
      output: outputs,
      mac: outputs * depth,
      ...transposed,
    },
  };
}
