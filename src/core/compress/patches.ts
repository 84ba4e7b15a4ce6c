import { windowOf } from '../execute/window';
import type { Graph, Operator } from '../model/model';
import { elementCount } from '../model/dataType';

/** What a layer's weights are multiplied with, one output position at a time. */
export interface Patches {
  /**
   * Output channels of one group share what they are multiplied with; a depthwise layer has a group for each channel.
   */
  readonly groups: number;
  /** Weights of one output channel. */
  readonly length: number;
  /** Output positions of one sample. */
  readonly positions: number;
  /** Where weight `index` of output channel `channel` lies among all weights. */
  readonly place: (channel: number, index: number) => number;
  readonly channels: number;
  /** Writes the patch of one group at one position; `values` are one sample of the layer's input. */
  read(values: Float32Array, position: number, group: number, patch: Float64Array): void;
}

/** The patches of a convolution, depthwise or dense layer; `undefined` for others. */
export function patchesOf(operator: Operator, graph: Graph): Patches | undefined {
  if (operator.kind === 'FULLY_CONNECTED') return densePatches(operator, graph);
  if (operator.kind === 'CONV_2D' || operator.kind === 'DEPTHWISE_CONV_2D') return windowPatches(operator, graph);
  return undefined;
}

function densePatches({ inputs }: Operator, { tensors }: Graph): Patches {
  const [channels, length] = tensors[inputs[1]].shape;
  return {
    groups: 1,
    length,
    positions: elementCount(tensors[inputs[0]].shape) / length,
    channels,
    place: (channel, index) => channel * length + index,
    read: (values, position, _, patch) => patch.set(values.subarray(position * length, (position + 1) * length)),
  };
}

function windowPatches(operator: Operator, { tensors }: Graph): Patches | undefined {
  const [image, weights] = [tensors[operator.inputs[0]], tensors[operator.inputs[1]]];
  const result = tensors[operator.outputs[0]];
  if (image.shape.length !== 4 || image.shape[0] !== 1) return undefined;
  const isDepthwise = operator.kind === 'DEPTHWISE_CONV_2D';
  const [height, width] = weights.shape.slice(1, 3);
  const window = windowOf({ operator }, image, result, { height, width });
  const channels = window.outDepth;
  const depth = isDepthwise ? 1 : weights.shape[3];
  const groups = isDepthwise ? channels : window.inDepth / depth;
  const length = height * width * depth;
  const firstOf = (group: number): number =>
    isDepthwise ? Math.floor((group * window.inDepth) / channels) : group * depth;
  return {
    groups,
    length,
    positions: window.outHeight * window.outWidth,
    channels,
    place: isDepthwise ? (channel, index) => index * channels + channel : (channel, index) => channel * length + index,
    read(values, position, group, patch) {
      const [row, column] = [Math.floor(position / window.outWidth), position % window.outWidth];
      const top = row * window.strideY - window.padTop;
      const left = column * window.strideX - window.padLeft;
      let at = 0;
      for (let y = 0; y < height; y++) {
        const inY = top + y * window.dilationY;
        for (let x = 0; x < width; x++) {
          const inX = left + x * window.dilationX;
          const isInside = inY >= 0 && inY < window.inHeight && inX >= 0 && inX < window.inWidth;
          const from = (inY * window.inWidth + inX) * window.inDepth + firstOf(group);
          for (let z = 0; z < depth; z++) patch[at++] = isInside ? values[from + z] : 0;
        }
      }
    },
  };
}
