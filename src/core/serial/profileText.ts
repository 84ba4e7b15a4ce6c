import { countText, groupDigits, millisecondsText, percentText } from '../text/units';
import type { Profile } from './profile';

/** A table ready to show; `numeric` are the columns whose figures align right. */
export interface ProfileTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly numeric: readonly number[];
}

/** `Profile of 13 operators: 1.92 M cycles, 30.0 ms`. */
export function profileTitle(profile: Profile): string {
  const { operators, tagSums } = profile;
  const count = operators.length;
  const what =
    count === 0
      ? `Profile by kind of operator (${tagSums.length})`
      : `Profile of ${count} ${count === 1 ? 'operator' : 'operators'}`;
  return `${what}: ${totalText(profile)}`;
}

/** One row an operator, or one a kind of operator where the board summed them up. */
export function profileTable(profile: Profile): ProfileTable {
  const { operators, tagSums, totalTicks } = profile;
  const share = (ticks: number): string => (totalTicks === 0 ? '-' : percentText(ticks / totalTicks));
  if (operators.length === 0) {
    const rows = tagSums.map(({ tag, ticks }) => [tag, groupDigits(ticks), share(ticks)]);
    return { headings: ['kind', 'ticks', 'share'], rows, numeric: [1, 2] };
  }
  const rows = operators.map(({ tag, ticks, ms }, index) => [
    `${index}`,
    tag,
    groupDigits(ticks),
    ms === undefined ? '-' : millisecondsText(ms),
    share(ticks),
  ]);
  return { headings: ['#', 'operator', profile.unit, 'time', 'share'], rows, numeric: [0, 2, 3, 4] };
}

function totalText({ operators, totalTicks, unit, ticksPerSecond }: Profile): string {
  const ticks = `${countText(totalTicks)} ${unit}`;
  if (ticksPerSecond === undefined || operators.length === 0) return ticks;
  return `${ticks}, ${millisecondsText((totalTicks / ticksPerSecond) * 1000)}`;
}
