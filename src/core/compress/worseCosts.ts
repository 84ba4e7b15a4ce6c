import { bytesText, millisecondsText } from '../text/units';
import type { Totals } from './offer';

/**
 * Which costs are higher afterwards, as a whole sentence; `undefined` where none is. Kernels handle some numbers of channels worse, so that
 * fewer may take longer.
 */
export function worseCostsText(before: Totals, after: Totals): string | undefined {
  const costs: readonly (readonly [string, number | undefined, number | undefined, (value: number) => string])[] = [
    ['time', before.ms, after.ms, millisecondsText],
    ['RAM', before.arenaBytes, after.arenaBytes, bytesText],
    ['flash', before.flashBytes, after.flashBytes, bytesText],
  ];
  const worse = costs.flatMap(([name, from, to, text]) =>
    from !== undefined && to !== undefined && to > from ? [`${name} ${text(from)} -> ${text(to)}`] : [],
  );
  return worse.length === 0 ? undefined : `The result costs more than the source: ${worse.join(', ')}.`;
}
