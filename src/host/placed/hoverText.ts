import { originText } from '../../core/model/origin';
import type { Analysis, TensorCard } from '../../core/analysis/analysis';
import { arenaWaitText, flashWaitText } from '../../core/estimate/flashWaitText';
import type { LayerFacts, Report } from '../../core/estimate/report';
import {
  countText,
  differenceText,
  exactBytesText,
  groupDigits,
  millisecondsText,
  percentText,
} from '../../core/text/units';
import { markdownCode as code, markdownText as plain } from '../../core/text/markdown';
import type { PlacedLayer } from './placedView';

export type TensorRange = TensorCard['range'];

/** A tensor of an operator, with the range of its values where it is a constant. */
export interface OperandFacts {
  readonly place: string;
  readonly card: TensorCard;
  readonly range?: TensorRange;
}

/** What else a hover over an operator says, and which of several it is. */
export interface OperatorWords {
  /** As Markdown. */
  readonly beside?: readonly string[];
  /** Counted from 0. */
  readonly place?: number;
}

/**
 * What the hover over an operator says, as Markdown: what it is, what else is said of it, its operands, and where each
 * of its figures comes from.
 */
export function operatorHover(
  { card, layer }: PlacedLayer,
  operands: readonly OperandFacts[],
  analysis: Analysis,
  { beside = [], place = 0 }: OperatorWords = {},
): string {
  const options = card.options.map(([name, value]) => `${code(name)} ${code(value)}`).join(', ');
  return [
    `**${code(layer.name)}** ${code(card.kind)} version ${card.version}, operator ${card.index} of graph ${card.graph}`,
    plain(card.summary),
    layer.origin?.layer === undefined || analysis.program !== undefined
      ? ''
      : `Made of ${plain(originText(layer.origin))}.`,
    ...beside,
    figures(layer, analysis, place === 0),
    operandList(operands),
    options === '' ? '' : `Options: ${options}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What the hover over a tensor says. */
export function tensorHover(card: TensorCard, range: TensorRange): string {
  const kind = card.variable ? 'variable' : card.constant ? 'constant' : 'activation';
  return [
    `**${code(card.name)}** ${kind}, tensor ${card.tensor} of graph ${card.graph}`,
    `${code(typeAndShape(card))}, ${exactBytesText(card.bytes)}`,
    card.quantization === undefined ? 'Not quantized.' : `Quantized: ${plain(card.quantization)}.`,
    range === undefined ? '' : `Values: ${rangeText(range, card)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A line each: a table does not fit into a hover. */
function operandList(operands: readonly OperandFacts[]): string {
  return operands
    .map(({ place, card, range }) => {
      const values = range === undefined ? [] : [`values ${rangeText(range, card)}`];
      const quantization = card.quantization === undefined ? [] : [plain(card.quantization)];
      return `- ${place} ${code(card.name)}: ${[code(typeAndShape(card)), ...quantization, ...values].join(', ')}`;
    })
    .join('\n');
}

function figures(layer: LayerFacts, { report, program }: Analysis, isFirst: boolean): string {
  return [
    layer.macs === undefined ? '' : `MACs ${groupDigits(layer.macs)}: from the shapes`,
    ramFigure(layer, report),
    flashFigure(layer, report, program === undefined ? 'from the file' : 'by their shapes'),
    instructionFigure(layer),
    timeFigure(layer, report, isFirst),
    flashWaitText(layer),
    arenaWaitText(layer, report.target),
    measuredFigure(layer, report),
  ]
    .filter((line) => line !== '')
    .map((line) => `- ${line}`)
    .join('\n');
}

function ramFigure({ ramBytes, index }: LayerFacts, { arena }: Report): string {
  if (ramBytes === undefined) return 'RAM at this step is not known: a size needed for the memory plan is missing';
  const peak = arena?.peakOperator === index ? ', the peak' : '';
  return `RAM at this step ${exactBytesText(ramBytes)}${peak}: tensors and scratch buffers alive in TFLM's memory plan (${arena?.basis ?? 'modelled'})`;
}

function flashFigure({ flashBytes, weightBytes, kernelBytes }: LayerFacts, { flash }: Report, how: string): string {
  if (flashBytes === undefined) return '';
  const parts = [
    ...(weightBytes === undefined ? [] : [`constants ${exactBytesText(weightBytes)} (exact, ${how})`]),
    ...(kernelBytes === undefined
      ? []
      : [`kernel code ${exactBytesText(kernelBytes)} (${flash?.basis ?? 'modelled'}), counted where it is first used`]),
  ];
  return `Flash ${exactBytesText(flashBytes)}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

function instructionFigure(layer: LayerFacts): string {
  const { instructions, instructionsLow, instructionsHigh, variant, variantReason, basis } = layer;
  // Where nobody counts instructions, time follows from what stands for them.
  if (instructions === undefined && layer.cycles !== undefined) return '';
  if (instructions === undefined) return 'Instructions are not known for this operator: the total is a lower bound';
  const band =
    instructionsLow === undefined || instructionsHigh === undefined
      ? ''
      : `, band ${countText(instructionsLow)} to ${countText(instructionsHigh)}`;
  const kernel = variant === undefined ? '' : `; kernel ${code(variant)}`;
  const reason = variantReason === undefined ? '' : ` (${plain(variantReason)})`;
  return `Instructions ${groupDigits(instructions)}${band} (${basis ?? 'modelled'})${kernel}${reason}`;
}

/** Where the cycles of a core come from is long, and said of the first of several operators. */
function timeFigure({ cycles, ms }: LayerFacts, { latency, target }: Report, isFirst: boolean): string {
  if (cycles === undefined) return plain(latency?.source ?? '');
  const share = latency?.cycles ? ` (${percentText(cycles / latency.cycles)} of the model)` : '';
  const time = ms === undefined ? '' : `, ${millisecondsText(ms)}`;
  const source = !isFirst || latency?.source === undefined ? '' : ` ${plain(latency.source)}`;
  return `Cycles ${groupDigits(cycles)}${share}${time} on ${plain(target.boardName ?? target.core ?? 'this core')} (${latency?.basis ?? 'modelled'}).${source}`;
}

function measuredFigure({ measured }: LayerFacts, { measured: whole, target }: Report): string {
  if (measured === undefined || whole === undefined) return '';
  const { cycles, ms, difference } = measured;
  const figures = [
    ...(cycles === undefined ? [] : [`${groupDigits(cycles)} cycles`]),
    ...(ms === undefined ? [] : [millisecondsText(ms)]),
  ].join(', ');
  const error = difference === undefined ? '' : `: the estimate is ${differenceText(difference)}`;
  const runs = whole.inferences === 1 ? '' : `, median of ${whole.inferences} inferences`;
  return `Measured ${figures} on ${plain(target.boardName ?? 'the board')}, ${plain(whole.recordedAt.slice(0, 10))}${runs}${error}`;
}

function typeAndShape({ type, shape, shapeSignature }: TensorCard): string {
  const dimensions = (shapeSignature ?? shape).map((dimension) => (dimension < 0 ? '?' : `${dimension}`));
  return `${type}[${dimensions.join(',')}]`;
}

function rangeText({ min, max, zeros, unit }: NonNullable<TensorRange>, { shape }: TensorCard): string {
  const elements = shape.reduce((product, dimension) => product * Math.max(1, dimension), 1);
  const stored = unit === 'stored' ? ' as stored' : '';
  const zeroShare = zeros === 0 ? 'no zeros' : `${percentText(zeros / elements)} zeros`;
  return `${number(min)} to ${number(max)}${stored}, ${zeroShare}`;
}

function number(value: number): string {
  return `${Number(value.toPrecision(4))}`;
}
