import type { Graph, Tensor } from '../../model/model';
import type { ChannelPlace, Channels } from '../channels/channels';
import type { Importance } from './request';
import { realValues } from '../../model/values/real';

/** How much each channel matters, by channel id: comparable over the whole graph, 0 for nothing. */
export type ChannelImportances = Float64Array;

type Measure = (filters: readonly Float64Array[]) => readonly number[];

const norm =
  (power: 1 | 2): Measure =>
  (filters) =>
    filters.map((filter) => {
      const sum = filter.reduce((total, weight) => total + Math.abs(weight) ** power, 0);
      return power === 1 ? sum : Math.sqrt(sum);
    });

/**
 * Sum of the distances to all other filters of the layer: a filter near the middle can be stood in for (He et al. 2019,
 * arXiv:1811.00250).
 */
const distances: Measure = (filters) =>
  filters.map((filter) => filters.reduce((sum, other) => sum + distance(filter, other), 0));

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] - b[index]) ** 2;
  return Math.sqrt(sum);
}

const measures: Readonly<Record<Exclude<Importance, 'activation' | 'taylor'>, Measure>> = {
  l1: norm(1),
  l2: norm(2),
  'geometric-median': distances,
};

/**
 * Importance by the weights that compute a channel: that of its filter, as a share of its layer's mean, averaged over
 * all layers that compute it (the two sides of an addition, a convolution and the depthwise one behind it).
 */
export function filterImportance(
  { graph, channels, layers }: Channels,
  kind: Exclude<Importance, 'activation' | 'taylor'>,
): ChannelImportances {
  const sums = new Float64Array(channels.length);
  const counts = new Float64Array(channels.length);
  const byTensor = placesByTensor(channels);
  for (const layer of layers) {
    const weights = weightsOf(graph, layer.operator);
    const filters = weights && filtersOf(...weights);
    if (filters === undefined) continue;
    const values = measures[kind](filters);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length || 1;
    const [{ index, shape }, axis] = weights!;
    if (shape.length === 0) continue;
    for (const { id, place } of byTensor.get(index) ?? []) {
      if (place.axis !== axis) continue;
      sums[id] += place.indices.reduce((sum, at) => sum + values[at] / mean, 0) / place.indices.length;
      counts[id] += 1;
    }
  }
  return sums.map((sum, id) => (counts[id] === 0 ? 1 : sum / counts[id]));
}

interface PlaceOfChannel {
  readonly id: number;
  readonly place: ChannelPlace;
}

function placesByTensor(channels: Channels['channels']): ReadonlyMap<number, readonly PlaceOfChannel[]> {
  const found = new Map<number, PlaceOfChannel[]>();
  for (const { id, places } of channels) {
    for (const place of places) {
      const list = found.get(place.tensor) ?? [];
      list.push({ id, place });
      found.set(place.tensor, list);
    }
  }
  return found;
}

/** The weights of a layer and the axis along which its outputs lie. */
function weightsOf({ operators, tensors }: Graph, index: number): readonly [Tensor, number] | undefined {
  const operator = operators[index];
  const weights = tensors[operator.inputs[1] ?? -1];
  if (weights?.data === undefined) return undefined;
  return [weights, operator.kind === 'DEPTHWISE_CONV_2D' ? weights.shape.length - 1 : 0];
}

function filtersOf(weights: Tensor, axis: number): readonly Float64Array[] | undefined {
  const values = realValues(weights);
  if (values === undefined) return undefined;
  const count = weights.shape[axis];
  const size = values.length / count;
  const filters = Array.from({ length: count }, () => new Float64Array(size));
  for (let index = 0; index < values.length; index++) {
    if (axis === 0) filters[Math.floor(index / size)][index % size] = values[index];
    else filters[index % count][Math.floor(index / count)] = values[index];
  }
  return filters;
}
