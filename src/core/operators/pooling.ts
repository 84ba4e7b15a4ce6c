import type { Operator } from '../model/model';
import { numberOption } from '../model/options';
import { fusedActivation, inputRank, outputRank } from './checks';
import { define, type OperatorFacts } from './define';
import { activationText, joinParts, paddingText, sizeText, strideText } from './optionsText';
import { sameQuantization } from './quantizationChecks';
import { each } from './signature';
import { imageShape, type Shape, type ShapeView } from './outputShapes';

/** Summaries of windows of an image. None of them multiplies by weights: 0 MACs. */

const pooling: Pick<OperatorFacts, 'roles' | 'inputs' | 'outputs' | 'optionsText' | 'outputShapes'> = {
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  optionsText,
  outputShapes: pooledShape,
};

/** How far the scales of input and output may lie apart. Source: PoolingPrepare, kernels/pooling_common.cc. */
const scaleTolerance = 1e-6;

/** Facts from kernels/pooling.cc, kernels/pooling_common.cc and kernels/cmsis_nn/pooling.cc. */
const quantizable: Pick<OperatorFacts, 'accepts' | 'allocates' | 'checks'> = {
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: ['float32|int8|int16 -> any'],
  checks: [inputRank(0, 4), outputRank(0, 4), sameQuantization(['int8', 'int16'], scaleTolerance), fusedActivation],
};

export const averagePool2d = define({
  kind: 'AVERAGE_POOL_2D',
  resolverMethod: 'AddAveragePool2D',
  summary: 'Averages windows of an image, channel by channel.',
  ...pooling,
  ...quantizable,
});

export const maxPool2d = define({
  kind: 'MAX_POOL_2D',
  resolverMethod: 'AddMaxPool2D',
  summary: 'Takes the largest value of windows of an image, channel by channel.',
  ...pooling,
  ...quantizable,
});

/** Facts from kernels/l2_pool_2d.cc. */
export const l2Pool2d = define({
  kind: 'L2_POOL_2D',
  resolverMethod: 'AddL2Pool2D',
  summary: 'Takes the root mean square of windows of an image, channel by channel.',
  ...pooling,
  accepts: ['float32 -> float32'],
  checks: [inputRank(0, 4), outputRank(0, 4), fusedActivation],
});

function optionsText(operator: Operator): string {
  return joinParts(
    sizeText(operator, 'filterHeight', 'filterWidth'),
    strideText(operator),
    paddingText(operator),
    activationText(operator),
  );
}

function pooledShape({ operator, shape }: ShapeView): readonly Shape[] | undefined {
  const image = shape(0);
  if (image?.length !== 4) return undefined;
  const [height, width] = ['filterHeight', 'filterWidth'].map((name) => numberOption(operator, name, 1));
  return [imageShape(operator, image, { height, width, channels: image[3] })];
}
