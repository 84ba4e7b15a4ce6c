import { deflateSync } from 'fflate';
import type { Model, Tensor } from '../../model/model';
import { bytesText } from '../../text/units';
import type { OfferWithOptions } from '../kind';
import { weightTensors } from './pruned';
import type { PruneOptions } from './request';
import type { Report } from '../../estimate/report';
import { storedValues } from '../../model/values/stored';

/**
 * Share of the weights that single-weight pruning usually sets to zero, and the number of values that clustering
 * usually leaves.
 */
const zeroedShare = 0.5;
const clusters = 16;

/**
 * What zeroing single weights or clustering them would bring: nothing on the device, since TFLM stores and multiplies
 * zeros like any other number; only a compressed download shrinks, by what deflate makes of the actual bytes.
 */
export function unstructuredOffer(model: Model, { model: { bytes } }: Report): OfferWithOptions<PruneOptions> {
  const weights = weightTensors(model.graphs[0])
    .map((index) => model.graphs[0].tensors[index])
    .filter(({ data, type }) => data !== undefined && (type === 'int8' || type === 'float32'));
  const stored = weights.flatMap((tensor) => {
    const values = storedValues(tensor);
    return values === undefined ? [] : [{ tensor, values, bytes: deflatedBytes(tensor, values) }];
  });
  const saved = (change: (tensor: Tensor, values: Float64Array) => Float64Array): number =>
    stored.reduce(
      (sum, { tensor, values, bytes: now }) => sum + now - deflatedBytes(tensor, change(tensor, values)),
      0,
    );
  const reason =
    `0 bytes of flash and 0 cycles on this runtime: TFLM stores and multiplies zeros like any other number. A download compressed by deflate would shrink by ` +
    `${bytesText(Math.max(0, saved(zeroSmallest)))} of ${bytesText(bytes)} with half of the weights at zero, by ${bytesText(Math.max(0, saved(clusterValues)))} with ${clusters} values a tensor. Prune channels instead.`;
  return { offer: { possible: false, id: 'prune:unstructured', title: 'Why not set single weights to zero?', reason } };
}

function deflatedBytes({ type }: Tensor, values: Float64Array): number {
  const array = type === 'int8' ? new Int8Array(values) : new Float32Array(values);
  return deflateSync(new Uint8Array(array.buffer)).length;
}

function zeroSmallest({ type }: Tensor, values: Float64Array): Float64Array {
  const place = Math.floor(values.length * zeroedShare);
  const limit = type === 'int8' ? countedMagnitude(values, place) : sortedMagnitude(values, place);
  return values.map((value) => (Math.abs(value) < limit ? 0 : value));
}

/** The magnitude at a place of the order from the smallest on; 0 where there is none. */
function sortedMagnitude(values: Float64Array, place: number): number {
  return values.map(Math.abs).sort()[place] ?? 0;
}

/** As `sortedMagnitude` of 8-bit numbers: those of each magnitude are counted. */
function countedMagnitude(values: Float64Array, place: number): number {
  const counts = new Uint32Array(129);
  for (const value of values) counts[Math.abs(value)] += 1;
  let below = 0;
  return Math.max(
    0,
    counts.findIndex((count) => (below += count) > place),
  );
}

/** To the nearest of evenly spaced values between the extremes: where clustering begins. */
function clusterValues(_tensor: Tensor, values: Float64Array): Float64Array {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const step = (values.reduce((a, b) => Math.max(a, b), -Infinity) - least) / (clusters - 1);
  return step > 0 ? values.map((value) => least + Math.round((value - least) / step) * step) : values;
}
