import { profileFindings } from '../../src/core/measure/profileFindings';
import { check } from '../support/check';

type Told = Parameters<typeof profileFindings>[0];

const good: Told = { remarks: [], usable: true, unit: 'cycles' };
const zeros: Told = {
  ...good,
  usable: false,
  remarks: [{ code: 'all-ticks-zero', severity: 'warning', message: 'Nothing was measured.' }],
};

check(
  'what is said of a profile that was not used',
  ([told, source, reason]: readonly [Told, string, string?]) => profileFindings(told, source, reason),
  [
    { name: 'nothing of one that was', input: [good, 'COM3'], expected: [] },
    {
      name: 'what a tick is, is asked for the port that it came from',
      input: [{ ...good, unit: 'ticks' }, 'COM4', 'Nobody knows what a tick is.'],
      expected: [
        {
          id: 'board-profile-unit COM4',
          code: 'board-profile-unit',
          severity: 'warning',
          message: 'On the board at COM4: Nobody knows what a tick is.',
          source: 'COM4',
        },
      ],
    },
    {
      name: 'its own remarks',
      input: [zeros, 'COM3', 'It is unusable.'],
      expected: [
        {
          id: 'board-profile COM3',
          code: 'board-profile',
          severity: 'warning',
          message: 'On the board at COM3: Nothing was measured.',
          source: 'COM3',
        },
      ],
    },
  ],
);
