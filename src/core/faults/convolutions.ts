import { windowOf, type Window } from '../execute/window';
import type { Graph, Operator, Tensor } from '../model/model';
import { inputTensor, outputTensor } from '../operators/shapes';

/** A convolution with tensors of rank 4, as kernels see it. */
interface Convolution {
  readonly input: Tensor;
  readonly filter: Tensor;
  readonly window: Window;
  /** Neither dilated nor in groups: the filter is as deep as the input. */
  readonly isDense: boolean;
  /** What the last window reaches beyond the lower and the right edge. */
  readonly beyondBottom: number;
  readonly beyondRight: number;
}

/** `undefined` where a tensor is missing or not of rank 4. */
export function convolutionOf(operator: Operator, graph: Graph): Convolution | undefined {
  const [input, filter] = [inputTensor(operator, graph, 0), inputTensor(operator, graph, 1)];
  const output = outputTensor(operator, graph, 0);
  if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) return undefined;
  const window = windowOf({ operator }, input, output, { height: filter.shape[1], width: filter.shape[2] });
  const { height, width } = window;
  const lastRow = (window.outHeight - 1) * window.strideY - window.padTop + (height - 1) * window.dilationY;
  const lastColumn = (window.outWidth - 1) * window.strideX - window.padLeft + (width - 1) * window.dilationX;
  return {
    input,
    filter,
    window,
    isDense: window.dilationX === 1 && window.dilationY === 1 && window.inDepth === filter.shape[3],
    beyondBottom: lastRow + 1 - window.inHeight,
    beyondRight: lastColumn + 1 - window.inWidth,
  };
}

/** A transposed convolution: input 2 through filter `[out, height, width, in]` to a larger output, all of rank 4. */
interface TransposedConvolution {
  readonly input: Tensor;
  readonly filter: Tensor;
  readonly output: Tensor;
}

export function transposedConvolutionOf(operator: Operator, graph: Graph): TransposedConvolution | undefined {
  const [filter, input] = [inputTensor(operator, graph, 1), inputTensor(operator, graph, 2)];
  const output = outputTensor(operator, graph, 0);
  if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) return undefined;
  return { input, filter, output };
}
