import type { TradeOffCurve } from '../core/compress/prune/request';
import { bytesText, countText, millisecondsText } from '../core/text/units';
import { tableLines } from './table';

/** The trade-off, a line a point; the written one is marked. */
export function curveLines({ points }: TradeOffCurve): readonly string[] {
  if (points.length < 3) return [];
  const rows = points.map(({ totals, removedChannels, fidelity, chosen }) => [
    `${removedChannels}`,
    countText(totals.macs),
    totals.arenaBytes === undefined ? '-' : bytesText(totals.arenaBytes),
    totals.ms === undefined ? '-' : millisecondsText(totals.ms),
    qualityText(fidelity),
    chosen === true ? '  <- written' : '',
  ]);
  const heading = ['channels removed', 'MACs', 'RAM', 'time', 'quality before fine-tuning', ''];
  return ['', 'Trade-off:', ...tableLines([heading, ...rows], 0)];
}

function qualityText(fidelity: TradeOffCurve['points'][number]['fidelity']): string {
  if (fidelity === undefined) return '-';
  const { accuracy, top1Agreement, sqnrDb } = fidelity;
  if (accuracy !== undefined) return `${(accuracy * 100).toFixed(1)} % right`;
  return top1Agreement === undefined ? `${sqnrDb.toFixed(1)} dB` : `${(top1Agreement * 100).toFixed(1)} % agree`;
}
