/**
 * Cholesky's triangle L of a positive semidefinite matrix A = L L', in the place of A: `matrix` is `size` x `size`, row
 * after row, of which the lower triangle alone is read and written. A pivot that is not positive, which dependent rows
 * and rounding leave, becomes infinite: what is divided by it is zero.
 */
export function factorise(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k] * matrix[column * size + k];
      matrix[row * size + column] =
        row === column ? (sum > 0 ? Math.sqrt(sum) : Infinity) : sum / matrix[column * (size + 1)];
    }
  }
}
