import { tickRateOf } from '../../src/core/serial/tickRate';
import { check } from '../support/check';

check('a typed number of ticks a second', tickRateOf, [
  { name: 'plain', input: '32768', expected: 32_768 },
  { name: 'with decimals', input: ' 32768.5 ', expected: 32_768.5 },
  { name: 'in groups', input: '16 000_000', expected: 16_000_000 },
  { name: 'with an exponent', input: '16e6', expected: 16_000_000 },
  { name: 'with a comma for decimals', input: '32768,5', expected: undefined },
  { name: 'with a comma between thousands', input: '32,768', expected: undefined },
  { name: 'nothing', input: ' ', expected: undefined },
  { name: 'below zero', input: '-1', expected: undefined },
  { name: 'no number', input: 'fast', expected: undefined },
]);
