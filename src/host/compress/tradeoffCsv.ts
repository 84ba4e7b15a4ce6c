import type { TradeoffView } from '../../protocol/proofPage';

/** The points of a trade-off as a table with units in its heads; what is not known is empty. */
export function tradeoffCsv({ points, qualityName, qualityUnit }: TradeoffView): string {
  const quality = `${qualityName.toLowerCase()} ${qualityUnit === 'share' ? '(0 to 1)' : '(dB)'}`;
  const heads = ['point', 'MACs', 'arena bytes', 'flash bytes', 'ms', 'cycles', quality];
  const rows = points.map(({ label, totals, quality: value }) => {
    const { macs, arenaBytes, flashBytes, ms, cycles } = totals;
    return [label, macs, arenaBytes, flashBytes, ms, cycles, value].map((cell) => cell ?? '');
  });
  return `${[heads, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

/** Quoted where the text needs it. */
function cellText(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
