import { bytesText, millisecondsText } from '../text/units';
import type { Offer, Totals } from './offer';
import type { ProvedCosts } from './proof';
import { totalsOf } from './totals';

/**
 * Which costs are higher afterwards, with their figures: `time 67.7 ms -> 200 ms, RAM …`; `undefined` where none is.
 * Kernels handle some numbers of channels worse, so that fewer may take longer.
 */
export function higherCosts(before: Totals, after: Totals): string | undefined {
  const costs: readonly (readonly [string, number | undefined, number | undefined, (value: number) => string])[] = [
    ['time', before.ms, after.ms, millisecondsText],
    ['RAM', before.arenaBytes, after.arenaBytes, bytesText],
    ['flash', before.flashBytes, after.flashBytes, bytesText],
  ];
  const worse = costs.flatMap(([name, from, to, text]) =>
    from !== undefined && to !== undefined && to > from ? [`${name} ${text(from)} -> ${text(to)}`] : [],
  );
  return worse.length === 0 ? undefined : worse.join(', ');
}

/** The same as a complete sentence. */
export function worseCostsText(before: Totals, after: Totals): string | undefined {
  const costs = higherCosts(before, after);
  return costs && `The result costs more than the source: ${costs}.`;
}

/**
 * What to ask before a result is written: that TFLM refuses it, or which costs it makes worse; `undefined` where
 * neither, or where the source runs nowhere, or answers wrongly, and the result does not. Flash that is paid for at
 * least as many bytes of RAM is said in titles and warnings, and not asked about.
 */
export function worseResultText({ before, after, afterRefusal, mends }: ProvedCosts): string | undefined {
  if (afterRefusal !== undefined) return `TensorFlow Lite Micro will not run the result: ${afterRefusal}`;
  if (before === undefined || mends === true) return undefined;
  const [from, to] = [totalsOf(before), totalsOf(after)];
  return worseCostsText(from, isFairTrade(from, to) ? { ...to, flashBytes: from.flashBytes } : to);
}

function isFairTrade(from: Totals, to: Totals): boolean {
  if (from.arenaBytes === undefined || to.arenaBytes === undefined) return false;
  if (from.flashBytes === undefined || to.flashBytes === undefined) return false;
  const [saved, paid] = [from.arenaBytes - to.arenaBytes, to.flashBytes - from.flashBytes];
  return paid > 0 && paid <= saved;
}

/** An offer whose title says which costs it makes worse. */
export function withWorseCosts(offer: Offer): Offer {
  if (!offer.possible || offer.before === undefined) return offer;
  const costs = higherCosts(offer.before, offer.after);
  return costs === undefined ? offer : { ...offer, title: `${offer.title} (costs more: ${costs})` };
}
