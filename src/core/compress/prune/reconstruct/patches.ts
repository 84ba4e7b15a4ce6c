import { enumOption, numberOption } from '../../../model/options';
import type { SummingLayer } from '../../clean/ranges/sums';

/** What a layer's sums at one place of its output are taken over. */
export interface Patches {
  /** Places of one sample's output. */
  readonly places: number;
  /** Inputs of one sum, a one for the bias not counted: taps x channels, in the order of the weights of one output. */
  readonly inputs: number;
  /** Writes the inputs of the sums at `place` into `row`; `image` holds one sample. What is padded is zero. */
  fill(image: Float32Array, place: number, row: Float64Array): void;
}

/** The patches of a convolution, or the rows of a dense layer. */
export function patchesOf(layer: SummingLayer): Patches {
  return layer.weights.shape.length === 2 ? rowsOf(layer) : windowsOf(layer);
}

function rowsOf({ weights, image }: SummingLayer): Patches {
  const inputs = weights.shape[1];
  const places = Math.max(1, image.shape.reduce((product, size) => product * size, 1) / inputs);
  return {
    places,
    inputs,
    fill: (values, place, row) => row.set(values.subarray(place * inputs, (place + 1) * inputs)),
  };
}

/** Source of the padding: ComputePaddingHeightWidth() in tensorflow/lite/kernels/padding.h. */
function windowsOf({ operator, image, weights, output }: SummingLayer): Patches {
  const [, height, width, channels] = image.shape;
  const [, tapRows, tapColumns] = weights.shape;
  const [, outHeight, outWidth] = output.shape;
  const option = (name: string): number => numberOption(operator, name, 1);
  const [strideH, strideW] = [option('strideH'), option('strideW')];
  const [dilationH, dilationW] = [option('dilationHFactor'), option('dilationWFactor')];
  const isSame = enumOption(operator, 'padding', 'SAME') === 'SAME';
  const before = (places: number, stride: number, reach: number, size: number): number =>
    isSame ? Math.max(0, Math.floor(((places - 1) * stride + reach - size) / 2)) : 0;
  const top = before(outHeight, strideH, (tapRows - 1) * dilationH + 1, height);
  const left = before(outWidth, strideW, (tapColumns - 1) * dilationW + 1, width);
  return {
    places: outHeight * outWidth,
    inputs: tapRows * tapColumns * channels,
    fill(values, place, target) {
      const firstRow = Math.floor(place / outWidth) * strideH - top;
      const firstColumn = (place % outWidth) * strideW - left;
      for (let tap = 0; tap < tapRows * tapColumns; tap++) {
        const row = firstRow + Math.floor(tap / tapColumns) * dilationH;
        const column = firstColumn + (tap % tapColumns) * dilationW;
        const isInside = row >= 0 && row < height && column >= 0 && column < width;
        const at = (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          target[tap * channels + channel] = isInside ? values[at + channel] : 0;
        }
      }
    },
  };
}
