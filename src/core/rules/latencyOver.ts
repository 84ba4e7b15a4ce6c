import { millisecondsText } from '../text/units';
import type { Rule } from './rule';

/** One inference takes longer than allowed. */
export const latencyOver: Rule = {
  code: 'latency-over',
  severity: 'warning',
  documentation:
    'One inference takes longer than the budget `latencyMs` of milliwatt.json allows, even at the fast end of its band.',
  find: ({ estimate: { report } }) => {
    const { latency, budget } = report;
    const limit = budget?.latencyMs;
    const low = latency?.lowMs ?? latency?.ms;
    if (latency?.ms === undefined || low === undefined || limit === undefined || low <= limit) return [];
    const slowest = report.layers.reduce((a, b) => ((b.cycles ?? 0) > (a.cycles ?? 0) ? b : a));
    const band =
      latency.highMs === undefined ? '' : ` (${millisecondsText(low)} to ${millisecondsText(latency.highMs)})`;
    return [
      {
        message:
          `One inference takes ${millisecondsText(latency.ms)}${band}, the budget is ${millisecondsText(limit)}. ` +
          `The slowest layer is ${slowest.name}: make it smaller, or raise latencyMs in milliwatt.json.`,
      },
    ];
  },
};
