import type { DataType } from '../model/dataType';
import { elementCount } from '../model/dataType';
import type { Quantization, Tensor } from '../model/model';
import type { TensorValue } from './executable';
import { integerRange } from '../model/values/integerRange';
import { heldType, visitStored } from '../model/values/stored';

/** What a person wants to know of a tensor's content. Real numbers are scale x (stored - zero point). */
export interface TensorSummary {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Share of elements that are exactly zero in real numbers. */
  readonly zeroShare: number;
  /** Share of elements at an end of the integer type; absent for float tensors. */
  readonly saturatedShare?: number;
  /** Elements that are not finite. */
  readonly notFinite: number;
  /** The first elements as real numbers. */
  readonly first: readonly number[];
  /** The largest elements with their positions, largest first: the answer of a classifier. */
  readonly largest: readonly { readonly position: number; readonly value: number }[];
}

const shownFirst = 16;
const shownLargest = 5;

/** Types whose ends a kernel saturates at. */
const saturating: ReadonlySet<DataType> = new Set(['int8', 'uint8', 'int16']);

/** Sums up a computed value in real numbers. Absent for types that hold no numbers. */
export function summaryOf(name: string, tensor: Tensor, value: TensorValue): TensorSummary | undefined {
  const real = realNumber(tensor.quantization);
  const limits = saturating.has(value.type) ? integerRange[value.type as 'int8' | 'uint8' | 'int16'] : undefined;
  const counts = { zero: 0, saturated: 0, notFinite: 0 };
  let [min, max, sum, elements] = [Infinity, -Infinity, 0, 0];
  const first: number[] = [];
  const largest: { position: number; value: number }[] = [];
  const held = { type: heldType(value.type), bytes: value.bytes, elements: elementCount(value.shape) };
  const isReadable = visitStored(held, (stored, position) => {
    elements++;
    const number = real(stored);
    if (first.length < shownFirst) first.push(number);
    if (stored === limits?.least || stored === limits?.most) counts.saturated++;
    if (number === 0) counts.zero++;
    if (!Number.isFinite(number)) {
      counts.notFinite++;
      return;
    }
    min = Math.min(min, number);
    max = Math.max(max, number);
    sum += number;
    keepLargest(largest, { position, value: number });
  });
  if (!isReadable || elements === 0) return undefined;
  return {
    name,
    type: value.type,
    shape: value.shape,
    elements,
    min,
    max,
    mean: sum / Math.max(1, elements - counts.notFinite),
    zeroShare: counts.zero / elements,
    saturatedShare: limits === undefined ? undefined : counts.saturated / elements,
    notFinite: counts.notFinite,
    first,
    largest,
  };
}

function realNumber(quantization: Quantization | undefined): (stored: number) => number {
  if (quantization === undefined || quantization.scales.length !== 1) return (stored) => stored;
  const [scale] = quantization.scales;
  const [zeroPoint = 0] = quantization.zeroPoints;
  return (stored) => scale * (stored - zeroPoint);
}

/** Equal values stay in order of their positions. */
function keepLargest(
  largest: { position: number; value: number }[],
  candidate: { readonly position: number; readonly value: number },
): void {
  const place = largest.findIndex(({ value }) => candidate.value > value);
  if (place < 0 && largest.length >= shownLargest) return;
  largest.splice(place < 0 ? largest.length : place, 0, candidate);
  largest.length = Math.min(largest.length, shownLargest);
}
