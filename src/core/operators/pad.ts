import { enumOption } from '../model/options';
import { constantInput, inputRank } from './checks';
import { define } from './define';
import { constantText, joinParts } from './optionsText';
import { scaleOf, zeroPointOf } from './quantizationChecks';
import { constantIntegers, elements, shapeText } from './shapes';
import { anyTypes, each, eachSized } from './signature';
import { refuse, type Check, type OperatorView } from './view';
import { openShape, mapSize, type Shape, type ShapeView } from './outputShapes';

/**
 * A border around a tensor. Facts from kernels/pad.cc, kernels/pad_common.cc and kernels/cmsis_nn/pad.cc unless stated.
 */

/** Source: PadKernelMaxDimensionCount in kernels/internal/reference/pad.h. */
const mostDimensions = 5;

export const pad = define({
  kind: 'PAD',
  resolverMethod: 'AddPad',
  summary: 'Puts a border of zeros around a tensor.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 int16 int32', 'T int32 -> T'),
  allocates: eachSized('T any -> T'),
  checks: [inputRank(0, 0, mostDimensions), constantInput(1, 'padding')],
  shapeProblem: paddingProblem,
  outputShapes: paddedShape,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'by'),
});

export const padV2 = define({
  kind: 'PADV2',
  resolverMethod: 'AddPadV2',
  summary: 'Puts a border of one value around a tensor.',
  roles: ['activation', 'parameter', 'parameter'],
  inputs: 3,
  outputs: 1,
  accepts: each('float32 int8 int16 int32', 'T int32 T -> T'),
  allocates: eachSized('T any T -> T'),
  checks: [inputRank(0, 0, mostDimensions), constantInput(1, 'padding'), borderScale],
  shapeProblem: paddingProblem,
  outputShapes: paddedShape,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'by'),
});

/** Facts from kernels/mirror_pad.cc. */
export const mirrorPad = define({
  kind: 'MIRROR_PAD',
  resolverMethod: 'AddMirrorPad',
  summary: 'Puts a border around a tensor that mirrors its edge.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32|int64 -> T'),
  allocates: anyTypes,
  checks: [inputRank(1, 2)],
  outputShapes: paddedShape,
  optionsText: (operator, graph) =>
    joinParts(enumOption(operator, 'mode', 'REFLECT').toLowerCase(), constantText(operator, graph, 1, 'by')),
});

function paddedShape(view: ShapeView): readonly Shape[] | undefined {
  const [shape, padding] = [view.shape(0), view.integers(1)];
  if (shape === undefined) return undefined;
  if (padding === undefined) return [openShape(shape.length)];
  return [
    shape.map((size, axis) =>
      mapSize(size, (known) => known + (padding[2 * axis] ?? 0) + (padding[2 * axis + 1] ?? 0)),
    ),
  ];
}

function paddingProblem(view: OperatorView): string | undefined {
  const [input, output] = [view.input(0), view.output(0)];
  const padding = constantIntegers(view.input(1));
  if (input === undefined || output === undefined || padding === undefined) return undefined;
  const expected = input.shape.map((size, axis) => size + (padding[axis * 2] ?? 0) + (padding[axis * 2 + 1] ?? 0));
  if (padding.length === 2 * output.shape.length && expected.join() === output.shape.join()) return undefined;
  return `${view.name} turns ${shapeText(input)} into ${shapeText(output)}, but its padding gives [${expected.join(',')}]; convert the model again.`;
}

function borderScale(view: OperatorView): ReturnType<Check> {
  const [border, output] = [view.input(2), view.output(0)];
  if (elements(border) !== 1) {
    return refuse(
      'shape-unsupported',
      `${view.name} has ${elements(border) ?? 'several'} values for its border, but TFLite Micro takes one; convert the model again.`,
    );
  }
  if (view.input(0)?.type !== 'int8') return undefined;
  if (scaleOf(border) === scaleOf(output) && zeroPointOf(border) === zeroPointOf(output)) return undefined;
  return refuse(
    'quantization-unsupported',
    `Input 2 (parameter) of ${view.name} has another scale or zero point than the output, but TFLite Micro needs them equal; quantize the model again.`,
  );
}
