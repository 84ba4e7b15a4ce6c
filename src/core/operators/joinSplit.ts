import type { Graph, Operator } from '../model/model';
import { constantInput, noFusedActivation } from './checks';
import { define } from './define';
import { activationText, constantText, joined, numberText } from './optionsText';
import { scaleOf, symmetricInt16, zeroPointOf } from './quantizationChecks';
import { anyTypes, each } from './signature';
import { refuse, type Check, type OperatorView } from './view';

/** Several tensors into one, one into several. */

/** Source: kMaxInputNum in kernels/concatenation.cc. */
const mostConcatenated = 10;

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
  optionsText: (operator) => joined(numberText(operator, 'axis', 'axis'), activationText(operator)),
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
  optionsText: (operator, graph) => partsText(operator, graph, 2),
});

function partsText(operator: Operator, graph: Graph, axisPosition: number): string {
  return joined(constantText(operator, graph, axisPosition, 'axis'), `into ${operator.outputs.length}`);
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
