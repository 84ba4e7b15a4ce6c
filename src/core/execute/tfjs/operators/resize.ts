import type * as Core from '@tensorflow/tfjs-core';
import { booleanOption } from '../../../model/options';
import type { TfjsCall, TfjsOperator } from '../call';
import { outputShape } from '../call';

/** Output height and width are those of the file. */
export const resizeOperators: readonly TfjsOperator[] = [
  {
    kind: 'RESIZE_BILINEAR',
    values: [0],
    compute: (call) => call.tf.image.resizeBilinear(call.input(0) as Core.Tensor4D, sizeOf(call), ...placing(call)),
  },
  {
    kind: 'RESIZE_NEAREST_NEIGHBOR',
    values: [0],
    compute: (call) =>
      call.tf.image.resizeNearestNeighbor(call.input(0) as Core.Tensor4D, sizeOf(call), ...placing(call)),
  },
];

function sizeOf(call: TfjsCall): [number, number] {
  const [, height, width] = outputShape(call);
  return [height, width];
}

function placing({ operator }: TfjsCall): [boolean, boolean] {
  return [booleanOption(operator, 'alignCorners', false), booleanOption(operator, 'halfPixelCenters', false)];
}
