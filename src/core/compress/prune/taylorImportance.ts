import { mulberry32 } from '../../execute/mulberry32';
import type { Trainer } from '../../execute/trainer';
import { elementCount } from '../../model/dataType';
import type { Graph, Model, Operator, Tensor } from '../../model/model';
import type { Samples } from '../../samples/samples';
import type { Channels } from '../channels/channels';
import type { ChannelStatistics } from './activationStatistics';
import type { ChannelImportances } from './filterImportance';
import { readingsOf } from './readings';

/** Random directions of the outputs that are tried with each sample: their mean square is that of all outputs. */
const directions = 4;

/**
 * How much the outputs would change, to first order, were a channel held at its mean: the mean over samples of the
 * squared sum over places of gradient x (value - mean), over random directions of the outputs. Comparable over all
 * layers, and needs no labels. After Molchanov et al. 2019 (arXiv:1906.10771), whose loss is replaced by the outputs
 * themselves, since at the original every loss against it is flat.
 *
 * @param outputs tensor whose change counts: the scores before a softmax, else the output.
 */
export async function taylorImportance(
  { trainer, model, channels }: { readonly trainer: Trainer; readonly model: Model; readonly channels: Channels },
  { samples, statistics }: { readonly samples: Samples; readonly statistics: ReadonlyMap<number, ChannelStatistics> },
  outputs: readonly number[],
  signal?: AbortSignal,
): Promise<ChannelImportances> {
  const probed = withProbes(model, channels);
  const by = probed.probes.flatMap(({ scale, shift }) => [scale, shift]);
  const inputs = [...samples.inputs, ...probeInputs(probed.probes, samples.count)];
  const importances = new Float64Array(channels.channels.length);
  const random = mulberry32(directionSeed);
  for (let direction = 0; direction < directions; direction++) {
    const weights = outputs.map((tensor) => ({
      tensor,
      weights: randomSigns(elementCount(model.graphs[0].tensors[tensor].shape) * samples.count, random),
    }));
    const gradients = await trainer.gradients({
      ...{ model: probed.model, inputs, samples: samples.count, by, outputs: weights },
      signal,
    });
    addSquares(importances, { channels, probes: probed.probes, statistics, gradients }, samples.count);
  }
  return importances.map((sum) => sum / directions / samples.count);
}

const directionSeed = 20261;

function randomSigns(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => (random() < 0.5 ? -1 : 1));
}

/**
 * A factor of one and a summand of zero for each channel of a tensor that is read, as graph inputs: what changes by
 * them changes by the channel.
 */
interface Probe {
  readonly tensor: number;
  readonly channels: number;
  /** Positions of the graph's inputs. */
  readonly scale: number;
  readonly shift: number;
}

function withProbes(model: Model, channels: Channels): { readonly model: Model; readonly probes: readonly Probe[] } {
  const [graph] = model.graphs;
  const images = [...new Set(readingsOf(channels).map(({ reader }) => reader.image.index))];
  const tensors: Tensor[] = [...graph.tensors];
  const inputs = [...graph.inputs];
  const added = new Map<number, { readonly operators: readonly Operator[]; readonly result: number }>();
  const probes = images.map((index): Probe => {
    const image = tensors[index];
    const channelsOfImage = image.shape.at(-1)!;
    const make = (name: string, shape: readonly number[]): number =>
      tensors.push({ index: tensors.length, name, type: 'float32', shape, isVariable: false }) - 1;
    const flat = image.shape.map((_, axis) => (axis === image.shape.length - 1 ? channelsOfImage : 1));
    const [scale, shift] = [make('scale', flat), make('shift', flat)];
    const [scaled, result] = [make('scaled', image.shape), make('shifted', image.shape)];
    added.set(index, {
      operators: [elementwise('MUL', [index, scale], scaled), elementwise('ADD', [scaled, shift], result)],
      result,
    });
    return { tensor: index, channels: channelsOfImage, scale: inputs.push(scale) - 1, shift: inputs.push(shift) - 1 };
  });
  const operators = probedOperators(graph, channels, added);
  return { model: { ...model, graphs: [{ ...graph, tensors, inputs, operators }] }, probes };
}

function elementwise(kind: string, inputs: readonly number[], output: number): Operator {
  return { index: 0, kind, version: 1, inputs, outputs: [output], intermediates: [] };
}

/**
 * Only the layers that sum over the channels read the probed tensor, so that a channel which passes several tensors
 * counts once.
 */
function probedOperators(
  graph: Graph,
  channels: Channels,
  added: ReadonlyMap<number, { readonly operators: readonly Operator[]; readonly result: number }>,
): readonly Operator[] {
  const readers = new Map(readingsOf(channels).map(({ reader }) => [reader.operator.index, reader]));
  const placed = new Set<number>();
  const operators = graph.operators.flatMap((operator) => {
    const reader = readers.get(operator.index);
    if (reader === undefined) return [operator];
    const { operators: own, result } = added.get(reader.image.index)!;
    const before = placed.has(reader.image.index) ? [] : own;
    placed.add(reader.image.index);
    const inputs = operator.inputs.map((index) => (index === reader.image.index ? result : index));
    return [...before, { ...operator, inputs }];
  });
  return operators.map((operator, index) => ({ ...operator, index }));
}

function probeInputs(probes: readonly Probe[], samples: number): readonly Float32Array[] {
  return probes.flatMap(({ channels }) => [
    new Float32Array(channels * samples).fill(1),
    new Float32Array(channels * samples),
  ]);
}

interface Found {
  readonly channels: Channels;
  readonly probes: readonly Probe[];
  readonly statistics: ReadonlyMap<number, ChannelStatistics>;
  /** Of each probe, scale then shift. */
  readonly gradients: readonly Float32Array[];
}

function addSquares(importances: ChannelImportances, found: Found, samples: number): void {
  const places = new Map<number, Set<string>>();
  const terms = Array.from(importances, (): { readonly probe: number; readonly channel: number }[] => []);
  for (const { channel, reader, input } of readingsOf(found.channels)) {
    const at = input % reader.inputs;
    const probe = found.probes.findIndex(({ tensor }) => tensor === reader.image.index);
    const seen = places.get(channel) ?? new Set<string>();
    places.set(channel, seen);
    if (seen.has(`${probe} ${at}`)) continue;
    seen.add(`${probe} ${at}`);
    terms[channel].push({ probe, channel: at });
  }
  terms.forEach((list, id) => {
    for (let sample = 0; sample < samples; sample++) {
      const change = list.reduce((sum, { probe, channel }) => sum + changeOf(found, probe, channel, sample), 0);
      importances[id] += change * change;
    }
  });
}

function changeOf({ probes, statistics, gradients }: Found, probe: number, channel: number, sample: number): number {
  const { tensor, channels } = probes[probe];
  const at = sample * channels + channel;
  const mean = statistics.get(tensor)?.mean[channel] ?? 0;
  return gradients[probe * 2][at] - mean * gradients[probe * 2 + 1][at];
}
