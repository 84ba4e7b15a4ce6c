import type { Target } from '../target';
import { dayOfVersion } from './versions';

/** The day from which TFLM computes them right (tflite-micro PR 2673). */
const rightDay = '2024-09-27';

/**
 * Whether FULLY_CONNECTED with a scale for each output is computed right in the firmware: `open` where nothing says
 * which version is linked, and only the assumed one does. Earlier versions take the first scale for all outputs, or
 * refuse the model.
 */
export function perChannelDenseStanding({
  tflmVersion,
  isVersionAssumed,
  origins,
}: Pick<Target, 'tflmVersion' | 'isVersionAssumed' | 'origins'>): 'right' | 'wrong' | 'open' {
  if ((dayOfVersion(tflmVersion) ?? rightDay) < rightDay) return 'wrong';
  return isVersionAssumed === true || origins.tflmVersion === 'default' ? 'open' : 'right';
}
