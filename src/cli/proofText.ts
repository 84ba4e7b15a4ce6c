import { functionName } from '../core/text/functionName';
import type {
  ErrorFigures,
  Fidelity,
  LayerFidelity,
  OfficialConversion,
  OfficialSide,
  OutputFidelity,
  Proof,
} from '../core/compress/proof';
import { classText } from '../core/text/classText';
import { totalsOf } from '../core/compress/totals';
import type { CompressionKind, ProofWords } from '../core/compress/kind';
import { kindOf } from '../core/compress/kinds';
import { optionText } from '../core/compress/quantize/change';
import type { Report } from '../core/estimate/report';
import { countedKinds } from '../core/text/countedKinds';
import { bytesText, exactBytesText, groupDigits, joulesText, millisecondsText } from '../core/text/units';
import { linesText } from './output';
import { tableLines } from './table';

/**
 * A proof for a terminal: the file, before and after, the error, the layers to blame, what was decided and what to
 * know.
 */
export function proofText(proof: Proof): string {
  const { result, data, fidelity, compared, layers, decisions, warnings } = proof;
  return linesText([
    `${result.path}  ${bytesText(result.bytes)}`,
    '',
    ...beforeAfter(proof),
    ...(fidelity === undefined ? [] : ['', ...fidelityLines(fidelity, data.testSamples)]),
    ...(layers === undefined ? [] : ['', ...layerTable(layers)]),
    ...(proof.official === undefined ? [] : ['', ...officialLines(proof.official)]),
    '',
    ...(fidelity === undefined && compared !== undefined ? [] : [dataLine(proof)]),
    ...decisions,
    ...(compared === undefined ? [] : [compared]),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ]);
}

function wordsOf(kind: CompressionKind): ProofWords {
  return kind.words(kind.defaults);
}

/** What a kind of compression did with samples, or why it took none. */
function dataLine({ kind, fidelity, data: { source, calibrationSamples, testSamples } }: Proof): string {
  const { learned, unmeasured } = wordsOf(kindOf(kind));
  if (fidelity === undefined) return unmeasured;
  if (calibrationSamples === 0) return `Data: ${source}; measured on ${testSamples} samples.`;
  return `Data: ${source}; ${learned} with ${calibrationSamples} samples, measured on ${testSamples} others.`;
}

function beforeAfter({ before, beforeRefusal, after, afterRefusal }: Proof): readonly string[] {
  const rows: readonly (readonly [string, (report: Report) => string | undefined])[] = [
    ['RAM', ({ arena }) => arena && bytesText(arena.minimumBytes)],
    ['flash', ({ flash }) => flash && bytesText(flash.totalBytes)],
    ['time', (report) => textOf(totalsOf(report).ms, millisecondsText)],
    ['energy', (report) => textOf(totalsOf(report).ms && report.energy?.joulesPerInference, joulesText)],
  ];
  const known = rows.flatMap(([name, text]) => {
    const result = text(after);
    return result === undefined ? [] : [[name, (before && text(before)) ?? '-', afterRefusal ? '-' : result]];
  });
  const refusals = [
    ...(beforeRefusal === undefined ? [] : [`Before: TFLite Micro refuses it. ${beforeRefusal}`]),
    ...(afterRefusal === undefined ? [] : [`After: TFLite Micro refuses it. ${afterRefusal}`]),
  ];
  const heading = [after.target.boardName ?? 'no board', 'before', 'after'];
  return [...tableLines([heading, ...known], 1), ...refusals];
}

function textOf(value: number | undefined, text: (value: number) => string): string | undefined {
  return value === undefined ? undefined : text(value);
}

/** What the official converter would have made of the file. */
function officialLines({
  official,
  result,
  refused,
  batch,
  layers,
  moreLayers,
}: OfficialConversion): readonly string[] {
  const rows: readonly (readonly [string, (side: OfficialSide) => number | undefined, (value: number) => string])[] = [
    ['operators', ({ operators }) => operators, String],
    ['arena', ({ ramBytes }) => ramBytes, exactBytesText],
    ['flash', ({ flashBytes }) => flashBytes, exactBytesText],
    ['cycles', ({ cycles }) => cycles, groupDigits],
  ];
  const table = rows.map(([name, of, text]) => [
    name,
    (official && textOf(of(official), text)) ?? '-',
    textOf(of(result), text) ?? '-',
  ]);
  return [
    [refused, batch].filter((sentence) => sentence !== undefined).join(' '),
    ...(official === undefined ? [] : tableLines([['', 'official', 'this result'], ...table], 1)),
    ...layers.map(({ name, official: theirs, ours }) => `  ${name}: ${countedKinds(theirs)} -> ${countedKinds(ours)}`),
    ...(moreLayers === 0
      ? []
      : [moreLayers === 1 ? '  One more layer differs.' : `  ${moreLayers} more layers differ.`]),
  ];
}

function fidelityLines(fidelity: Fidelity, samples: number): readonly string[] {
  const { top1Agreement, accuracy, classes = [], outputs = [{ name: 'Outputs', ...fidelity }] } = fidelity;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    ...outputs.flatMap((output) => outputLines(output, samples)),
    ...(top1Agreement === undefined ? [] : [`Same answer as the source: ${percent(top1Agreement)}`]),
    ...(accuracy === undefined ? [] : [`Right answers: ${percent(accuracy.before)} -> ${percent(accuracy.after)}`]),
    ...classes.map((each) => `  ${classText(each)}`),
  ];
}

/** What a result is judged by comes first: before a function that saturates, where an output has one. */
function outputLines({ name, beforeActivation, ...behind }: OutputFidelity, samples: number): readonly string[] {
  const text = `${name} on ${samples} test samples: ${figuresText(behind)}`;
  if (beforeActivation === undefined) return [text];
  return [`Before the ${functionName(beforeActivation.operator)}: ${figuresText(beforeActivation)}`, text];
}

function figuresText({ sqnrDb, cosine }: ErrorFigures): string {
  const text = `${sqnrDb.toFixed(1)} dB signal to noise`;
  return cosine === undefined ? text : `${text}, cosine ${cosine.toFixed(5)}`;
}

function layerTable(layers: readonly LayerFidelity[]): readonly string[] {
  const decibels = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(1));
  const rows = layers.map(({ name, operator, accumulatedSqnrDb, aloneSqnrDb, rank, suggestions = [] }) => [
    name,
    operator,
    decibels(accumulatedSqnrDb),
    decibels(aloneSqnrDb),
    rank === undefined ? '-' : `${rank}`,
    suggestions.length === 0 ? '' : `  ${suggestions.map(({ change }) => optionText(change)).join(' or ')}`,
  ]);
  return tableLines([['layer', 'operator', 'dB so far', 'dB alone', 'blame', '  try'], ...rows], 2);
}
