import type { Graph, Operator, Tensor } from '../../model/model';
import type { GraphDraft } from '../rewrite/graphDraft';
import { draftOf } from '../rewrite/graphDraft';
import { outlineTensor, sliceTensor } from '../rewrite/sliceTensor';
import type { KeptIndices } from '../rewrite/sliceTensor';
import type { Channels } from './channels';
import { relationOf } from './relations';

/**
 * The graph of `channels` without the channels of these ids: every tensor they have a place in, every constant that
 * names its size.
 */
export function removeChannels(channels: Channels, removed: Iterable<number>): GraphDraft {
  return without(channels, removed, sliceTensor);
}

/** As `removeChannels`, without the values of the weights: for costs, which follow from shapes alone. */
export function outlineWithout(channels: Channels, removed: Iterable<number>): GraphDraft {
  return without(channels, removed, outlineTensor);
}

/** Indices that go, by tensor and axis. */
export type GoneIndices = ReadonlyMap<number, ReadonlyMap<number, ReadonlySet<number>>>;

/** The indices of these channels in every tensor that they have a place in, with what was gone of it `before`. */
export function goneIndices(
  { channels }: Channels,
  removed: Iterable<number>,
  before: GoneIndices = new Map<number, never>(),
): GoneIndices {
  const gone = new Map<number, Map<number, Set<number>>>();
  for (const id of removed) {
    for (const { tensor, axis, indices } of channels[id].places) {
      const axes = gone.get(tensor) ?? copied(before.get(tensor));
      gone.set(tensor, axes);
      const set = axes.get(axis) ?? new Set<number>();
      axes.set(axis, set);
      for (const index of indices) set.add(index);
    }
  }
  return gone;
}

function copied(axes: ReadonlyMap<number, ReadonlySet<number>> = new Map<number, never>()): Map<number, Set<number>> {
  return new Map([...axes].map(([axis, indices]) => [axis, new Set(indices)]));
}

type Slice = typeof sliceTensor;

function without(channels: Channels, removed: Iterable<number>, slice: Slice): GraphDraft {
  const { graph } = channels;
  const gone = goneIndices(channels, removed);
  const sliced = sharedSlices(slice);
  const tensors = graph.tensors.map((tensor) => sliced(tensor, gone.get(tensor.index)));
  return refitOptions(graph, tensors, gone);
}

/** Tensors without the indices that go, their constants as `outlineWithout` makes them. */
export function outliner(): (tensor: Tensor, gone: ReadonlyMap<number, ReadonlySet<number>> | undefined) => Tensor {
  return sharedSlices(outlineTensor);
}

function keptIndices(tensor: Tensor, gone: ReadonlyMap<number, ReadonlySet<number>>): KeptIndices {
  return tensor.shape.map((size, axis) => {
    const without = gone.get(axis);
    if (without === undefined) return undefined;
    const kept: number[] = [];
    for (let index = 0; index < size; index++) if (!without.has(index)) kept.push(index);
    return kept;
  });
}

/** Tensors that shared a buffer and lose the same share the result, as in the file that they came from. */
function sharedSlices(cut: Slice): ReturnType<typeof outliner> {
  const known = new Map<Uint8Array, Map<string, Uint8Array>>();
  return (tensor, gone) => {
    if (gone === undefined) return tensor;
    const kept = keptIndices(tensor, gone);
    const slice = cut(tensor, kept);
    if (tensor.data === undefined || slice.data === undefined) return slice;
    const key = JSON.stringify([tensor.type, tensor.shape, kept.map((indices) => indices ?? null)]);
    const ofData = known.get(tensor.data) ?? new Map<string, Uint8Array>();
    known.set(tensor.data, ofData);
    const data = ofData.get(key) ?? slice.data;
    ofData.set(key, data);
    return { ...slice, data };
  };
}

function refitOptions(graph: Graph, tensors: Tensor[], touched: ReadonlyMap<number, unknown>): GraphDraft {
  const readers = readersOf(graph);
  const operators = graph.operators.map((operator): Operator => {
    const isTouched = [...operator.inputs, ...operator.outputs].some((index) => touched.has(index));
    if (!isTouched) return operator;
    const { refitted, constant } = refitOperator(operator, tensors, readers);
    if (constant === undefined) return refitted;
    tensors[constant.index] = constant;
    return refitted;
  });
  return draftOf(graph, { tensors, operators });
}

/** How many operators read each tensor. */
export function readersOf({ operators, tensors }: Graph): Uint32Array {
  const readers = new Uint32Array(tensors.length);
  for (const { inputs } of operators) for (const index of new Set(inputs)) if (index >= 0) readers[index] += 1;
  return readers;
}

/**
 * An operator with the sizes that its options and constants name brought into line with `tensors`, and the constant
 * that then takes its place in them: the old one's, or behind all where others read the old one too.
 */
export function refitOperator(
  operator: Operator,
  tensors: readonly Tensor[],
  readers: Uint32Array,
): { readonly refitted: Operator; readonly constant?: Tensor } {
  const refit = relationOf(operator.kind)?.refit;
  if (refit === undefined) return { refitted: operator };
  const { options = operator.options, constant } = refit(operator, tensors);
  if (constant?.[1].data === undefined) return { refitted: { ...operator, options } };
  const [position, tensor] = constant;
  const index = readers[tensor.index] > 1 ? tensors.length : tensor.index;
  const inputs = operator.inputs.map((input, at) => (at === position ? index : input));
  return { refitted: { ...operator, options, inputs }, constant: { ...tensor, index } };
}
