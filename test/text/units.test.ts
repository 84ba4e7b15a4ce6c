import { compactBytes, compactCount, compactShare } from '../../src/core/text/compact';
import {
  budgetText,
  bytesText,
  countText,
  exactBytesText,
  groupDigits,
  hertzText,
  joulesText,
  millisecondsText,
  percentText,
} from '../../src/core/text/units';
import { check } from '../support/check';

check('bytes for people', bytesText, [
  { name: 'zero', input: 0, expected: '0 B' },
  { name: 'below one KB', input: 1023, expected: '1023 B' },
  { name: 'one KB', input: 1024, expected: '1.00 KB' },
  { name: 'three digits', input: 53936, expected: '52.7 KB' },
  { name: 'a MB', input: 2 * 1024 * 1024, expected: '2.00 MB' },
]);

check('exact bytes', exactBytesText, [
  { name: 'one', input: 1, expected: '1 byte' },
  { name: 'grouped', input: 1234567, expected: '1,234,567 bytes' },
]);

check('counts', countText, [
  { name: 'small', input: 812, expected: '812' },
  { name: 'thousands', input: 12345, expected: '12.3 k' },
  { name: 'millions', input: 2656768, expected: '2.66 M' },
  { name: 'billions', input: 1.2e9, expected: '1.20 G' },
]);

check('digits in groups', groupDigits, [
  { name: 'three', input: 999, expected: '999' },
  { name: 'four', input: 1000, expected: '1,000' },
  { name: 'rounds', input: 1999.6, expected: '2,000' },
]);

check('milliseconds', millisecondsText, [
  { name: 'microseconds', input: 0.0123, expected: '12.3 µs' },
  { name: 'milliseconds', input: 45.06, expected: '45.1 ms' },
  { name: 'seconds', input: 1234, expected: '1.23 s' },
]);

check('joules', joulesText, [
  { name: 'micro', input: 1.23e-5, expected: '12.3 µJ' },
  { name: 'milli', input: 0.0012, expected: '1.20 mJ' },
  { name: 'whole', input: 2, expected: '2.00 J' },
]);

check('hertz', hertzText, [
  { name: 'whole', input: 64e6, expected: '64 MHz' },
  { name: 'broken', input: 26.5e6, expected: '26.5 MHz' },
]);

check('percent', percentText, [
  { name: 'none', input: 0, expected: '0 %' },
  { name: 'little', input: 0.001, expected: '<1 %' },
  { name: 'some', input: 0.144, expected: '14 %' },
]);

check('part of a budget', budgetText, [
  { name: 'little', input: 0.003, expected: '<1 %' },
  { name: 'some', input: 0.724, expected: '72 %' },
  { name: 'all of it', input: 1, expected: '100 %' },
  { name: 'over it by less than is seen', input: 1.004, expected: '>100 %' },
  { name: 'over it', input: 1.2, expected: '120 %' },
]);

check('compact bytes', compactBytes, [
  { name: 'unknown', input: undefined, expected: '-' },
  { name: 'small', input: 812, expected: '812' },
  { name: 'at a thousand', input: 1000, expected: '0.98K' },
  { name: 'kilobytes', input: 12595, expected: '12.3K' },
  { name: 'rounds up to the next width', input: 10234, expected: '9.99K' },
  { name: 'hundreds', input: 204800, expected: '200K' },
  { name: 'megabytes', input: 2 * 1048576, expected: '2.00M' },
]);

check('compact counts', compactCount, [
  { name: 'unknown', input: undefined, expected: '-' },
  { name: 'small', input: 999, expected: '999' },
  { name: 'thousands', input: 12345, expected: '12.3k' },
  { name: 'just below a million', input: 999_499, expected: '999k' },
  { name: 'rounds to a million', input: 999_500, expected: '1.00M' },
  { name: 'billions', input: 1.2e9, expected: '1.20G' },
]);

check('compact shares', compactShare, [
  { name: 'none', input: 0, expected: '0%' },
  { name: 'little', input: 0.001, expected: '<1%' },
  { name: 'some', input: 0.144, expected: '14%' },
]);
