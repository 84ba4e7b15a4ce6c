import { reportText } from '../../src/cli/reportText';
import type { Report } from '../../src/core/estimate/report';
import { arenaOverRegion } from '../../src/core/rules/arenaOverRegion';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

type Basis = 'exact' | 'modelled';

/** A report of an arena of 4,512 bytes within 5,000. */
function report(basis: Basis): Report {
  const facts = { minimumBytes: 4512, usedBytes: 4512, plannedBytes: 4000, persistentBytes: 512, scratchBytes: 0 };
  return { ...reportOf([1]), arena: { ...facts, basis }, budget: { ramBytes: 5000 } };
}

check(
  'a modelled arena fits where 1,024 bytes are to spare, an exact one as it is: in check as in analyze',
  (basis: Basis) => {
    const asked = { estimate: { report: report(basis) } } as unknown as Parameters<typeof arenaOverRegion.find>[0];
    const line = reportText(report(basis))
      .split('\n')
      .find((each) => each.startsWith('arena'));
    return [line?.replace(/ +/g, ' '), ...arenaOverRegion.find(asked).map(({ message }) => message)];
  },
  [
    { name: 'exact', input: 'exact', expected: ['arena 4,512 bytes of 5,000 bytes exact'] },
    {
      name: 'modelled',
      input: 'modelled',
      expected: [
        'arena 4,512 bytes of 5,000 bytes with 1,024 bytes to spare modelled',
        'The model needs an arena of 4,512 bytes and 1,024 bytes to spare, since that is modelled, 536 bytes more than the 5,000 bytes of the budget. Make the model smaller there, or choose another region or board.',
      ],
    },
  ],
);
