import type { Operator, Tensor } from '../../../model/model';
import { enumOption, numberOption } from '../../../model/options';

/**
 * Kernel rows and columns that lie within the image at some place of the output: `[first, end)` each. Every distinct
 * combination once.
 */
export interface TapWindow {
  readonly rows: readonly [first: number, end: number];
  readonly columns: readonly [first: number, end: number];
}

/** Which taps of a filter meet the image, over all places: with padding, those at the borders meet less of it. */
export function tapWindows(operator: Operator, image: Tensor, filter: Tensor, output: Tensor): readonly TapWindow[] {
  const rows = spans(operator, 'H', [image.shape[1], filter.shape[1], output.shape[1]]);
  const columns = spans(operator, 'W', [image.shape[2], filter.shape[2], output.shape[2]]);
  return rows.flatMap((row) => columns.map((column) => ({ rows: row, columns: column })));
}

/** True where every place of the output sees the whole filter: nothing is padded. */
export function isUnpadded(operator: Operator, image: Tensor, filter: Tensor, output: Tensor): boolean {
  return tapWindows(operator, image, filter, output).every(
    ({ rows, columns }) =>
      rows[0] === 0 && rows[1] === filter.shape[1] && columns[0] === 0 && columns[1] === filter.shape[2],
  );
}

/** Source: ComputePaddingHeightWidth() in tensorflow/lite/kernels/padding.h. */
function spans(
  operator: Operator,
  side: 'H' | 'W',
  [size, taps, places]: readonly [number, number, number],
): readonly (readonly [number, number])[] {
  const stride = numberOption(operator, `stride${side}`, 1);
  const dilation = numberOption(operator, `dilation${side}Factor`, 1);
  const isSame = enumOption(operator, 'padding', 'SAME') === 'SAME';
  const reach = (taps - 1) * dilation + 1;
  const before = isSame ? Math.max(0, Math.floor(((places - 1) * stride + reach - size) / 2)) : 0;
  const found = new Map<string, readonly [number, number]>();
  for (let place = 0; place < places; place++) {
    const origin = place * stride - before;
    const first = Math.max(0, Math.ceil(-origin / dilation));
    const end = Math.min(taps, Math.ceil((size - origin) / dilation));
    found.set(`${first} ${end}`, [first, Math.max(first, end)]);
  }
  return [...found.values()];
}
