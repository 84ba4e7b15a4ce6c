import { joulesText } from '../text/units';
import type { Rule } from './rule';

/** Average power at the duty cycle is above the budget. An error needs measured power; a modelled figure only informs. */
export const powerOver: Rule = {
  code: 'power-over',
  severity: 'information',
  documentation:
    'At the duty cycle of milliwatt.json the average power exceeds the budget `averageMilliwatts`; from a modelled figure this is information, not a problem.',
  find: ({ estimate: { report } }) => {
    const { energy, budget } = report;
    const limit = budget?.averageMilliwatts;
    if (energy?.averageMilliwatts === undefined || limit === undefined || energy.averageMilliwatts <= limit) return [];
    return [
      {
        message:
          `The average power is about ${energy.averageMilliwatts.toPrecision(3)} mW (${joulesText(energy.joulesPerInference)} an inference), ` +
          `above the budget of ${limit} mW. This is modelled, not measured: infer less often, make the model smaller, or measure the board.`,
      },
    ];
  },
};
