import { textOf } from '../../configValues';
import { add, beyond, transposed, derived, type LayerContext } from '../context';
import { isStatic, type DraftDimension, type DraftValue } from '../draft';
import { product } from './dense';
import { reshapeTo, transpose } from './shapes';
import { binary } from './elementwise';
import { reduce } from './reduction';

/** Two tensors that are multiplied and summed by an equation, as `abc,acd->abd` says it. */

interface Equation {
  readonly left: string;
  readonly right: string;
  readonly result: string;
}

/** Letters in place of `...`, for axes that both have or one of them. */
const others = 'ZYXWVU';

/** `undefined` for what is no equation of two tensors of these ranks. */
function equationOf(text: string, ranks: readonly [number, number]): Equation | undefined {
  const [from, result] = text.replaceAll(/\s/g, '').split('->');
  const [left, right] = from.split(',');
  if (result === undefined || right === undefined) return undefined;
  const filled = (letters: string, rank: number): string => {
    const count = rank - (letters.length - 3);
    return letters.includes('...') ? letters.replace('...', others.slice(others.length - count)) : letters;
  };
  const both = [filled(left, ranks[0]), filled(right, ranks[1])];
  const spread = Math.max(
    ...[left, right].map((letters, at) => (letters.includes('...') ? ranks[at] - letters.length + 3 : 0)),
  );
  if (both[0].length !== ranks[0] || both[1].length !== ranks[1]) return undefined;
  return { left: both[0], right: both[1], result: result.replace('...', others.slice(others.length - spread)) };
}

/** The product of two tensors by an equation: batches in front, then a BATCH_MATMUL, or FULLY_CONNECTED for weights. */
export function einsum(
  context: LayerContext,
  [first, second]: readonly [DraftValue, DraftValue],
  text: string,
): DraftValue | readonly DraftValue[] {
  const equation = equationOf(text, [first.shape.length, second.shape.length]);
  if (equation === undefined || hasTwice(equation.left) || hasTwice(equation.right)) {
    return beyond(context, `the equation ${text}`);
  }
  const { result } = equation;
  const [left, leftLetters] = summedAlone(context, first, [equation.left, equation.right + result]);
  const [right, rightLetters] = summedAlone(context, second, [equation.right, equation.left + result]);
  const lengths = lengthsOf([
    [left, leftLetters],
    [right, rightLetters],
  ]);
  const batch = Array.from(result).filter((letter) => leftLetters.includes(letter) && rightLetters.includes(letter));
  const summed = Array.from(leftLetters).filter((letter) => rightLetters.includes(letter) && !result.includes(letter));
  const rows = Array.from(leftLetters).filter((letter) => !rightLetters.includes(letter));
  const columns = Array.from(rightLetters).filter((letter) => !leftLetters.includes(letter));
  const count = (letters: readonly string[]): DraftDimension =>
    letters.reduce<DraftDimension>((whole, letter) => {
      const own = lengths.get(letter) ?? null;
      return whole === null || own === null ? null : whole * own;
    }, 1);
  const shapeOf = (letters: readonly string[]): readonly DraftDimension[] =>
    letters.map((letter) => lengths.get(letter) ?? null);
  const made = [...batch, ...rows, ...columns];
  const give = (value: DraftValue): DraftValue => {
    const whole = reshaped(context, value, shapeOf(made), 'einsum/Reshape');
    return ordered(context, whole, [made, Array.from(result)]);
  };
  if (summed.length === 0) {
    const one = reshaped(
      context,
      ordered(context, left, [Array.from(leftLetters), [...batch, ...rows]]),
      [...shapeOf([...batch, ...rows]), ...columns.map(() => 1)],
      'einsum/Left',
    );
    const other = reshaped(
      context,
      ordered(context, right, [Array.from(rightLetters), [...batch, ...columns]]),
      [...shapeOf(batch), ...rows.map(() => 1), ...shapeOf(columns)],
      'einsum/Right',
    );
    return ordered(context, binary(context, 'MUL', [one, other], 'mul'), [made, Array.from(result)]);
  }
  const flat = (letters: readonly (readonly string[])[]): readonly DraftDimension[] => letters.map(count);
  if (batch.length === 0 && right.constant !== undefined) {
    const order = [...columns, ...summed].map((letter) => rightLetters.indexOf(letter));
    const turned = transposed(right, order);
    const weights = derived(turned, [count(columns) ?? 1, count(summed) ?? 1], (values) => values);
    const input = reshaped(
      context,
      ordered(context, left, [Array.from(leftLetters), [...rows, ...summed]]),
      flat([rows, summed]),
      'einsum/Left',
    );
    return give(product(context, input, weights, 'einsum/MatMul'));
  }
  const leftParts = [...batch, ...rows, ...summed];
  const rightParts = [...batch, ...summed, ...columns];
  const one = reshaped(
    context,
    ordered(context, left, [Array.from(leftLetters), leftParts]),
    [...shapeOf(batch), ...flat([rows, summed])],
    'einsum/Left',
  );
  const other = reshaped(
    context,
    ordered(context, right, [Array.from(rightLetters), rightParts]),
    [...shapeOf(batch), ...flat([summed, columns])],
    'einsum/Right',
  );
  // More batches than the operator has axes for are one.
  const isDeep = batch.length > 2;
  const merged = (value: DraftValue): DraftValue =>
    isDeep ? reshaped(context, value, [count(batch), ...value.shape.slice(-2)], 'einsum/Batch') : value;
  const [a, b] = [merged(one), merged(other)];
  return give(
    add(context, 'BATCH_MATMUL', [a, b], {
      shape: [...a.shape.slice(0, -1), b.shape[b.shape.length - 1]],
      name: 'einsum',
      options: { adjX: false, adjY: false, asymmetricQuantizeInputs: false },
    }),
  );
}

function hasTwice(letters: string): boolean {
  return new Set(letters).size < letters.length;
}

/** Letters of one tensor alone that are not in the result are summed first. */
function summedAlone(
  context: LayerContext,
  value: DraftValue,
  [letters, elsewhere]: readonly [string, string],
): readonly [DraftValue, string] {
  const axes = Array.from(letters).flatMap((letter, axis) => (elsewhere.includes(letter) ? [] : [axis]));
  if (axes.length === 0) return [value, letters];
  const rest = Array.from(letters)
    .filter((letter) => elsewhere.includes(letter))
    .join('');
  return [reduce(context, value, { kind: 'SUM', axes, keeps: false, name: 'einsum/Sum' }), rest];
}

function lengthsOf(parts: readonly (readonly [DraftValue, string])[]): ReadonlyMap<string, DraftDimension> {
  const lengths = new Map<string, DraftDimension>();
  for (const [{ shape }, letters] of parts) {
    Array.from(letters).forEach((letter, axis) => {
      const known = lengths.get(letter);
      if (known === undefined || known === 1 || known === null) lengths.set(letter, shape[axis]);
    });
  }
  return lengths;
}

/** Axes by their letters in another order. */
function ordered(
  context: LayerContext,
  value: DraftValue,
  [from, to]: readonly [readonly string[], readonly string[]],
): DraftValue {
  const order = to.map((letter) => from.indexOf(letter));
  if (order.every((axis, place) => axis === place)) return value;
  if (value.constant !== undefined) return transposed(value, order);
  return transpose(context, value, order, 'einsum/transpose');
}

function reshaped(
  context: LayerContext,
  value: DraftValue,
  shape: readonly DraftDimension[],
  name: string,
): DraftValue {
  if (shape.length === value.shape.length && shape.every((length, axis) => length === value.shape[axis])) return value;
  if (value.constant !== undefined && isStatic(shape)) return derived(value, shape, (values) => values);
  return reshapeTo(context, value, shape, name);
}

/** `keras.ops.einsum` of one tensor or two. */
export function einsumOperation(context: LayerContext): DraftValue | readonly DraftValue[] {
  const text = textOf(context.config, 'subscripts') ?? '';
  const { inputs } = context;
  if (inputs.length === 2) return einsum(context, [inputs[0], inputs[1]], text);
  const [from, to] = text.replaceAll(/\s/g, '').split('->');
  if (inputs.length !== 1 || to === undefined || text.includes('.') || hasTwice(from)) {
    return beyond(context, `the equation ${text}`);
  }
  const [value, letters] = summedAlone(context, inputs[0], [from, to]);
  return ordered(context, value, [Array.from(letters), Array.from(to)]);
}
