/** A matrix of weights, one row of `depth` elements per output channel, with what is added to each row's sum. */
interface Rows<Weights, Bias> {
  readonly weights: Weights;
  readonly bias: Bias;
  readonly depth: number;
}

/** Which rows, and where their sums go. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Sums of products of each row with `values[at]` …, in int32 that wraps. Four rows at once: each value is then loaded
 * once for four products, and the four sums stay in registers.
 */
export function dotInt8(
  rows: Rows<Int8Array, Int32Array>,
  range: RowRange,
  source: { readonly values: Int8Array; readonly at: number },
  sums: Int32Array,
): void {
  const { weights, bias, depth } = rows;
  const { values, at } = source;
  let row = range.from;
  for (; row + 4 <= range.to; row += 4) {
    let w0 = row * depth;
    let w1 = w0 + depth;
    let w2 = w1 + depth;
    let w3 = w2 + depth;
    let sum0 = bias[row];
    let sum1 = bias[row + 1];
    let sum2 = bias[row + 2];
    let sum3 = bias[row + 3];
    for (let index = at; index < at + depth; index++) {
      const value = values[index];
      sum0 = (sum0 + Math.imul(value, weights[w0++])) | 0;
      sum1 = (sum1 + Math.imul(value, weights[w1++])) | 0;
      sum2 = (sum2 + Math.imul(value, weights[w2++])) | 0;
      sum3 = (sum3 + Math.imul(value, weights[w3++])) | 0;
    }
    sums[row] = sum0;
    sums[row + 1] = sum1;
    sums[row + 2] = sum2;
    sums[row + 3] = sum3;
  }
  for (; row < range.to; row++) {
    let sum = bias[row];
    let weight = row * depth;
    for (let index = at; index < at + depth; index++) {
      sum = (sum + Math.imul(values[index], weights[weight++])) | 0;
    }
    sums[row] = sum;
  }
}

/** The same for int16 values, in sums that hold up to 53 bits exactly. */
export function dotInt16(
  rows: Rows<Int8Array, Float64Array>,
  range: RowRange,
  source: { readonly values: Int16Array; readonly at: number },
  sums: Float64Array,
): void {
  const { weights, bias, depth } = rows;
  const { values, at } = source;
  for (let row = range.from; row < range.to; row++) {
    let sum = 0;
    let weight = row * depth;
    for (let index = at; index < at + depth; index++) sum += values[index] * weights[weight++];
    sums[row] = sum + bias[row];
  }
}

/**
 * The same in 32-bit floating point, each product and sum rounded, the bias added last: the order of the reference
 * kernels.
 */
export function dotFloat32(
  rows: Rows<Float32Array, Float32Array>,
  range: RowRange,
  source: { readonly values: Float32Array; readonly at: number },
  sums: Float32Array,
): void {
  const { weights, bias, depth } = rows;
  const { values, at } = source;
  for (let row = range.from; row < range.to; row++) {
    let sum = 0;
    let weight = row * depth;
    for (let index = at; index < at + depth; index++) {
      sum = Math.fround(sum + Math.fround(values[index] * weights[weight++]));
    }
    sums[row] = sum + bias[row];
  }
}
