import type { Report } from '../estimate/report';
import { costTotals } from './costs';
import type { Listing } from './listing';

/** Width of the first column, which holds the operators' indices. */
export const indexWidth = 5;

/** The listing as `milliwatt list` prints it: the text, and with costs a last line of totals. */
export function listingText(listing: Listing, costs: Report | undefined): string {
  const totals = costs === undefined ? [] : [`${'sum'.padEnd(indexWidth)}${costTotals(costs)}`];
  return [...listing.lines, ...totals, ''].join('\n');
}
