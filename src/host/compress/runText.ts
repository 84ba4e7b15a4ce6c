import { groupDigits, millisecondsText } from '../../core/text/units';
import type { LayerSummary, RunReply } from '../../protocol/jobs';

const columns = ['layer', 'operator', 'type', 'shape', 'min', 'max', 'mean', 'zero', 'at an end'] as const;

/** The outputs of a run and what every layer computed, as text in columns. */
export function runText({ outputs, layers, rounding, inputs, hostMs }: RunReply, model: string): string {
  const rows = [columns, ...layers.map(layerCells)];
  return [
    `model   ${model}`,
    `inputs  ${inputs.source}`,
    ...(inputs.label === undefined ? [] : [`label   ${inputs.label}`]),
    ...inputs.remarks.map((remark) => `        ${remark}`),
    `run     as TensorFlow Lite Micro does it with ${rounding} rounding; ${millisecondsText(hostMs)} on this machine, which says nothing of a board`,
    '',
    ...outputs.flatMap(outputLines),
    'Layers, in real numbers',
    ...alignColumns(rows),
    '',
  ].join('\n');
}

function outputLines(output: RunReply['outputs'][number]): readonly string[] {
  const rest = output.elements > output.first.length ? ` … ${groupDigits(output.elements)} in all` : '';
  return [
    `Output ${output.name}  ${typeText(output)}`,
    `  values   ${output.first.map(numberText).join(' ')}${rest}`,
    `  largest  ${output.largest.map((each, place) => largestText(each, output.labels?.[place])).join('  ')}`,
    ...(output.notFinite === 0 ? [] : [`  ${groupDigits(output.notFinite)} values are not finite`]),
    '',
  ];
}

function largestText(
  { position, value }: RunReply['outputs'][number]['largest'][number],
  label: string | undefined,
): string {
  return `${label === undefined ? '' : `${label} `}[${position}] ${numberText(value)}`;
}

function layerCells(layer: LayerSummary): readonly string[] {
  const { name, operator, type, shape, min, max, mean, zeroShare, saturatedShare, notFinite } = layer;
  return [
    name,
    operator,
    type,
    `[${shape.join(',')}]`,
    numberText(min),
    numberText(max),
    numberText(mean),
    shareText(zeroShare),
    `${saturatedShare === undefined ? '' : shareText(saturatedShare)}${notFinite === 0 ? '' : ` ${groupDigits(notFinite)} not finite`}`,
  ];
}

/** Words to the left, numbers to the right. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map((_name, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

function typeText({ type, shape }: LayerSummary | RunReply['outputs'][number]): string {
  return `${type}[${shape.join(',')}]`;
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return `${value}`;
  return `${Number(value.toPrecision(4))}`;
}

function shareText(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}
