import { booleanOption } from '../../model/options';
import { elementCount } from '../../model/dataType';
import { broadcastIndices, stridesOf, viewIndices } from '../broadcast';
import { quantizeMultiplier, rescaleOf, rescaleWide } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { picking } from '../pick';
import { Value } from '../value';
import { integerRange } from '../../model/values/integerRange';

/** BATCH_MATMUL: a matrix product for each combination of the leading dimensions, which broadcast. */
export const batchMatmul = byType(inputType, { int8: productInt8, int16: productInt16, float32: productFloat32 });

interface Plan {
  /** Rows of the first matrices and columns of the second, both as runs of `depth` elements. */
  readonly rows: Value;
  readonly columns: Value;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly depth: number;
  /** First element of each product's matrices. */
  readonly products: readonly { readonly row: number; readonly column: number }[];
  /** Brings the matrices into runs; called at each inference. */
  readonly arrange: () => void;
}

function planOf(call: KernelInvocation): Plan {
  const [first, second, result] = [input(call, 0), input(call, 1), output(call)];
  const rows = asRuns(first, booleanOption(call.operator, 'adjX', false));
  const columns = asRuns(second, !booleanOption(call.operator, 'adjY', false));
  const depth = rows.value.shape.at(-1) ?? 1;
  const rowCount = rows.value.shape.at(-2) ?? 1;
  const columnCount = columns.value.shape.at(-2) ?? 1;
  const batches = result.shape.slice(0, -2);
  const rowBatches = broadcastIndices(first.shape.slice(0, -2), batches);
  const columnBatches = broadcastIndices(second.shape.slice(0, -2), batches);
  return {
    rows: rows.value,
    columns: columns.value,
    rowCount,
    columnCount,
    depth,
    products: Array.from({ length: elementCount(batches) }, (_none, batch) => ({
      row: (rowBatches?.[batch] ?? batch) * rowCount * depth,
      column: (columnBatches?.[batch] ?? batch) * columnCount * depth,
    })),
    arrange: () => {
      rows.arrange();
      columns.arrange();
    },
  };
}

/** A value with its last two dimensions exchanged where `isTransposed`. */
function asRuns(value: Value, isTransposed: boolean): { readonly value: Value; readonly arrange: () => void } {
  if (!isTransposed) return { value, arrange: () => undefined };
  const rank = value.shape.length;
  const exchange = (list: readonly number[]): number[] => [...list.slice(0, -2), list[rank - 1], list[rank - 2]];
  const turned = new Value(value.tensor, exchange(value.shape));
  const indices = viewIndices(turned.shape, exchange(stridesOf(value.shape)));
  const pick = picking(value, turned);
  return { value: turned, arrange: () => pick(indices) };
}

/** Calls `store` for each element of each product, in the order of the output. */
function eachElement(plan: Plan, store: (row: number, column: number, at: number) => void): void {
  const { rowCount, columnCount, depth, products } = plan;
  plan.arrange();
  let at = 0;
  for (const product of products) {
    for (let row = 0; row < rowCount; row++) {
      for (let column = 0; column < columnCount; column++) {
        store(product.row + row * depth, product.column + column * depth, at++);
      }
    }
  }
}

function factor(call: KernelInvocation): { readonly multiplier: number; readonly shift: number } {
  const [first, second, result] = [input(call, 0), input(call, 1), output(call)];
  return quantizeMultiplier(Math.fround(first.scale * second.scale) / result.scale, call.rounding);
}

function productInt8(call: KernelInvocation): Kernel {
  const [first, second, result] = [input(call, 0), input(call, 1), output(call)];
  const plan = planOf(call);
  const [rows, columns, out] = [plan.rows.int8, plan.columns.int8, result.int8];
  const { multiplier, shift } = factor(call);
  const rescale = rescaleOf(call.rounding);
  const { least, most } = integerRange.int8;
  return () => {
    eachElement(plan, (row, column, at) => {
      let sum = 0;
      for (let index = 0; index < plan.depth; index++) {
        const product = Math.imul(rows[row + index] - first.zeroPoint, columns[column + index] - second.zeroPoint);
        sum = (sum + product) | 0;
      }
      const value = rescale(sum, multiplier, shift) + result.zeroPoint;
      out[at] = value < least ? least : value > most ? most : value;
    });
  };
}

function productInt16(call: KernelInvocation): Kernel {
  const plan = planOf(call);
  const [rows, columns, out] = [plan.rows.int16, plan.columns.int16, output(call).int16];
  const { multiplier, shift } = factor(call);
  const { least, most } = integerRange.int16;
  return () => {
    eachElement(plan, (row, column, at) => {
      let sum = 0;
      for (let index = 0; index < plan.depth; index++) sum += rows[row + index] * columns[column + index];
      const value = rescaleWide(sum, multiplier, shift);
      out[at] = value < least ? least : value > most ? most : value;
    });
  };
}

function productFloat32(call: KernelInvocation): Kernel {
  const plan = planOf(call);
  const [rows, columns, out] = [plan.rows.float32, plan.columns.float32, output(call).float32];
  return () => {
    eachElement(plan, (row, column, at) => {
      let sum = 0;
      for (let index = 0; index < plan.depth; index++) {
        sum = Math.fround(sum + Math.fround(rows[row + index] * columns[column + index]));
      }
      out[at] = sum;
    });
  };
}
