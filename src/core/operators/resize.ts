import type { Operator } from '../model/model';
import { booleanOption } from '../model/options';
import { constantInput, inputRank } from './checks';
import { define } from './define';
import { flagText, joinParts } from './optionsText';
import { each } from './signature';
import { refuse, type Check, type OperatorView } from './view';
import { open, type Shape, type ShapeView } from './outputShapes';

/** Images in another size. */

/** Facts from kernels/resize_bilinear.cc. */
export const resizeBilinear = define({
  kind: 'RESIZE_BILINEAR',
  resolverMethod: 'AddResizeBilinear',
  summary: 'Scales an image, blending neighbouring pixels.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
  checks: [inputRank(0, 4), inputRank(1, 1), constantInput(1, 'size'), oneConvention],
  optionsText,
  outputShapes: resizedShape,
});

/** Facts from kernels/resize_nearest_neighbor.cc. */
export const resizeNearestNeighbor = define({
  kind: 'RESIZE_NEAREST_NEIGHBOR',
  resolverMethod: 'AddResizeNearestNeighbor',
  summary: 'Scales an image, copying the nearest pixel.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 int16', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
  checks: [inputRank(0, 4), inputRank(1, 1), constantInput(1, 'size')],
  optionsText,
  outputShapes: resizedShape,
});

function optionsText(operator: Operator): string {
  return joinParts(
    flagText(operator, 'alignCorners', 'align corners'),
    flagText(operator, 'halfPixelCenters', 'half pixel'),
  );
}

function oneConvention({ operator, name }: OperatorView): ReturnType<Check> {
  if (!booleanOption(operator, 'alignCorners', false) || !booleanOption(operator, 'halfPixelCenters', false)) {
    return undefined;
  }
  return refuse(
    'options-unsupported',
    `${name} asks for aligned corners and half-pixel centers at once, which TFLite Micro does not take; choose one of them in the model.`,
  );
}

function resizedShape({ shape, integers }: ShapeView): readonly Shape[] | undefined {
  const image = shape(0);
  if (image?.length !== 4) return undefined;
  const [height, width] = integers(1) ?? [];
  return [[image[0], height ?? open, width ?? open, image[3]]];
}
