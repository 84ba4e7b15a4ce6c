import { bytesText } from '../text/units';
import type { Totals } from './offer';

/**
 * What changes from one model to the other, in all units that are known, `unchanged` among them: "-18 % cycles, -3.2 KB
 * RAM, -12 KB flash".
 */
export function changesText(before: Totals, after: Totals): string {
  const parts = [
    share('MACs', before.macs, after.macs),
    before.cycles !== undefined
      ? share('cycles', before.cycles, after.cycles)
      : share('instructions', before.instructions, after.instructions),
    bytes('RAM', before.arenaBytes, after.arenaBytes),
    bytes('flash', before.flashBytes, after.flashBytes),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function share(unit: string, before: number | undefined, after: number | undefined): string | undefined {
  if (before === undefined || after === undefined || before === 0) return undefined;
  return `${signedPercent(after / before - 1)} ${unit}`;
}

function bytes(unit: string, before: number | undefined, after: number | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const difference = after - before;
  if (difference === 0) return `${unit} unchanged`;
  return `${difference < 0 ? '-' : '+'}${bytesText(Math.abs(difference))} ${unit} (${signedPercent(after / before - 1)})`;
}

/** `-18 %`, `+3 %`, `-0.4 %`, `0 %`: one digit after the point below 1 %. */
export function signedPercent(change: number): string {
  const percent = Math.abs(change) * 100;
  if (percent < 0.05) return '0 %';
  const text = percent < 0.95 ? percent.toFixed(1) : String(Math.round(percent));
  return `${change < 0 ? '-' : '+'}${text} %`;
}
