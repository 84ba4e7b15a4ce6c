import type { Graph, Operator } from '../model/model';
import { numberOption } from '../model/options';
import { constantInput, noFusedActivation } from './checks';
import { define } from './define';
import { activationText, constantText, joinParts, numberText } from './optionsText';
import { scaleOf, symmetricInt16, zeroPointOf } from './quantizationChecks';
import { anyTypes, each } from './signature';
import { refuse, type Check, type OperatorView } from './view';
import { axisOf, open, mapSize, spliceShape, type Shape, type ShapeView } from './outputShapes';

/** Several tensors into one, one into several. */

/** TFLM's CONCATENATION takes no more tensors. Source: kMaxInputNum in kernels/concatenation.cc. */
export const mostConcatenated = 10;

/** Facts from kernels/concatenation.cc. */
export const concatenation = define({
  kind: 'CONCATENATION',
  resolverMethod: 'AddConcatenation',
  summary: 'Joins tensors along a dimension.',
  roles: ['activation'],
  inputs: [1, mostConcatenated],
  outputs: 1,
  accepts: each('float32 int8 int16 int32 int64 bool', 'T... -> T'),
  checks: [noFusedActivation, oneScale, symmetricInt16],
  outputShapes: joinedShape,
  optionsText: (operator) => joinParts(numberText(operator, 'axis', 'axis'), activationText(operator)),
});

/** Facts from kernels/pack.cc. */
export const pack = define({
  kind: 'PACK',
  resolverMethod: 'AddPack',
  summary: 'Stacks tensors along a new dimension.',
  roles: ['activation'],
  inputs: [1, Infinity],
  outputs: 1,
  accepts: each('float32 int8 int16 int32 int64', 'T... -> T'),
  allocates: anyTypes,
  outputShapes: packedShape,
  optionsText: (operator) => numberText(operator, 'axis', 'axis'),
});

/** Facts from kernels/unpack.cc. */
export const unpack = define({
  kind: 'UNPACK',
  resolverMethod: 'AddUnpack',
  summary: 'Takes a tensor apart along a dimension, which is dropped.',
  roles: ['activation'],
  inputs: 1,
  outputs: [1, Infinity],
  accepts: each('float32 int8 int16 int32', 'T -> T...'),
  allocates: anyTypes,
  outputShapes: unpackedShapes,
  optionsText: (operator) => numberText(operator, 'axis', 'axis'),
});

/** Facts from kernels/split.cc. */
export const split = define({
  kind: 'SPLIT',
  resolverMethod: 'AddSplit',
  summary: 'Cuts a tensor into equal parts along a dimension.',
  roles: ['parameter', 'activation'],
  inputs: 2,
  outputs: [1, Infinity],
  accepts: each('float32 int8 int16 int32', 'int32 T -> T...'),
  allocates: anyTypes,
  checks: [constantInput(0, 'axis')],
  outputShapes: splitShapes,
  optionsText: (operator, graph) => partsText(operator, graph, 0),
});

/** Facts from kernels/split_v.cc. */
export const splitV = define({
  kind: 'SPLIT_V',
  resolverMethod: 'AddSplitV',
  summary: 'Cuts a tensor into parts of given sizes along a dimension.',
  roles: ['activation', 'parameter'],
  inputs: 3,
  outputs: [1, Infinity],
  accepts: each('float32 int8 int16 int32', 'T int32|int64 int32 -> T...'),
  allocates: anyTypes,
  checks: [constantInput(2, 'axis')],
  outputShapes: splitBySizes,
  optionsText: (operator, graph) => partsText(operator, graph, 2),
});

function joinedShape({ operator, shape }: ShapeView): readonly Shape[] | undefined {
  const first = shape(0);
  const axis = axisOf(numberOption(operator, 'axis', 0), first?.length ?? 0);
  if (first === undefined || axis === undefined) return undefined;
  const lengths = operator.inputs.map((_, position) => shape(position)?.[axis] ?? open);
  const joinedLength = lengths.includes(open) ? open : lengths.reduce((sum, length) => sum + length, 0);
  return [spliceShape(first, axis, 1, joinedLength)];
}

function packedShape({ operator, shape }: ShapeView): readonly Shape[] | undefined {
  const first = shape(0);
  const axis = axisOf(numberOption(operator, 'axis', 0), (first?.length ?? 0) + 1);
  if (first === undefined || axis === undefined) return undefined;
  return [[...first.slice(0, axis), operator.inputs.length, ...first.slice(axis)]];
}

function unpackedShapes({ operator, shape }: ShapeView): readonly Shape[] | string | undefined {
  const whole = shape(0);
  const axis = axisOf(numberOption(operator, 'axis', 0), whole?.length ?? 0);
  if (whole === undefined || axis === undefined) return undefined;
  const parts = operator.outputs.length;
  if (whole[axis] !== open && whole[axis] !== parts) return `${whole[axis]} parts do not go into ${parts} outputs`;
  return operator.outputs.map(() => spliceShape(whole, axis, 1));
}

function splitShapes({ operator, shape, integers }: ShapeView): readonly Shape[] | string | undefined {
  const whole = shape(1);
  const axis = axisOf(integers(0)?.[0], whole?.length ?? 0);
  if (whole === undefined || axis === undefined) return undefined;
  const parts = operator.outputs.length;
  if (whole[axis] % parts !== 0) return `a size of ${whole[axis]} is not divisible into ${parts} equal parts`;
  return operator.outputs.map(() =>
    spliceShape(
      whole,
      axis,
      1,
      mapSize(whole[axis], (size) => size / parts),
    ),
  );
}

/** One of the sizes may be -1: the rest. */
function splitBySizes({ operator, shape, integers }: ShapeView): readonly Shape[] | undefined {
  const [whole, sizes] = [shape(0), integers(1)];
  const axis = axisOf(integers(2)?.[0], whole?.length ?? 0);
  if (whole === undefined || axis === undefined) return undefined;
  const given = sizes?.reduce((sum, size) => sum + Math.max(0, size), 0) ?? 0;
  const rest = mapSize(whole[axis], (size) => size - given);
  return operator.outputs.map((_, part) => {
    const size = sizes?.[part] ?? open;
    return spliceShape(whole, axis, 1, size < 0 && sizes !== undefined ? rest : size);
  });
}

function partsText(operator: Operator, graph: Graph, axisPosition: number): string {
  return joinParts(constantText(operator, graph, axisPosition, 'axis'), `into ${operator.outputs.length}`);
}

function oneScale(view: OperatorView): ReturnType<Check> {
  const output = view.output(0);
  if (output?.type !== 'int8') return undefined;
  const other = view.operator.inputs.findIndex((_, position) => {
    const input = view.input(position);
    return scaleOf(input) !== scaleOf(output) || zeroPointOf(input) !== zeroPointOf(output);
  });
  if (other === -1) return undefined;
  return refuse(
    'quantization-unsupported',
    `Input ${other} of ${view.name} has another scale or zero point than the output, but TFLite Micro joins int8 values as they are; quantize the model again with a current converter.`,
  );
}
