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
  const saved = (change: (values: Float64Array) => Float64Array): number =>
    stored.reduce((sum, { tensor, values, bytes: now }) => sum + now - deflatedBytes(tensor, change(values)), 0);
  const reason =
    `0 bytes of flash and 0 cycles on this runtime: TFLM stores and multiplies zeros like any other number. A download compressed by deflate would shrink by ` +
    `${bytesText(Math.max(0, saved(zeroSmallest)))} of ${bytesText(bytes)} with half of the weights at zero, by ${bytesText(Math.max(0, saved(clusterValues)))} with ${clusters} values a tensor. Prune channels instead.`;
  return { offer: { possible: false, id: 'prune:unstructured', title: 'Why not set single weights to zero?', reason } };
}

function deflatedBytes({ type }: Tensor, values: Float64Array): number {
  const array = type === 'int8' ? Int8Array.from(values) : Float32Array.from(values);
  return deflateSync(new Uint8Array(array.buffer)).length;
}

function zeroSmallest(values: Float64Array): Float64Array {
  const order = Float64Array.from(values, Math.abs).sort();
  const limit = order[Math.floor(order.length * zeroedShare)] ?? 0;
  return values.map((value) => (Math.abs(value) < limit ? 0 : value));
}

/** To the nearest of evenly spaced values between the extremes: where clustering begins. */
function clusterValues(values: Float64Array): Float64Array {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const step = (values.reduce((a, b) => Math.max(a, b), -Infinity) - least) / (clusters - 1);
  return step > 0 ? values.map((value) => least + Math.round((value - least) / step) * step) : values;
}
