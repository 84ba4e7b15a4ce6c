import type { LayerSensitivity, Sensitivity, SensitivityPoint } from '../core/compress/prune/sensitivity';
import type { Totals } from '../core/compress/offer';
import { linesText } from './output';
import { tableLines } from './table';

/** What every layer's channels cost and matter, a line a try; savings in percent of the whole model. */
export function sensitivityText({ layers, original, importance, fixed }: Sensitivity): string {
  const heading = ['layer', 'channels', 'MACs', 'RAM', 'flash', 'cycles', 'output error', 'agreement'];
  const rows = layers.flatMap((layer) => layer.points.map((point) => rowOf(layer, point, original)));
  const stays = fixed.map(({ name, reason }) => `"${name}" keeps its channels. ${reason}`);
  const intro = `One layer at a time, channels ranked by "${importance}", nothing repaired:`;
  return linesText([intro, ...tableLines([heading, ...rows], 1), ...stays]);
}

function rowOf({ names, channels }: LayerSensitivity, point: SensitivityPoint, before: Totals): readonly string[] {
  const { totals, removedChannels, fidelity } = point;
  return [
    names.join(' + '),
    `${channels} -> ${channels - removedChannels}`,
    changeText(before.macs, totals.macs),
    changeText(before.arenaBytes, totals.arenaBytes),
    changeText(before.flashBytes, totals.flashBytes),
    changeText(before.cycles, totals.cycles),
    fidelity === undefined ? '-' : `${(100 * 10 ** (-fidelity.sqnrDb / 20)).toFixed(1)} %`,
    fidelity?.top1Agreement === undefined ? '-' : `${(fidelity.top1Agreement * 100).toFixed(1)} %`,
  ];
}

function changeText(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined || before === 0) return '-';
  const percent = ((after - before) / before) * 100;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}
