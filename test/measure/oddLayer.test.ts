import { withoutOddLayer } from '../../src/core/measure/oddLayer';
import { check } from '../support/check';

check(
  'the layers of a profile that a correction follows, by what they took of what was estimated',
  (ratios: readonly number[]) => {
    const points = ratios.map((ratio) => ({ modelled: 100, measured: 100 * ratio, count: 1, weight: 1 }));
    return withoutOddLayer(points).map(({ measured, modelled }) => measured / modelled);
  },
  [
    { name: 'one layer of five took six times as long', input: [1, 1.2, 6, 0.9, 1.1], expected: [1, 1.2, 0.9, 1.1] },
    { name: 'one took a quarter of what the others say', input: [2, 2.2, 0.5, 1.9], expected: [2, 2.2, 1.9] },
    { name: 'all took long: a slow board', input: [4, 4.2, 3.9, 4.1], expected: [4, 4.2, 3.9, 4.1] },
    { name: 'two are odd: which of them to follow is not known', input: [1, 1, 5, 5, 1], expected: [1, 1, 5, 5, 1] },
    { name: 'the others do not agree', input: [1, 2.5, 0.4, 9, 1], expected: [1, 2.5, 0.4, 9, 1] },
    { name: 'three layers tell nothing', input: [1, 9, 1], expected: [1, 9, 1] },
  ],
);
