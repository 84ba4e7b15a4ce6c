import { factorise } from '../../src/core/compress/cholesky';
import { check } from '../support/check';

check(
  "Cholesky's triangle",
  (matrix: readonly number[]) => {
    const values = Float64Array.from(matrix);
    factorise(values, Math.sqrt(matrix.length));
    return [...values];
  },
  [
    { name: 'one value: its root', input: [9], expected: [3] },
    {
      name: '[[4, 2, 6], [2, 10, 6], [6, 6, 35]], the upper half neither read nor written',
      input: [4, NaN, NaN, 2, 10, NaN, 6, 6, 35],
      expected: [2, NaN, NaN, 1, 3, NaN, 3, 1, 5],
    },
    {
      name: 'a row that is another one twice: nothing is left for it',
      input: [4, 0, 8, 16],
      expected: [2, 0, 4, Infinity],
    },
  ],
);
