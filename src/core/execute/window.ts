import { enumOption, numberOption } from '../model/options';
import type { KernelInvocation } from './kernel';
import type { Value } from './value';

/** How a window moves over images [batch, height, width, channels]: everything in elements. */
export interface Window {
  readonly batches: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inDepth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outDepth: number;
  readonly height: number;
  readonly width: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly dilationY: number;
  readonly dilationX: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** The window of a convolution or pooling with this `height` and `width`, from the operator's options. */
export function windowOf(
  call: Pick<KernelInvocation, 'operator'>,
  image: Pick<Value, 'shape'>,
  result: Pick<Value, 'shape'>,
  size: { height: number; width: number },
): Window {
  const [batches, inHeight, inWidth, inDepth] = image.shape;
  const [, outHeight, outWidth, outDepth] = result.shape;
  const option = (name: string): number => numberOption(call.operator, name, 1);
  const isSame = enumOption(call.operator, 'padding', 'SAME') === 'SAME';
  const strideY = option('strideH');
  const strideX = option('strideW');
  const dilationY = option('dilationHFactor');
  const dilationX = option('dilationWFactor');
  return {
    batches,
    inHeight,
    inWidth,
    inDepth,
    outHeight,
    outWidth,
    outDepth,
    ...size,
    strideY,
    strideX,
    dilationY,
    dilationX,
    padTop: isSame ? leadingPadding(inHeight, strideY, (size.height - 1) * dilationY + 1) : 0,
    padLeft: isSame ? leadingPadding(inWidth, strideX, (size.width - 1) * dilationX + 1) : 0,
  };
}

/** Source: ComputePaddingWithOffset() in tensorflow/lite/kernels/padding.h. */
export function leadingPadding(length: number, stride: number, reach: number): number {
  const total = (Math.ceil(length / stride) - 1) * stride + reach - length;
  return Math.floor(Math.max(0, total) / 2);
}
