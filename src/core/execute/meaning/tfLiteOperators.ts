import type { Operator } from '../../model/model';
import { booleanOption } from '../../model/options';
import { encodeReal, realValuesOf } from '../../model/values/real';
import { mapSize, open, openShape, sameShape, type ShapeFunction } from '../../operators/outputShapes';
import { reduceMax } from '../../operators/reduce';
import { lookup } from '../../text/lookup';
import { stridesOf, viewIndices } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';
import { reductionSource } from '../kernels/reduceAxes';
import { selectV2 } from '../kernels/selectV2';
import { numbersOf } from '../numbers';
import { gelu } from './gelu';

/** An operator of TF Lite that TFLM does not have: what it means, for files that are rewritten without it. */
interface TfLiteOperator {
  readonly outputShapes: ShapeFunction;
  readonly kernel: KernelMaker;
}

const rangeShape: ShapeFunction = (view) => {
  const [first, limit, step] = [0, 1, 2].map((position) => view.integers(position)?.[0]);
  if (first === undefined || limit === undefined || step === undefined) return [[open]];
  if (step === 0) return 'its step is 0';
  return [[Math.max(0, Math.ceil((limit - first) / step))]];
};

/** RANGE: from the first input to before the second, by the third. */
const range: KernelMaker = (call) => {
  const [first, step] = [numbersOf(call, input(call, 0)), numbersOf(call, input(call, 2))];
  const out = numbersOf(call, output(call));
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = first[0] + index * step[0];
  };
};

/** REDUCE_PROD, of plain integers and floats. */
const reduceProd: KernelMaker = (call) => {
  const [values, out] = [numbersOf(call, input(call, 0)), numbersOf(call, output(call))];
  const isInteger = output(call).type !== 'float32';
  const reduction = reductionSource(call);
  return () => {
    const { targets } = reduction();
    out.fill(1);
    targets.forEach((target, index) => {
      out[target] = isInteger ? Math.imul(out[target], values[index]) : out[target] * values[index];
    });
  };
};

const tiledShape: ShapeFunction = (view) => {
  const [shape, times] = [view.shape(0), view.integers(1)];
  if (shape === undefined) return undefined;
  if (times === undefined) return [openShape(shape.length)];
  return [shape.map((size, axis) => mapSize(size, (known) => known * (times[axis] ?? 1)))];
};

/** TILE: each element of the output is that of the input at its place modulo the input's size. */
const tile: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const size = from.elementBytes;
  // Each dimension is one of repetitions, which do not move in the input, and one of the input.
  const shape = from.shape.flatMap((length, axis) => [length === 0 ? 0 : to.shape[axis] / length, length]);
  const indices = viewIndices(
    shape,
    stridesOf(from.shape).flatMap((stride) => [0, stride]),
  );
  return () => {
    for (let index = 0; index < to.elements; index++) {
      to.bytes.set(from.bytes.subarray(indices[index] * size, (indices[index] + 1) * size), index * size);
    }
  };
};

/** Computes each element of the output by the real number that the input's stands for. */
function byNumbers(functionOf: (operator: Operator) => (value: number) => number): KernelMaker {
  return (call) => {
    const [from, to] = [input(call, 0), output(call)];
    const compute = functionOf(call.operator);
    return () => {
      to.bytes.set(encodeReal(to.tensor, realValuesOf(from, from.tensor).map(compute))!);
    };
  };
}

const clamped = (least: number, most: number): TfLiteOperator => ({
  outputShapes: sameShape(),
  kernel: byNumbers(() => (value) => Math.min(Math.max(value, least), most)),
});

/** By kind. Sources: the reference kernels in tensorflow/lite/kernels. */
export const tfLiteOperators: Readonly<Record<string, TfLiteOperator>> = lookup({
  GELU: {
    outputShapes: sameShape(),
    kernel: byNumbers((operator) => gelu(booleanOption(operator, 'approximate', false))),
  },
  RANGE: { outputShapes: rangeShape, kernel: range },
  REDUCE_PROD: { outputShapes: reduceMax.outputShapes!, kernel: reduceProd },
  RELU_0_TO_1: clamped(0, 1),
  RELU_N1_TO_1: clamped(-1, 1),
  SELECT: { outputShapes: sameShape(1), kernel: selectV2 },
  TILE: { outputShapes: tiledShape, kernel: tile },
});
