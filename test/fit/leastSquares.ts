/**
 * Non-negative least squares: x >= 0 that minimizes |A x - b|, by the active-set method of Lawson and Hanson ("Solving
 * Least Squares Problems", chapter 23). Columns are scaled to unit length first. `rows` are the rows of A; returns one
 * value for each column.
 */
export function nonNegativeLeastSquares(rows: readonly Float64Array[], target: Float64Array): Float64Array {
  const columns = rows[0]?.length ?? 0;
  const scale = columnLengths(rows, columns);
  const { gram, moment } = normalEquations(rows, target, scale);
  const solution = activeSet(gram, moment);
  return solution.map((value, i) => value / (scale[i] ?? 1));
}

/**
 * The same with a largest value for some of the columns: of all choices of columns that are held at theirs, the one
 * that keeps within the others and fits best, as the least error of a convex problem is one of them.
 */
export function boundedLeastSquares(
  rows: readonly Float64Array[],
  target: Float64Array,
  most: ReadonlyMap<number, number>,
): Float64Array {
  const columns = [...most.keys()];
  let best: { readonly solution: Float64Array; readonly error: number } | undefined;
  for (let choice = 0; choice < 2 ** columns.length; choice++) {
    const held = new Map([...most].filter((_, at) => ((choice >> at) & 1) === 1));
    const solution = solveHolding(rows, target, held);
    if (columns.some((column) => solution[column] > most.get(column)! + 1e-9)) continue;
    const error = squaredError(rows, target, solution);
    if (best === undefined || error < best.error) best = { solution, error };
  }
  return best?.solution ?? nonNegativeLeastSquares(rows, target);
}

function solveHolding(
  rows: readonly Float64Array[],
  target: Float64Array,
  held: ReadonlyMap<number, number>,
): Float64Array {
  const isFree = (column: number): boolean => !held.has(column);
  const free = rows.map((row) => row.map((value, column) => (isFree(column) ? value : 0)));
  const rest = target.map((value, at) =>
    [...held].reduce((left, [column, factor]) => left - rows[at][column] * factor, value),
  );
  return nonNegativeLeastSquares(free, rest).map((value, column) => held.get(column) ?? value);
}

function squaredError(rows: readonly Float64Array[], target: Float64Array, solution: Float64Array): number {
  return rows.reduce((sum, row, at) => {
    const predicted = row.reduce((total, value, column) => total + value * solution[column], 0);
    return sum + (predicted - target[at]) ** 2;
  }, 0);
}

function columnLengths(rows: readonly Float64Array[], columns: number): Float64Array {
  const lengths = new Float64Array(columns);
  for (const row of rows) row.forEach((value, i) => (lengths[i] = (lengths[i] ?? 0) + value * value));
  return lengths.map((sum) => (sum > 0 ? Math.sqrt(sum) : 1));
}

function normalEquations(
  rows: readonly Float64Array[],
  target: Float64Array,
  scale: Float64Array,
): { gram: Float64Array[]; moment: Float64Array } {
  const n = scale.length;
  const gram = Array.from({ length: n }, () => new Float64Array(n));
  const moment = new Float64Array(n);
  rows.forEach((row, r) => {
    const scaled = row.map((value, i) => value / (scale[i] ?? 1));
    for (let i = 0; i < n; i++) {
      const value = scaled[i] ?? 0;
      if (value === 0) continue;
      moment[i] = (moment[i] ?? 0) + value * (target[r] ?? 0);
      const line = gram[i];
      if (line === undefined) continue;
      for (let j = 0; j < n; j++) line[j] = (line[j] ?? 0) + value * (scaled[j] ?? 0);
    }
  });
  return { gram, moment };
}

function activeSet(gram: readonly Float64Array[], moment: Float64Array): Float64Array {
  const n = moment.length;
  const x = new Float64Array(n);
  const passive = new Set<number>();
  for (let round = 0; round < 4 * n + 10; round++) {
    const next = steepest(gram, moment, x, passive);
    if (next === undefined) break;
    passive.add(next);
    for (;;) {
      const members = [...passive];
      const z = solve(gram, moment, members);
      if (z === undefined) {
        passive.delete(next);
        break;
      }
      const step = largestStep(x, z, members);
      members.forEach((i, k) => (x[i] = (x[i] ?? 0) + step * ((z[k] ?? 0) - (x[i] ?? 0))));
      if (step >= 1) break;
      for (const i of members) {
        if ((x[i] ?? 0) > 1e-13) continue;
        x[i] = 0;
        passive.delete(i);
      }
    }
  }
  return x;
}

/** The column outside the passive set along which the error falls fastest; `undefined` when none does. */
function steepest(
  gram: readonly Float64Array[],
  moment: Float64Array,
  x: Float64Array,
  passive: ReadonlySet<number>,
): number | undefined {
  let best: number | undefined;
  let bestSlope = 1e-9;
  for (let i = 0; i < x.length; i++) {
    if (passive.has(i)) continue;
    let slope = moment[i] ?? 0;
    const line = gram[i];
    for (const j of passive) slope -= (line?.[j] ?? 0) * (x[j] ?? 0);
    if (slope <= bestSlope) continue;
    bestSlope = slope;
    best = i;
  }
  return best;
}

function largestStep(x: Float64Array, z: Float64Array, members: readonly number[]): number {
  let step = 1;
  members.forEach((i, k) => {
    const from = x[i] ?? 0;
    const to = z[k] ?? 0;
    if (to <= 0) step = Math.min(step, from / (from - to));
  });
  return Number.isFinite(step) ? Math.max(step, 0) : 0;
}

/** Solves the normal equations restricted to `members` by Cholesky; `undefined` when they are singular. */
function solve(
  gram: readonly Float64Array[],
  moment: Float64Array,
  members: readonly number[],
): Float64Array | undefined {
  const n = members.length;
  const lower = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[members[i] ?? 0]?.[members[j] ?? 0] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0);
      const line = lower[i];
      if (line === undefined) return undefined;
      if (i === j) {
        if (sum < 1e-10) return undefined;
        line[i] = Math.sqrt(sum);
      } else line[j] = sum / (lower[j]?.[j] ?? 1);
    }
  }
  return substitute(
    lower,
    Float64Array.from(members, (i) => moment[i] ?? 0),
  );
}

function substitute(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (lower[i]?.[k] ?? 0) * (y[k] ?? 0);
    y[i] = sum / (lower[i]?.[i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= (lower[k]?.[i] ?? 0) * (y[k] ?? 0);
    y[i] = sum / (lower[i]?.[i] ?? 1);
  }
  return y;
}
