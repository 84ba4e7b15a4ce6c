import { factorise } from '../../cholesky';
import { roundAway } from '../../../model/values/rounding';
import type { GroupMoments, Moments } from './moments';
import { blockLength } from './moments';
import type { Patches } from '../../patches';

/**
 * The products of a block as Cholesky's triangle L: errors e of the weights give the layer's output the mean square |L'
 * e|^2.
 */
interface Triangle {
  /** Weights in the order of the triangle's rows. */
  readonly order: readonly number[];
  /** Row after row, the lower triangle. */
  readonly rows: Float64Array;
}

/** How the weights of one layer are rounded so that their errors cancel in its output. */
export class FeedbackRounding {
  readonly #moments: Moments;
  readonly #triangles = new Map<number, readonly Triangle[]>();
  readonly #known = new Map<number, { readonly scale: number; readonly stored: Float64Array }>();

  constructor(moments: Moments) {
    this.#moments = moments;
  }

  /** Where the weights of an output channel lie among all weights of the layer. */
  get patches(): Patches {
    return this.#moments.patches;
  }

  /**
   * The stored weights of output channel `channel` at `scale`; `values` are all real weights of the layer, the same at
   * every call. Each is rounded after what is left of the errors of those rounded before it has been added to it. The
   * mean of the inputs is left out of it, since the bias takes that up. Source: Frantar et al., GPTQ (2023), computed
   * as Babai's nearest plane.
   */
  round(values: Float32Array, channel: number, { scale, most }: Grid): Float64Array {
    const known = this.#known.get(channel);
    if (known?.scale === scale) return known.stored;
    const { channels, groups, length, place } = this.patches;
    const exact = Float64Array.from({ length }, (_, index) => values[place(channel, index)] / scale);
    const stored = new Float64Array(length);
    this.#trianglesOf(Math.floor((channel * groups) / channels)).forEach((triangle, block) => {
      const first = block * blockLength;
      roundBlock(exact.subarray(first), stored.subarray(first), triangle, most);
    });
    this.#known.set(channel, { scale, stored });
    return stored;
  }

  #trianglesOf(group: number): readonly Triangle[] {
    const known = this.#triangles.get(group);
    if (known !== undefined) return known;
    const { groups, count } = this.#moments;
    const made = groups[group].products.map((_, block) => triangleOf(groups[group], block, count));
    this.#triangles.set(group, made);
    return made;
  }
}

/** What weights can be stored as: whole steps of `scale` from -`most` to `most`. */
interface Grid {
  readonly scale: number;
  readonly most: number;
}

/** Share of the mean variance that is added to each: what few samples do not show counts too. */
const damping = 0.1;

function roundBlock(exact: Float64Array, stored: Float64Array, { order, rows }: Triangle, most: number): void {
  const size = order.length;
  const errors = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let carried = 0;
    for (let later = row + 1; later < size; later++) carried += rows[later * size + row] * errors[later];
    const wanted = exact[order[row]] + carried / rows[row * (size + 1)];
    const value = Math.max(-most, Math.min(most, roundAway(wanted)));
    stored[order[row]] = value;
    errors[row] = exact[order[row]] - value;
  }
}

/** Above 0 where all inputs are the same. */
const tiny = 1e-30;

/** Cholesky's triangle of the covariance of one block, the most variable inputs last (they are rounded first). */
function triangleOf({ sums, products }: GroupMoments, block: number, count: number): Triangle {
  const first = block * blockLength;
  const matrix = products[block];
  const size = Math.sqrt(matrix.length);
  const covariance = (row: number, column: number): number => {
    const [low, high] = row < column ? [row, column] : [column, row];
    return matrix[high * size + low] / count - (sums[first + row] / count) * (sums[first + column] / count);
  };
  const variances = Float64Array.from({ length: size }, (_, index) => Math.max(0, covariance(index, index)));
  const added = damping * (variances.reduce((sum, value) => sum + value, 0) / size) + tiny;
  const order = [...variances.keys()].sort((left, right) => variances[left] - variances[right] || left - right);
  const rows = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) rows[row * size + column] = covariance(order[row], order[column]);
    rows[row * size + row] += added;
  }
  factorise(rows, size);
  return { order, rows };
}
