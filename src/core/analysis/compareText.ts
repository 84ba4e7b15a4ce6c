import { bytesText, joulesText, millisecondsText } from '../text/units';
import { isPartialTime } from '../estimate/latency';
import { atLeast } from '../text/lowerBound';
import type { ComparedTarget } from './compare';

/** The cells of a comparison: the head first, then one row a board. */
export function compareRows(compared: readonly ComparedTarget[]): readonly (readonly string[])[] {
  const head = ['board', 'runtime', 'arena', 'flash', 'time', 'band', 'energy', 'fits'];
  return [head, ...compared.map(rowOf)];
}

/** Why models do not fit, one line a board. */
export function compareReasons(compared: readonly ComparedTarget[]): readonly string[] {
  return compared
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ board, reasons }) => `${board}: ${reasons.join(' ')}`);
}

function rowOf({ board, report, reasons }: ComparedTarget): readonly string[] {
  const { arena, flash, latency, energy, budget } = report ?? {};
  const band =
    latency?.lowMs === undefined || latency.highMs === undefined
      ? ''
      : `${millisecondsText(latency.lowMs)} to ${millisecondsText(latency.highMs)}`;
  return [
    board,
    report?.target.runtime ?? '-',
    arena === undefined ? '-' : share(arena.minimumBytes, budget?.ramBytes),
    flash === undefined ? '-' : share(flash.totalBytes, budget?.flashBytes),
    latency?.ms === undefined ? '-' : atLeast(millisecondsText(latency.ms), { isLowerBound: isPartialTime(latency) }),
    band,
    energy === undefined ? '-' : atLeast(joulesText(energy.joulesPerInference), energy),
    reasons.length > 0 ? 'no' : budget?.fits === undefined ? '?' : 'yes',
  ];
}

function share(bytes: number, limit: number | undefined): string {
  return limit === undefined ? bytesText(bytes) : `${bytesText(bytes)} of ${bytesText(limit)}`;
}
