import { factorise } from '../../cholesky';

/** Sums over rows (x, y) from which every quadratic error of y = x W follows: X'X, X'Y and Y'Y's trace. */
export class NormalEquations {
  readonly inputs: number;
  readonly outputs: number;
  /** X'X: `inputs` x `inputs`, the lower triangle alone. */
  readonly squares: Float64Array;
  /** X'Y: `inputs` x `outputs`. */
  readonly products: Float64Array;
  /** Sum of the squares of all y. */
  energy = 0;
  rows = 0;

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.squares = new Float64Array(inputs * inputs);
    this.products = new Float64Array(inputs * outputs);
  }

  addRow(x: Float64Array, y: Float64Array): void {
    const { inputs, outputs, squares, products } = this;
    for (let row = 0; row < inputs; row++) {
      const value = x[row];
      if (value === 0) continue;
      for (let column = 0, at = row * inputs; column <= row; column++) squares[at + column] += value * x[column];
      for (let column = 0, at = row * outputs; column < outputs; column++) products[at + column] += value * y[column];
    }
    for (const value of y) this.energy += value * value;
    this.rows += 1;
  }

  addAll(other: NormalEquations): void {
    other.squares.forEach((value, index) => (this.squares[index] += value));
    other.products.forEach((value, index) => (this.products[index] += value));
    this.energy += other.energy;
    this.rows += other.rows;
  }

  /** Sum of the squared errors over all rows with weights W, `inputs` x `outputs`. */
  errorOf(weights: Float64Array): number {
    const { outputs } = this;
    const gradient = this.#times(weights);
    let error = this.energy;
    for (let index = 0; index < this.inputs * outputs; index++) {
      error += weights[index] * (gradient[index] - 2 * this.products[index]);
    }
    return Math.max(0, error);
  }

  /**
   * The weights with the least squared error plus ridge x (diagonal of X'X) x squared distance from `near`: features of
   * any scale are held alike, and what the rows do not tell stays as it was.
   */
  solve(near: Float64Array, ridge: number): Float64Array {
    const { inputs, outputs } = this;
    const matrix = this.squares.slice();
    const largest = diagonalOf(matrix, inputs).reduce((most, value) => Math.max(most, value), 0);
    for (let index = 0; index < inputs; index++) {
      matrix[index * (inputs + 1)] += ridge * matrix[index * (inputs + 1)] + leastRidge * largest + Number.MIN_VALUE;
    }
    const change = this.#times(near).map((value, index) => this.products[index] - value);
    solveByCholesky(matrix, inputs, change, outputs);
    return change.map((value, index) => value + near[index]);
  }

  /** X'X W. */
  #times(weights: Float64Array): Float64Array {
    const { inputs, outputs, squares } = this;
    const result = new Float64Array(inputs * outputs);
    for (let row = 0; row < inputs; row++) {
      for (let column = 0; column < inputs; column++) {
        const factor = column <= row ? squares[row * inputs + column] : squares[column * inputs + row];
        if (factor === 0) continue;
        for (let out = 0; out < outputs; out++) result[row * outputs + out] += factor * weights[column * outputs + out];
      }
    }
    return result;
  }
}

/** Against features that are sums of others, as a share of the largest square. */
const leastRidge = 1e-9;

function diagonalOf(matrix: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) => matrix[index * (size + 1)]);
}

/**
 * Solves A Z = B in the place of B, by Cholesky's triangle. `matrix` holds the lower triangle of a positive definite A,
 * `size` x `size`, and is used up; B is `size` x `columns`. A pivot that rounding has made no longer positive leaves
 * its unknown as zero.
 */
function solveByCholesky(matrix: Float64Array, size: number, right: Float64Array, columns: number): void {
  factorise(matrix, size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) subtract(right, columns, { row, from: k, factor: matrix[row * size + k] });
    divide(right, columns, row, pivot(matrix, size, row));
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) subtract(right, columns, { row, from: k, factor: matrix[k * size + row] });
    divide(right, columns, row, pivot(matrix, size, row));
  }
}

function pivot(matrix: Float64Array, size: number, index: number): number {
  return matrix[index * (size + 1)];
}

function subtract(
  values: Float64Array,
  columns: number,
  { row, from, factor }: { readonly row: number; readonly from: number; readonly factor: number },
): void {
  if (factor === 0) return;
  for (let column = 0; column < columns; column++) {
    values[row * columns + column] -= factor * values[from * columns + column];
  }
}

function divide(values: Float64Array, columns: number, row: number, by: number): void {
  for (let column = 0; column < columns; column++) values[row * columns + column] /= by;
}
