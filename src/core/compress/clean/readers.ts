import type { Graph, Operator, Tensor } from '../../model/model';
import type { Channel } from '../channels/channels';
import { channelCount } from './ranges/channelRange';
import { zeroPointOf } from './ranges/zeroPoint';
import { isUnpadded } from './ranges/taps';
import { storedValues } from '../../model/values/stored';
import { lookup } from '../../text/lookup';

interface ReaderTensors {
  readonly operator: Operator;
  readonly image: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor | undefined;
  readonly output: Tensor;
}

/** A layer that sums over the channels of its image. */
export interface Reader extends ReaderTensors {
  /** Channels of the image. A dense layer's weights may have a multiple of them: of a flattened image. */
  readonly inputs: number;
  /** The axis of the weights along which inputs lie. */
  readonly inputAxis: number;
  readonly zeroPoint: number;
  /** True where all weights for this index along the input axis are zero. */
  readonly isUnread: (input: number) => boolean;
  /** Weights for an input, less their zero point, summed over the taps, for each output. */
  readonly weightSums: (input: number) => Float64Array;
  /**
   * True where a constant channel adds the same to every place of the output, in whole numbers, so that a bias can take
   * it over.
   */
  readonly foldsConstants: boolean;
}

const places: Readonly<Record<string, { readonly image: number; readonly weights: number; readonly bias: number }>> =
  lookup({
    CONV_2D: { image: 0, weights: 1, bias: 2 },
    FULLY_CONNECTED: { image: 0, weights: 1, bias: 2 },
    TRANSPOSE_CONV: { image: 2, weights: 1, bias: 3 },
  });

/** All layers of `graph` that sum over channels and whose weights can be read. */
export function readersOf(graph: Graph): readonly Reader[] {
  return graph.operators.flatMap((operator) => readerOf(operator, graph) ?? []);
}

/** A layer that reads a channel, and where along its weights' input axis. */
interface ChannelReading {
  readonly reader: Reader;
  readonly inputs: readonly number[];
}

/** What tells the readers of a channel, in the order of `readers`, without looking through all of them. */
export function channelReadings(readers: readonly Reader[]): (channel: Channel) => readonly ChannelReading[] {
  const byWeights = new Map<number, number[]>();
  readers.forEach(({ weights }, place) => {
    const places = byWeights.get(weights.index) ?? [];
    places.push(place);
    byWeights.set(weights.index, places);
  });
  return ({ places }) =>
    places
      .flatMap(({ tensor, axis, indices }) =>
        (byWeights.get(tensor) ?? [])
          .filter((place) => readers[place].inputAxis === axis)
          .map((place) => ({ place, reader: readers[place], inputs: indices })),
      )
      .sort((a, b) => a.place - b.place);
}

function readerOf(operator: Operator, { tensors }: Graph): Reader | undefined {
  const at = places[operator.kind];
  if (at === undefined) return undefined;
  const image = tensors[operator.inputs[at.image]];
  const weights = tensors[operator.inputs[at.weights]];
  const output = tensors[operator.outputs[0]];
  if (image === undefined || weights === undefined) return undefined;
  const values = storedValues(weights);
  const inputAxis = weights.shape.length - 1;
  const bias = tensors[operator.inputs[at.bias] ?? -1];
  return {
    ...{ operator, image, weights, output, inputAxis, bias },
    inputs: channelCount(image),
    zeroPoint: image.type === 'float32' ? 0 : zeroPointOf(image),
    isUnread: unreadInputs(weights, values),
    weightSums: (input) => columnSums(weights, values, input),
    foldsConstants: values !== undefined && foldsConstants({ operator, image, weights, output, bias }),
  };
}

function foldsConstants({ operator, image, weights, output, bias }: ReaderTensors): boolean {
  if (image.type !== 'int8' || (bias !== undefined && (bias.type !== 'int32' || bias.data === undefined))) return false;
  if (operator.kind === 'FULLY_CONNECTED') return true;
  return operator.kind === 'CONV_2D' && isUnpadded(operator, image, weights, output);
}

/** Whether all weights for an index of the last axis are zero: looked up once for all of them. */
function unreadInputs(weights: Tensor, values: Float64Array | undefined): Reader['isUnread'] {
  let read: Uint8Array | undefined;
  return (input) => {
    if (values === undefined) return false;
    read ??= readInputs(weights, values);
    return read[input] === 0;
  };
}

function readInputs(weights: Tensor, values: Float64Array): Uint8Array {
  const zero = zeroPointOf(weights);
  const depth = weights.shape[weights.shape.length - 1];
  const read = new Uint8Array(depth);
  for (let start = 0; start < values.length; start += depth) {
    for (let input = 0; input < depth; input++) if (values[start + input] !== zero) read[input] = 1;
  }
  return read;
}

/** For an index of the last axis: the sum of the weights of each output. */
function columnSums(weights: Tensor, values: Float64Array | undefined, input: number): Float64Array {
  const zero = zeroPointOf(weights);
  const depth = weights.shape[weights.shape.length - 1];
  const outputs = weights.shape[0];
  const rows = (values?.length ?? 0) / depth / outputs;
  return Float64Array.from({ length: outputs }, (_, output) => {
    let sum = 0;
    for (let row = output * rows; row < (output + 1) * rows; row++) sum += values![row * depth + input] - zero;
    return sum;
  });
}
