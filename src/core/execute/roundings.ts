import type { Model } from '../model/model';
import type { Rounding } from './executable';

/** All ways of rounding products that a build of TFLM may have. */
export const allRoundings: readonly Rounding[] = ['double', 'single'];

/** In which roundings of products models can differ from one another: floats alone are computed in one way. */
export function roundingsOf(...models: readonly Model[]): readonly Rounding[] {
  const hasScales = models.some(({ graphs }) =>
    graphs.some(({ tensors }) => tensors.some(({ quantization }) => quantization !== undefined)),
  );
  return hasScales ? allRoundings : ['double'];
}

/** `2 random inputs in both rounding modes`; the second part where there are two. */
export function triedText(inputs: number, roundings: readonly Rounding[]): string {
  return `${inputs} random inputs${roundings.length > 1 ? ' in both rounding modes' : ''}`;
}
