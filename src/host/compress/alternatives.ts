import type { CompressionHow } from '../../protocol/jobs';
import type { Suggestion } from '../../protocol/proofPage';

/** Asks for the data again; no option of the command line, which is given its data. */
export const otherData = '--data';

/** Other calibrations that may lower the error of a whole quantization. */
export function alternativesTo(how: CompressionHow): readonly Suggestion[] {
  if (how.kind !== 'quantize') return [];
  const text =
    how.data.kind === 'synthetic' ? 'Calibrate with inputs like those on the device…' : 'Calibrate with other data…';
  const data = { text, option: otherData };
  const method = { text: 'Try every way of choosing ranges and take the best', option: '--method auto' };
  return how.options.method === 'auto' ? [data] : [method, data];
}
