import type {
  Conv2DBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  KernelBackend,
  KernelConfig,
  KernelFunc,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { backend_util, getKernel, registerKernel } from '@tensorflow/tfjs-core';
import { lookup } from '../../text/lookup';

/** Sizes, strides and padding of a two-dimensional convolution, as TensorFlow.js derives them. */
type Geometry = backend_util.Conv2DInfo;

/** How the attributes of the three kernels describe a convolution. */
type Attributes = Partial<DepthwiseConv2dNativeBackpropFilterAttrs> &
  Pick<Conv2DBackpropFilterAttrs, 'strides' | 'pad'>;

type Shape = readonly number[];

/**
 * Gives a TensorFlow.js backend the gradients of convolutions that it lacks (the wasm backend lacks all three), so that
 * convolutional networks can be trained on it; with this module come the gradients of all other operations too, which
 * `@tensorflow/tfjs-core` does not register by itself. Kernels that the backend has are left alone. Plain loops over
 * the values in NHWC order with sums in double precision: as exact as any, and some 1 ns a multiply-add.
 *
 * Source of the formulas: the chain rule on y[o] += x[i] w[tap], where tap joins the output o to the input i.
 */
export function registerGradientKernels(backendName: string): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName) !== undefined) continue;
    registerKernel({ kernelName, backendName, kernelFunc } satisfies KernelConfig);
  }
}

const kernels: Readonly<Record<string, KernelFunc>> = lookup({
  Conv2DBackpropFilter({ inputs, attrs, backend }) {
    const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
    const attributes = attrs as unknown as Conv2DBackpropFilterAttrs;
    if (attributes.dataFormat === 'NCHW') throw new Error('The gradient of a convolution is there for NHWC only.');
    const geometry = geometryOf(x.shape, attributes.filterShape, attributes);
    const values = convolutionFilterGradient(geometry, readValues(backend, x), readValues(backend, dy));
    return writeValues(backend, values, attributes.filterShape);
  },

  DepthwiseConv2dNativeBackpropFilter({ inputs, attrs, backend }) {
    const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
    const attributes = attrs as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
    const geometry = depthwiseGeometryOf(x.shape, attributes.filterShape, attributes);
    const values = depthwiseFilterGradient(geometry, readValues(backend, x), readValues(backend, dy));
    return writeValues(backend, values, attributes.filterShape);
  },

  DepthwiseConv2dNativeBackpropInput({ inputs, attrs, backend }) {
    const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>;
    const attributes = attrs as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
    const geometry = depthwiseGeometryOf(attributes.inputShape, filter.shape, attributes);
    const values = depthwiseInputGradient(geometry, readValues(backend, dy), readValues(backend, filter));
    return writeValues(backend, values, attributes.inputShape);
  },
});

/** dw[tap, in, out] = sum over places of x[in] dy[out]. */
function convolutionFilterGradient(geometry: Geometry, x: Float32Array, dy: Float32Array): Float64Array {
  const { inChannels, outChannels, filterHeight, filterWidth } = geometry;
  const gradient = new Float64Array(filterHeight * filterWidth * inChannels * outChannels);
  visitTaps(geometry, (tap, input, output) => {
    let target = tap * inChannels * outChannels;
    for (let channel = 0; channel < inChannels; channel++, target += outChannels) {
      const value = x[input + channel];
      if (value === 0) continue;
      for (let out = 0; out < outChannels; out++) gradient[target + out] += value * dy[output + out];
    }
  });
  return gradient;
}

/** dw[tap, channel, copy] = sum over places of x[channel] dy[channel, copy]. */
function depthwiseFilterGradient(geometry: Geometry, x: Float32Array, dy: Float32Array): Float64Array {
  const { inChannels, outChannels, filterHeight, filterWidth } = geometry;
  const copies = outChannels / inChannels;
  const gradient = new Float64Array(filterHeight * filterWidth * outChannels);
  visitTaps(geometry, (tap, input, output) => {
    const target = tap * outChannels;
    for (let out = 0, channel = 0; channel < inChannels; channel++) {
      const value = x[input + channel];
      for (let copy = 0; copy < copies; copy++, out++) gradient[target + out] += value * dy[output + out];
    }
  });
  return gradient;
}

/** dx[channel] = sum over taps and copies of dy[channel, copy] w[tap, channel, copy]. */
function depthwiseInputGradient(geometry: Geometry, dy: Float32Array, filter: Float32Array): Float64Array {
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = geometry;
  const copies = outChannels / inChannels;
  const gradient = new Float64Array(batchSize * inHeight * inWidth * inChannels);
  visitTaps(geometry, (tap, input, output) => {
    const weights = tap * outChannels;
    for (let out = 0, channel = 0; channel < inChannels; channel++) {
      let sum = 0;
      for (let copy = 0; copy < copies; copy++, out++) sum += dy[output + out] * filter[weights + out];
      gradient[input + channel] += sum;
    }
  });
  return gradient;
}

/**
 * Calls `visit` for every place of the output and every tap of the filter whose input lies within the image: with the
 * tap's number (row-major) and where the channels of that input and of that output begin.
 */
function visitTaps(geometry: Geometry, visit: (tap: number, input: number, output: number) => void): void {
  const { filterHeight, filterWidth } = geometry;
  for (let batch = 0; batch < geometry.batchSize; batch++) {
    for (let outRow = 0; outRow < geometry.outHeight; outRow++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = outRow * geometry.strideHeight + tapRow * geometry.dilationHeight - geometry.padInfo.top;
        if (row < 0 || row >= geometry.inHeight) continue;
        const inputRow = batch * geometry.inHeight + row;
        const outputRow = batch * geometry.outHeight + outRow;
        for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
          visitRow(geometry, { tap: tapRow * filterWidth + tapColumn, tapColumn, inputRow, outputRow }, visit);
        }
      }
    }
  }
}

interface TapRow {
  readonly tap: number;
  readonly tapColumn: number;
  /** Rows counted over the whole batch. */
  readonly inputRow: number;
  readonly outputRow: number;
}

function visitRow(
  geometry: Geometry,
  { tap, tapColumn, inputRow, outputRow }: TapRow,
  visit: (tap: number, input: number, output: number) => void,
): void {
  const { inWidth, inChannels, outWidth, outChannels, strideWidth } = geometry;
  const first = tapColumn * geometry.dilationWidth - geometry.padInfo.left;
  for (let outColumn = 0; outColumn < outWidth; outColumn++) {
    const column = outColumn * strideWidth + first;
    if (column < 0 || column >= inWidth) continue;
    visit(tap, (inputRow * inWidth + column) * inChannels, (outputRow * outWidth + outColumn) * outChannels);
  }
}

function geometryOf(inputShape: Shape, filterShape: Shape, attributes: Attributes): Geometry {
  return backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
}

function depthwiseGeometryOf(inputShape: Shape, filterShape: Shape, attributes: Attributes): Geometry {
  const [, , channels = 1, copies = 1] = filterShape;
  const geometry = geometryOf(inputShape, filterShape, attributes);
  return { ...geometry, outChannels: channels * copies };
}

function readValues(backend: unknown, tensor: TensorInfo): Float32Array {
  return (backend as KernelBackend).readSync(tensor.dataId) as Float32Array;
}

function writeValues(backend: unknown, values: Float64Array, shape: Shape): TensorInfo {
  const floats = Float32Array.from(values);
  const dataId = (backend as KernelBackend).write(floats, [...shape], 'float32');
  return { dataId, shape: [...shape], dtype: 'float32' };
}
