/**
 * Ticks a second as a person types them, `32768` or `16 000 000`; `undefined` for anything else. A comma may stand
 * before decimals or between thousands, so that it is not guessed at.
 */
export function tickRateOf(text: string): number | undefined {
  const rate = Number(text.replace(/[\s_]/g, ''));
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}
