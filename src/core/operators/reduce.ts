import { booleanOption } from '../model/options';
import { inputRank, noFusedActivation } from './checks';
import { define, type OperatorFacts } from './define';
import { activationText, constantText, flagText, joinParts } from './optionsText';
import { sameQuantization } from './quantizationChecks';
import { anyTypes, each } from './signature';
import { whileRunning } from './view';
import { axisOf, openShape, sameShape, type Shape, type ShapeView } from './outputShapes';

/**
 * Values of a tensor brought down to fewer. Facts from kernels/reduce.cc and kernels/reduce_common.cc unless stated.
 */

const reducing: Pick<OperatorFacts, 'roles' | 'inputs' | 'outputs' | 'optionsText' | 'outputShapes'> = {
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  optionsText: (operator, graph) =>
    joinParts(constantText(operator, graph, 1, 'axis'), flagText(operator, 'keepDims', 'keep dims')),
  outputShapes: reducedShape,
};

export const mean = define({
  kind: 'MEAN',
  resolverMethod: 'AddMean',
  summary: 'Averages over some dimensions.',
  ...reducing,
  accepts: each('float32 int8 int16', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
});
export const sum = define({
  kind: 'SUM',
  resolverMethod: 'AddSum',
  summary: 'Sums over some dimensions.',
  ...reducing,
  accepts: each('float32 int8 int16', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
});
export const reduceMax = define({
  kind: 'REDUCE_MAX',
  resolverMethod: 'AddReduceMax',
  summary: 'Takes the largest value over some dimensions.',
  ...reducing,
  accepts: each('float32 int8', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
  checks: [whileRunning(sameQuantization(['int8']))],
});
export const reduceMin = define({
  kind: 'REDUCE_MIN',
  resolverMethod: 'AddReduceMin',
  summary: 'Takes the smallest value over some dimensions.',
  ...reducing,
  accepts: each('float32 int8', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
  checks: [whileRunning(sameQuantization(['int8']))],
});
export const reduceAll = define({
  kind: 'REDUCE_ALL',
  resolverMethod: 'AddReduceAll',
  summary: 'Tells whether all values over some dimensions are true.',
  ...reducing,
  accepts: ['bool int32 -> bool'],
  allocates: ['bool int32 -> any'],
});

/** Facts from kernels/arg_min_max.cc. */
const argument: Omit<OperatorFacts, 'kind' | 'resolverMethod' | 'summary'> = {
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 -> int32'),
  allocates: anyTypes,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'axis'),
  outputShapes: (view) => withoutAxes(view, false),
};

export const argMax = define({
  kind: 'ARG_MAX',
  resolverMethod: 'AddArgMax',
  summary: 'Tells where along a dimension the largest value is.',
  ...argument,
});
export const argMin = define({
  kind: 'ARG_MIN',
  resolverMethod: 'AddArgMin',
  summary: 'Tells where along a dimension the smallest value is.',
  ...argument,
});

/** Facts from kernels/cumsum.cc. */
export const cumSum = define({
  kind: 'CUMSUM',
  resolverMethod: 'AddCumSum',
  summary: 'Sums up along a dimension, keeping every partial sum.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 -> T'),
  checks: [inputRank(0, 1, 6)],
  outputShapes: sameShape(),
  optionsText: (operator, graph) =>
    joinParts(
      constantText(operator, graph, 1, 'axis'),
      flagText(operator, 'exclusive', 'exclusive'),
      flagText(operator, 'reverse', 'reverse'),
    ),
});

/** Facts from kernels/l2norm.cc. */
export const l2Normalization = define({
  kind: 'L2_NORMALIZATION',
  resolverMethod: 'AddL2Normalization',
  summary: 'Divides by the root of the sum of squares along the last dimension.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: each('float32 int8', 'T -> T'),
  checks: [inputRank(0, 0, 4), noFusedActivation],
  outputShapes: sameShape(),
  optionsText: activationText,
});

function reducedShape(view: ShapeView): readonly Shape[] | undefined {
  return withoutAxes(view, booleanOption(view.operator, 'keepDims', false));
}

/** The axes of input 1 dropped, or kept with one element each. */
function withoutAxes({ shape, integers }: ShapeView, keeps: boolean): readonly Shape[] | undefined {
  const [sizes, axes] = [shape(0), integers(1)];
  if (sizes === undefined) return undefined;
  if (axes === undefined) return keeps ? [openShape(sizes.length)] : undefined;
  const dropped = new Set(axes.map((axis) => axisOf(axis, sizes.length)));
  if (keeps) return [sizes.map((size, axis) => (dropped.has(axis) ? 1 : size))];
  return [sizes.filter((_, axis) => !dropped.has(axis))];
}
