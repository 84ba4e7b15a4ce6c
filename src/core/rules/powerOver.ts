import { joulesText } from '../text/units';
import type { Rule } from './rule';

/**
 * Average power at the duty cycle is above the budget. An error needs measured power; a modelled figure only informs.
 */
export const powerOver: Rule = {
  code: 'power-over',
  severity: 'information',
  documentation:
    'At the duty cycle of milliwatt.json the average power exceeds the budget `averageMilliwatts`; from a modelled figure this is information, not a problem.',
  find: ({ estimate: { report } }) => {
    const { energy, budget } = report;
    const limit = budget?.averageMilliwatts;
    if (energy?.averageMilliwatts === undefined || limit === undefined || energy.averageMilliwatts <= limit) return [];
    const measured = energy.powerBasis === 'measured';
    const average = `${energy.averageMilliwatts.toPrecision(3)} mW (${joulesText(energy.joulesPerInference)} an inference)`;
    const basis = measured ? 'The power is your own measurement' : 'This is modelled, not measured: measure the board';
    return [
      {
        severity: measured ? 'warning' : 'information',
        message: `The average power is ${energy.isLowerBound === true ? 'over' : 'about'} ${average}, above the budget of ${limit} mW. ${basis}. Infer less often or make the model smaller.`,
      },
    ];
  },
};
