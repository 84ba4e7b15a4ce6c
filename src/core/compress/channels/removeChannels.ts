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

type Slice = typeof sliceTensor;

function without({ graph, channels }: Channels, removed: Iterable<number>, slice: Slice): GraphDraft {
  const gone = new Map<number, Map<number, Set<number>>>();
  for (const id of removed) {
    for (const { tensor, axis, indices } of channels[id].places) {
      const axes = gone.get(tensor) ?? new Map<number, Set<number>>();
      gone.set(tensor, axes);
      const set = axes.get(axis) ?? new Set<number>();
      axes.set(axis, set);
      for (const index of indices) set.add(index);
    }
  }
  const sliced = sharedSlices(slice);
  const tensors = graph.tensors.map((tensor) => {
    const axes = gone.get(tensor.index);
    return axes === undefined ? tensor : sliced(tensor, keptIndices(tensor, axes));
  });
  return refitOptions(graph, tensors, gone);
}

function keptIndices(tensor: Tensor, gone: ReadonlyMap<number, ReadonlySet<number>>): KeptIndices {
  return tensor.shape.map((size, axis) => {
    const without = gone.get(axis);
    if (without === undefined) return undefined;
    return Array.from({ length: size }, (_, index) => index).filter((index) => !without.has(index));
  });
}

/** Tensors that shared a buffer and lose the same share the result, as in the file that they came from. */
function sharedSlices(cut: Slice): (tensor: Tensor, kept: KeptIndices) => Tensor {
  const known = new Map<Uint8Array, Map<string, Uint8Array>>();
  return (tensor, kept) => {
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
  const operators = graph.operators.map((operator): Operator => {
    const refit = relationOf(operator.kind)?.refit;
    const isTouched = [...operator.inputs, ...operator.outputs].some((index) => touched.has(index));
    if (refit === undefined || !isTouched) return operator;
    const { options = operator.options, constant } = refit(operator, tensors);
    if (constant === undefined || constant[1].data === undefined) return { ...operator, options };
    const [position, tensor] = constant;
    const index = isReadByOthers(tensor.index, operator, graph) ? tensors.length : tensor.index;
    tensors[index] = { ...tensor, index };
    return { ...operator, options, inputs: operator.inputs.map((input, at) => (at === position ? index : input)) };
  });
  return draftOf(graph, { tensors, operators });
}

function isReadByOthers(tensor: number, operator: Operator, graph: Graph): boolean {
  return graph.operators.some((other) => other !== operator && other.inputs.includes(tensor));
}
