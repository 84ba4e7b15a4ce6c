import { arenaBytesToReserve, arenaBytesToSpare } from '../model/arenaReserve';
import { exactBytesText } from '../text/units';
import type { Rule } from './rule';

/** The tensor arena does not fit into the one region of memory that holds it. */
export const arenaOverRegion: Rule = {
  code: 'arena-over-region',
  severity: 'error',
  documentation:
    'The tensor arena must fit into one contiguous memory region, less what the system around the model takes of it.',
  find: ({ estimate: { report }, isUntrained }) => {
    const { arena, budget } = report;
    if (arena === undefined || budget?.ramBytes === undefined) return [];
    const needed = arenaBytesToReserve(arena);
    if (needed <= budget.ramBytes) return [];
    const region = budget.ramRegion === undefined ? 'the budget' : `the region ${budget.ramRegion}`;
    const peak = arena.peakOperator === undefined ? '' : ` The peak is at ${report.layers[arena.peakOperator].name}.`;
    const spare = arenaBytesToSpare(arena);
    const margin = spare === 0 ? '' : ` and ${exactBytesText(spare)} to spare, since that is modelled`;
    const missing = exactBytesText(needed - budget.ramBytes);
    return [
      {
        message:
          `The model needs an arena of ${exactBytesText(arena.minimumBytes)}${margin}, ${missing} more than the ` +
          `${exactBytesText(budget.ramBytes)} of ${region}.${peak} Make the model smaller there, or choose another region or board.`,
      },
      ...(arena.peakOperator === undefined
        ? []
        : [
            {
              layer: arena.peakOperator,
              message: `The planned memory peaks here, with ${exactBytesText(report.layers[arena.peakOperator].ramBytes ?? arena.plannedBytes)} in use at once; the arena is ${missing} too large for ${region}.${isUntrained === true ? ' Fewer filters, a larger stride or a smaller input here need less.' : ''}`,
            },
          ]),
    ];
  },
};
