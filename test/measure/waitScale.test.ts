import { fitScale } from '../../src/core/measure/fitLine';
import { waitScaleOf } from '../../src/core/measure/waitScale';
import type { WaitingProfile } from '../../src/core/measure/waitScale';
import { check } from '../support/check';

/** Layers that compute 1,000 cycles, with what they are modelled to wait and how many times as long they waited. */
function layers(waits: readonly number[], times: number, computing = 1): WaitingProfile {
  return waits.map((waiting) => {
    const modelled = 1000 + waiting;
    const measured = computing * 1000 + times * waiting;
    return { modelled, waiting, measured, count: 1, weight: 1 / modelled };
  });
}

const waits = [100, 200, 400, 800, 1600, 3200];

check(
  'how much longer than modelled a board waits for its flash chip',
  (profile: WaitingProfile) => Number(waitScaleOf([profile], fitScale).toPrecision(2)),
  [
    { name: 'as long as modelled', input: layers(waits, 1), expected: 1 },
    {
      name: 'almost twice as long, which is a step of the search',
      input: layers(waits, 0.5 * 1.1 ** 14),
      expected: 1.9,
    },
    { name: 'all twice as long: a scale says it', input: layers(waits, 2, 2), expected: 1 },
    {
      name: 'one layer that was interrupted says nothing of the others',
      input: [...layers(waits, 1), ...layers([1600], 2)],
      expected: 1,
    },
    { name: 'five layers with waits are too few', input: layers(waits.slice(1), 2), expected: 1 },
    { name: 'layers that all wait the same share', input: layers([900, 900, 900, 900, 900, 1000], 2), expected: 1 },
  ],
);
