import type { Report } from '../core/estimate/report';
import { costName } from '../core/listing/costs';
import { compactBytes, compactCount } from '../core/text/compact';
import { countText, exactBytesText, hertzText, joulesText, millisecondsText } from '../core/text/units';
import { tableText } from './table';

/** A report for a terminal: totals with their basis, a row a layer, the findings. */
export function reportText(report: Report): string {
  return [heading(report), totals(report), layerTable(report), findings(report)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ model, target }: Report): string {
  const place = target.boardName ?? `no board (figures for ${target.core ?? 'an unknown core'})`;
  const clock = target.clockHz === undefined ? '' : ` at ${hertzText(target.clockHz)}`;
  return [
    `${model.path}: ${exactBytesText(model.bytes)}, ${model.operators} operators, ${countText(model.macs)} MACs`,
    `on ${place}${clock}, ${target.runtime} ${target.tflmVersion}, -${target.optimization}`,
  ].join('\n');
}

function totals({ arena, flash, latency, energy, budget, lowerBound }: Report): string {
  const rows: string[][] = [];
  if (arena) rows.push(['arena', exactBytesText(arena.minimumBytes), limit(budget?.ramBytes), arena.basis]);
  if (flash) rows.push(['flash', exactBytesText(flash.totalBytes), limit(budget?.flashBytes), flash.basis]);
  if (latency?.ms !== undefined) {
    const band =
      latency.lowMs === undefined
        ? ''
        : `${millisecondsText(latency.lowMs)} to ${millisecondsText(latency.highMs ?? latency.ms)}`;
    rows.push(['latency', millisecondsText(latency.ms), band, latency.basis]);
  } else if (latency?.instructions !== undefined) {
    rows.push(['instructions', countText(latency.instructions), '', latency.basis]);
  }
  if (energy) rows.push(['energy', `${joulesText(energy.joulesPerInference)} an inference`, '', energy.basis]);
  const note = lowerBound ? '\nSome operators are unknown: the totals are lower bounds.' : '';
  return `${tableText(rows, 4)}${note}`;
}

function limit(bytes: number | undefined): string {
  return bytes === undefined ? '' : `of ${exactBytesText(bytes)}`;
}

function layerTable(report: Report): string {
  const rows = report.layers.map((layer) => [
    `${layer.index}`,
    layer.name,
    layer.operator,
    layer.macs === undefined ? '-' : compactCount(layer.macs),
    compactBytes(layer.ramBytes),
    compactBytes(layer.flashBytes),
    compactCount(layer.cycles ?? layer.instructions),
  ]);
  return tableText([['#', 'name', 'operator', 'MACs', 'RAM', 'flash', costName(report)], ...rows], 3);
}

function findings({ findings: all, layers }: Report): string {
  return all
    .map(
      ({ severity, code, message, layer }) =>
        `${severity} ${code}${layer === undefined ? '' : ` (${layers[layer].name})`}: ${message}`,
    )
    .join('\n');
}
