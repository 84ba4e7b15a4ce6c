import { check } from '../support/check';
import { boundedLeastSquares, nonNegativeLeastSquares } from './leastSquares';

interface System {
  readonly rows: readonly (readonly number[])[];
  readonly target: readonly number[];
}

function solved({ rows, target }: System): readonly number[] {
  const solution = nonNegativeLeastSquares(
    rows.map((row) => Float64Array.from(row)),
    Float64Array.from(target),
  );
  return Array.from(solution, (value) => Number(value.toFixed(6)));
}

check('Non-negative least squares', solved, [
  {
    name: 'an exact solution',
    input: {
      rows: [
        [1, 2],
        [3, 1],
        [1, 1],
      ],
      target: [5, 5, 3],
    },
    expected: [1, 2],
  },
  {
    name: 'a negative solution is held at zero: the best multiple of the other column',
    input: {
      rows: [
        [1, 1],
        [1, 2],
      ],
      target: [3, 1],
    },
    expected: [2, 0],
  },
  {
    name: 'columns of very different size',
    input: {
      rows: [
        [1, 1e6],
        [1, 3e6],
      ],
      target: [3, 7],
    },
    expected: [1, 0.000002],
  },
  {
    name: 'a column of zeros costs nothing',
    input: {
      rows: [
        [2, 0],
        [4, 0],
      ],
      target: [6, 12],
    },
    expected: [3, 0],
  },
  {
    name: 'two equal columns share or one takes all',
    input: {
      rows: [
        [1, 1],
        [2, 2],
      ],
      target: [2, 4],
    },
    expected: [2, 0],
  },
]);

check(
  'Least squares with a largest value for the first column',
  ({ rows, target, most }: System & { readonly most: number }) =>
    Array.from(
      boundedLeastSquares(
        rows.map((row) => Float64Array.from(row)),
        Float64Array.from(target),
        new Map([[0, most]]),
      ),
      (value) => Number(value.toFixed(6)),
    ),
  [
    {
      name: 'within it nothing changes',
      input: {
        rows: [
          [1, 0],
          [0, 1],
        ],
        target: [3, 2],
        most: 4,
      },
      expected: [3, 2],
    },
    {
      name: 'beyond it the column is held, and the other takes what it can: 1 + y = 4',
      input: {
        rows: [
          [1, 1],
          [1, 0],
        ],
        target: [4, 3],
        most: 1,
      },
      expected: [1, 3],
    },
  ],
);
