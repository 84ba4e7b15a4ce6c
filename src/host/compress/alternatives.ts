import type { CompressionHow } from '../../protocol/jobs';
import type { Alternative } from '../../protocol/proofPage';

/** Other calibrations that may lower the error of a whole quantization. */
export function alternativesTo(how: CompressionHow): readonly Alternative[] {
  if (how.kind !== 'quantize') return [];
  const data = {
    text:
      how.data.kind === 'synthetic' ? 'Calibrate with inputs like those on the device…' : 'Calibrate with other data…',
  };
  const method: Alternative = {
    text: 'Try every way of choosing ranges and take the best',
    change: { option: 'method', value: 'auto' },
  };
  return how.options.method === 'auto' ? [data] : [method, data];
}
