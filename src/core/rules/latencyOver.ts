import { millisecondsText } from '../text/units';
import { isPartialTime } from '../estimate/latency';
import type { Report } from '../estimate/report';
import { atLeast } from '../text/lowerBound';
import type { RuleHit, Rule } from './rule';

/** One inference takes longer than allowed. */
export const latencyOver: Rule = {
  code: 'latency-over',
  severity: 'warning',
  documentation:
    'One inference takes longer than the budget `latencyMs` of milliwatt.json allows: as measured on the board, or where it was not ' +
    'measured, even at the fast end of its band.',
  find: ({ estimate: { report } }) => {
    const { latency, budget, measured } = report;
    const limit = budget?.latencyMs;
    if (measured?.ms !== undefined && limit !== undefined) return measuredOver(report, measured.ms, limit);
    const low = latency?.lowMs ?? latency?.ms;
    if (latency?.ms === undefined || low === undefined || limit === undefined || low <= limit) return [];
    const slowest = report.layers.reduce((a, b) => ((b.cycles ?? 0) > (a.cycles ?? 0) ? b : a));
    const taken = atLeast(millisecondsText(latency.ms), { isLowerBound: isPartialTime(latency) });
    const band =
      latency.highMs === undefined ? '' : ` (${millisecondsText(low)} to ${millisecondsText(latency.highMs)})`;
    return [
      {
        message:
          `One inference takes ${taken}${band}, the budget is ${millisecondsText(limit)}. ` +
          `The slowest layer is ${slowest.name}: make it smaller, or raise latencyMs in milliwatt.json.`,
      },
    ];
  },
};

/** What the board took decides, whatever the estimate says. */
function measuredOver({ layers }: Pick<Report, 'layers'>, ms: number, limitMs: number): readonly RuleHit[] {
  if (ms <= limitMs) return [];
  const slowest = layers.reduce((a, b) => ((b.measured?.ms ?? 0) > (a.measured?.ms ?? 0) ? b : a));
  const advice = slowest.measured === undefined ? '' : ` The slowest layer is ${slowest.name}: make it smaller, or`;
  return [
    {
      message:
        `One inference took ${millisecondsText(ms)} on the board, the budget is ${millisecondsText(limitMs)}.` +
        `${advice === '' ? ' Make the model smaller, or' : advice} raise latencyMs in milliwatt.json.`,
    },
  ];
}
