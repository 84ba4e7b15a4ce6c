import type { Alternative, CompressionKind } from '../kind';
import type { QuantizeChange } from '../proof';
import { withChange } from '../quantize/change';
import { questions } from '../quantize/questions';
import type { QuantizeOptions } from '../quantize/request';
import { defaultQuantizeOptions } from '../quantize/request';

/** Integer weights and activations, by calibration. */
export const quantization: CompressionKind<QuantizeOptions, QuantizeChange> = {
  id: 'quantize',
  defaults: defaultQuantizeOptions,
  settings: ['method', 'activations', 'io'],
  expected: 'Quantize to int8',
  graceMs: 5000,
  questions,
  convertsTo: ({ activations }) => (activations === 'int16' ? 'int16x8' : 'int8'),
  needs: () => ['float engine', 'samples'],
  title: ({ activations }) =>
    activations === 'int16' ? 'Quantize to int8 with int16 activations' : 'Quantize to int8',
  suffix: ({ activations }) => activations,
  words: () => ({ learned: 'calibrated', unmeasured: 'Nothing was executed.' }),
  alternatives,
  changed: withChange,
  load: async () => (await import('../quantize/quantizeWork')).quantizeWork,
};

/** Other calibrations that may lower the error of a whole quantization. */
function alternatives({ method }: QuantizeOptions, isSynthetic: boolean): readonly Alternative[] {
  const data = {
    text: isSynthetic ? 'Calibrate with inputs like those on the device…' : 'Calibrate with other data…',
  };
  const change: QuantizeChange = { option: 'method', value: 'auto' };
  const every: Alternative = { text: 'Try every way of choosing ranges and take the best', change };
  return method === 'auto' ? [data] : [every, data];
}
