import { unplacedText } from '../core/model/origin';
import { ownBuildFilePlace } from '../core/buildFiles/ownFiles';
import { shapeText } from '../core/analysis/programLines';
import { programReport, type ProgramReport } from '../core/analysis/programReport';
import { arenaBytesToSpare } from '../core/model/arenaReserve';
import { isPartialTime } from '../core/estimate/latency';
import { atLeast } from '../core/text/lowerBound';
import type { MeasuredFacts, MeasuredFigure, Report } from '../core/estimate/report';
import type { Program } from '../core/model/program';
import type { ArenaFacts } from '../core/runtimes/facts';
import { costName } from '../core/listing/costs';
import { compactBytes, compactCount, compactDifference } from '../core/text/compact';
import {
  countText,
  differenceText,
  exactBytesText,
  groupDigits,
  hertzText,
  joulesText,
  millisecondsText,
} from '../core/text/units';
import { linesText } from './output';
import { tableText } from './table';

/** A report for a terminal: totals with their basis, a row a layer, the findings. */
export function reportText(report: Report, program?: Program): string {
  const layers = program === undefined ? layerTable(report) : programTable(programReport(report, program));
  return [heading(report), totals(report), layers, openText(program), findings(report, program)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ model, target }: Report): string {
  const place = target.boardName ?? `no board (figures for ${target.core ?? 'an unknown core'})`;
  const clock = target.clockHz === undefined ? '' : ` at ${hertzText(target.clockHz)}`;
  return linesText([
    `${model.path}: ${exactBytesText(model.bytes)}, ${model.operators} operators, ${countText(model.macs)} MACs${model.macsBasis === undefined ? '' : ' (of the shapes that the file declares)'}`,
    `on ${place}${clock}, ${target.runtime} ${target.tflmVersion}, -${target.optimization}`,
    ...proposedLines(target.origins ?? {}),
  ]);
}

/** What the project's build files say of the target: `proposed from platformio.ini: board, clockHz`. */
function proposedLines(origins: Readonly<Record<string, string>>): readonly string[] {
  const files = new Set(Object.values(origins).filter((origin) => ownBuildFilePlace(origin) !== undefined));
  return [...files].map((file) => {
    const keys = Object.keys(origins).filter((key) => origins[key] === file);
    return `proposed from ${file}: ${keys.join(', ')}`;
  });
}

function totals({ arena, flash, latency, energy, budget, lowerBound, measured }: Report): string {
  const rows: string[][] = [];
  if (arena) rows.push(['arena', exactBytesText(arena.minimumBytes), arenaLimit(arena, budget?.ramBytes), arena.basis]);
  if (flash) rows.push(['flash', exactBytesText(flash.totalBytes), limit(budget?.flashBytes), flash.basis]);
  if (latency?.ms !== undefined) {
    const isPartial = isPartialTime(latency);
    const band =
      latency.lowMs === undefined || isPartial
        ? ''
        : `${millisecondsText(latency.lowMs)} to ${millisecondsText(latency.highMs ?? latency.ms)}`;
    const taken = atLeast(millisecondsText(latency.ms), { isLowerBound: isPartial });
    rows.push(['latency', taken, band, latency.basis]);
  } else if (latency?.instructions !== undefined) {
    rows.push(['instructions', countText(latency.instructions), '', latency.basis]);
  }
  if (measured?.ms !== undefined || measured?.cycles !== undefined) {
    const taken =
      measured.ms === undefined ? `${countText(measured.cycles ?? 0)} cycles` : millisecondsText(measured.ms);
    rows.push(['measured', taken, estimateText(measured.difference), measured.basis]);
  }
  if (measured?.arenaUsedBytes !== undefined) {
    rows.push(['arena used', exactBytesText(measured.arenaUsedBytes), arenaText(measured), measured.basis]);
  }
  if (energy) {
    const { joulesPerInference, lowJoules, highJoules, basis } = energy;
    const band =
      lowJoules === undefined || highJoules === undefined
        ? ''
        : `${joulesText(lowJoules)} to ${joulesText(highJoules)}`;
    rows.push(['energy', `${atLeast(joulesText(joulesPerInference), energy)} an inference`, band, basis]);
  }
  const note = lowerBound ? '\nSome costs of operators are not known: the totals are lower bounds.' : '';
  return `${tableText(rows, 4)}${note}`;
}

function estimateText(difference: number | undefined): string {
  return difference === undefined ? '' : `the estimate is ${differenceText(difference)}`;
}

function arenaText({ arenaDifferenceBytes: difference }: MeasuredFacts): string {
  if (difference === undefined) return '';
  if (difference === 0) return 'as computed';
  return `computed ${exactBytesText(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}`;
}

/** A modelled arena fits where some bytes are to spare, as `check` has it. */
function arenaLimit(arena: ArenaFacts, ramBytes: number | undefined): string {
  const spare = arenaBytesToSpare(arena);
  return [limit(ramBytes), spare === 0 ? '' : `with ${exactBytesText(spare)} to spare`].join(' ').trim();
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
    ...(report.measured === undefined ? [] : measuredCells(layer.measured)),
  ]);
  const head = ['#', 'name', 'operator', 'MACs', 'RAM', 'flash', costName(report)];
  const measured = report.measured === undefined ? [] : ['measured', 'error'];
  return tableText([[...head, ...measured], ...rows], 3);
}

/** Of a program its own layers, with the line that makes each. */
function programTable({ layers }: ProgramReport): string {
  const rows = layers.map((layer) => [
    layer.origin?.line === undefined ? '' : placeText(layer.origin),
    layer.name,
    layer.class,
    `${shapeText(layer.outputShape)}${layer.isOpen ? ' ?' : ''}`,
    layer.parameters === undefined ? '-' : groupDigits(layer.parameters),
    layer.operators.length === 0 ? '' : compactBytes(layer.ramBytes),
    layer.operators.length === 0 ? '' : compactBytes(layer.flashBytes),
    layer.operators.length === 0 ? '' : compactCount(layer.cycles),
    operatorsText(layer.operators),
  ]);
  return tableText(
    [['line', 'name', 'class', 'shape', 'parameters', 'RAM', 'flash', 'cycles', 'operators'], ...rows],
    3,
  );
}

/** An unrolled layer becomes hundreds: nobody reads them one by one. */
const mostOperators = 12;

function operatorsText(operators: readonly string[]): string {
  if (operators.length <= mostOperators) return operators.join(' ');
  const kinds = new Map<string, number>();
  for (const operator of operators) kinds.set(operator, (kinds.get(operator) ?? 0) + 1);
  const counted = [...kinds].map(([kind, count]) => (count === 1 ? kind : `${kind}*${count}`));
  return `${operators.length}: ${counted.join(' ')}`;
}

function placeText({ file, line, cell }: NonNullable<ProgramReport['layers'][number]['origin']>): string {
  return cell === undefined ? `${file}:${line}` : `${file}[${cell}]:${line}`;
}

/** What the figures rest on that the program does not say. */
function openText(program: Program | undefined): string {
  if (program === undefined) return '';
  const open = program.openValues.map(({ name, canBeGiven, reason }) =>
    canBeGiven
      ? `${name} is open: ${reason} A comment "# milliwatt: ${name}=…" says it, or --assume "${name}=…".`
      : `${name} is open: ${reason}`,
  );
  const facts = [...(program.conversion ?? []), ...(program.given ?? [])].filter(({ origin }) => origin !== 'default');
  const said = facts.map(({ name, value, origin }) => `${name} ${value} (${origin})`).join(', ');
  return linesText([...(said === '' ? [] : [`Converted as: ${said}.`]), ...open, ...program.assumptions]);
}

function measuredCells({ cycles, ms, difference }: Partial<MeasuredFigure> = {}): readonly string[] {
  const taken = cycles === undefined && ms !== undefined ? millisecondsText(ms) : compactCount(cycles);
  return [taken, difference === undefined ? '-' : compactDifference(difference)];
}

/** Of a program with the line of the layer, which is what its author knows. */
function findings({ findings: all, layers }: Report, program: Program | undefined): string {
  return linesText(
    all.map(({ severity, code, message, layer, origin }) => {
      const at = program === undefined ? undefined : origin?.place;
      const line = at?.span === undefined ? '' : ` ${placeText({ ...at, line: at.span.line + 1 })}`;
      const name = line === '' ? (layer === undefined ? undefined : layers[layer].name) : origin?.layer;
      const node = unplacedText(origin);
      const of = node === undefined ? name : `${name}, ${node}`;
      return `${severity} ${code}${line}${of === undefined ? '' : ` (${of})`}: ${message}`;
    }),
  );
}
