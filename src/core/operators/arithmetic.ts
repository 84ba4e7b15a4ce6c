import type { Operator } from '../model/model';
import { fusedActivation, inputRank, onlyCmsisNn } from './checks';
import { define, type OperatorFacts } from './define';
import type { OperatorDefinition } from './operator';
import { activationText } from './optionsText';
import { plainInt32, quantizedOutput, scaleOf, symmetricInt16, zeroPointOf } from './quantizationChecks';
import { anyTypes, each, eachSized } from './signature';
import { refuse, whileRunning, type Check, type OperatorView } from './view';
import { broadcastShape, sameShape } from './outputShapes';

/** Element by element over two tensors (or several), broadcast as in NumPy. None of them multiplies and accumulates. */

function binary(facts: Omit<OperatorFacts, 'roles' | 'inputs' | 'outputs'>): OperatorDefinition {
  return define({ roles: ['activation'], inputs: 2, outputs: 1, outputShapes: broadcastShape, ...facts });
}

const withActivation = { optionsText: (operator: Operator) => activationText(operator) };
const quantizedCheck = quantizedOutput(['int8', 'int16']);

/** Facts from kernels/add.cc, kernels/add_common.cc and kernels/cmsis_nn/add.cc. */
export const add = binary({
  kind: 'ADD',
  resolverMethod: 'AddAdd',
  summary: 'Adds two tensors element by element.',
  accepts: each('float32 int8 int16 int32', 'T T -> T'),
  allocates: anyTypes,
  cmsisNnIsStrict: true,
  checks: [quantizedCheck, plainInt32, onlyCmsisNn(symmetricInt16), fusedActivation],
  ...withActivation,
});

/** Facts from kernels/sub.cc and kernels/sub_common.cc. */
export const sub = binary({
  kind: 'SUB',
  resolverMethod: 'AddSub',
  summary: 'Subtracts the second tensor from the first, element by element.',
  accepts: each('float32 int8 int16 int32', 'T T -> T'),
  allocates: anyTypes,
  checks: [plainInt32, fusedActivation],
  ...withActivation,
});

/** Facts from kernels/mul.cc, kernels/mul_common.cc and kernels/cmsis_nn/mul.cc. */
export const mul = binary({
  kind: 'MUL',
  resolverMethod: 'AddMul',
  summary: 'Multiplies two tensors element by element.',
  accepts: each('float32 int8 int16 int32', 'T T -> T'),
  allocates: eachSized('T T -> any'),
  checks: [symmetricInt16, fusedActivation],
  ...withActivation,
});

/** Facts from kernels/div.cc. */
export const div = binary({
  kind: 'DIV',
  resolverMethod: 'AddDiv',
  summary: 'Divides the first tensor by the second, element by element.',
  accepts: each('float32 int8 int32', 'T T -> T'),
  allocates: eachSized('T T -> T'),
  checks: [plainInt32, fusedActivation],
  ...withActivation,
});

/** Facts from kernels/add_n.cc. */
export const addN = define({
  kind: 'ADD_N',
  resolverMethod: 'AddAddN',
  summary: 'Adds several tensors of one shape element by element.',
  roles: ['activation'],
  inputs: [2, Infinity],
  outputs: 1,
  accepts: each('float32 int8', 'T... -> T'),
  checks: [oneScale],
  shapeProblem: oneShape,
  outputShapes: sameShape(),
});

/** Facts from kernels/maximum_minimum.cc and kernels/cmsis_nn/maximum_minimum.cc, whose shapes have four dimensions. */
const extremum: Pick<OperatorFacts, 'accepts' | 'allocates' | 'checks'> = {
  accepts: each('float32 int8 int16 int32 int64', 'T T -> T'),
  allocates: anyTypes,
  checks: [onlyCmsisNn(whileRunning(inputRank(0, 0, 4))), onlyCmsisNn(whileRunning(inputRank(1, 0, 4)))],
};

export const maximum = binary({
  kind: 'MAXIMUM',
  resolverMethod: 'AddMaximum',
  summary: 'Takes the larger of two values, element by element.',
  ...extremum,
});

export const minimum = binary({
  kind: 'MINIMUM',
  resolverMethod: 'AddMinimum',
  summary: 'Takes the smaller of two values, element by element.',
  ...extremum,
});

/** Facts from kernels/squared_difference.cc. */
export const squaredDifference = binary({
  kind: 'SQUARED_DIFFERENCE',
  resolverMethod: 'AddSquaredDifference',
  summary: 'Squares the difference of two values, element by element.',
  accepts: each('float32 int8 int16 int32', 'T T -> T'),
  allocates: eachSized('T T -> any'),
  checks: [symmetricInt16],
});

/** Facts from kernels/floor_div.cc. */
export const floorDiv = binary({
  kind: 'FLOOR_DIV',
  resolverMethod: 'AddFloorDiv',
  summary: 'Divides and rounds down, element by element.',
  accepts: ['float32 float32 -> float32'],
  allocates: eachSized('T T -> T'),
});

/** Facts from kernels/floor_mod.cc. */
export const floorMod = binary({
  kind: 'FLOOR_MOD',
  resolverMethod: 'AddFloorMod',
  summary: 'Takes the remainder of a division that rounds down, element by element.',
  accepts: ['float32 float32 -> float32'],
  allocates: eachSized('T T -> T'),
});

function oneScale(view: OperatorView): ReturnType<Check> {
  const first = view.input(0);
  if (first?.type !== 'int8') return undefined;
  const other = view.operator.inputs.findIndex((_, position) => {
    const tensor = view.input(position);
    return scaleOf(tensor) !== scaleOf(first) || zeroPointOf(tensor) !== zeroPointOf(first);
  });
  if (other === -1) return undefined;
  return refuse(
    'quantization-unsupported',
    `Input ${other} of ${view.name} has another scale than input 0, but TFLite Micro needs all int8 inputs alike; use ADD operators instead.`,
  );
}

function oneShape(view: OperatorView): string | undefined {
  const first = view.input(0)?.shape.join();
  const other = view.operator.inputs.findIndex((_, position) => view.input(position)?.shape.join() !== first);
  return other === -1
    ? undefined
    : `Input ${other} of ${view.name} has another shape than input 0, but TFLite Micro does not broadcast there; use ADD operators instead.`;
}
