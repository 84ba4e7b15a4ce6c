import type { QuantizeChange } from '../../src/core/compress/proof';
import { optionText, withChange } from '../../src/core/compress/quantize/change';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import { check } from '../support/check';

const before = { ...defaultQuantizeOptions, method: 'mse', keepFloat: ['a'] } as const;

check(
  'what a suggestion changes, and the option that says it',
  (change: QuantizeChange) => [withChange(before, change), optionText(change)] as const,
  [
    {
      name: 'wider activations',
      input: { option: 'activations', value: 'int16' },
      expected: [{ ...before, activations: 'int16' }, '--activations int16'],
    },
    {
      name: 'another layer that stays float',
      input: { option: 'keepFloat', layer: 'my layer' },
      expected: [{ ...before, keepFloat: ['a', 'my layer'] }, '--keep-float my layer'],
    },
    {
      name: 'a layer that is float already',
      input: { option: 'keepFloat', layer: 'a' },
      expected: [before, '--keep-float a'],
    },
    {
      name: 'scales of dense weights',
      input: { option: 'perChannelDense' },
      expected: [{ ...before, perChannelDense: 'on' }, '--per-channel-dense'],
    },
    {
      name: 'every way of choosing ranges',
      input: { option: 'method', value: 'auto' },
      expected: [{ ...before, method: 'auto' }, '--method auto'],
    },
  ],
);
