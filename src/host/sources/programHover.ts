import * as vscode from 'vscode';
import type { Analysis } from '../../core/analysis/analysis';
import { lineTexts, shapeText } from '../../core/analysis/programLines';
import { gaugesOf } from '../../core/estimate/gauges';
import type { Program, ProgramFact, ProgramLayer } from '../../core/model/program';
import { markdownCode as code, markdownText as plain } from '../../core/text/markdown';
import type { ChoiceLayer } from '../../core/project/layers';
import { programChosenAt } from '../../core/project/layers';
import { budgetText, groupDigits } from '../../core/text/units';
import { originRow } from '../targetHover';

/** Layers of which a hover lists each; a helper that is called may make dozens. */
const mostLayers = 6;

/** What the model takes as a whole, as Markdown. */
export function modelHover({ modelName, name, layers, isCosted }: Program, { report }: Analysis): string {
  const title = `**${code(name ?? modelName ?? 'model')}** ${sizeText(layers)}`;
  if (!isCosted) return `${title}. What it costs is not known while values are open.`;
  const totals = gaugesOf(report).map(({ name: what, text, share }) => {
    return `${what} ${text}${share === undefined ? '' : ` (${budgetText(share)})`}`;
  });
  return `${title}: ${plain(totals.join(', '))}`;
}

/**
 * What a hover says of the layers of a line, as Markdown: of one what it gives and becomes, of several what they take
 * together, unless they are the whole model, and a line for each.
 */
export function layersHover(layers: readonly ProgramLayer[], { report }: Analysis, isWhole: boolean): string {
  if (layers.length === 1) return `- ${layerText(layers[0], report.layers)}`;
  const textOf = lineTexts(report);
  const rows = layers.slice(0, mostLayers).map((layer) => {
    const { name, kind, isOpen } = layer;
    return `- ${code(name)} ${plain(kind)} ${code(textOf([layer]))}${isOpen ? ', open' : ''}`;
  });
  const left = layers.length - rows.length;
  // Of layers of several lines the text begins with their number, which stands before it already.
  const together = textOf(layers).replace(/^\d+ layers · /, '');
  const head = isWhole ? [] : [`**${sizeText(layers)}**, together ${code(together)}`, ''];
  return [...head, ...rows, ...(left > 0 ? [`- ${left} more`] : [])].join('\n');
}

/** Parameters of several layers, unless those of one are not known. */
function sizeText(layers: readonly ProgramLayer[]): string {
  const count = `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`;
  // A model that is used as a layer has the parameters of those that follow it, and lie deeper.
  const parts = layers.filter(({ depth }, index) => (layers.at(index + 1)?.depth ?? 0) <= depth);
  if (parts.some(({ parameters }) => parameters === undefined)) return count;
  return `${count}, ${parametersText(parts.reduce((sum, { parameters = 0 }) => sum + parameters, 0))}`;
}

function parametersText(parameters: number): string {
  return `${groupDigits(parameters)} ${parameters === 1 ? 'parameter' : 'parameters'}`;
}

/** How the model is converted and what it is shown for, a line each, with a link to what says so. */
export function conversionHover(
  { conversion = [], given = [], trained }: Program,
  model: vscode.Uri,
  layers: readonly ChoiceLayer[],
): string {
  const row = (kind: 'conversion' | 'values', fact: ProgramFact): string => {
    const { key, name, value, origin, place } = fact;
    const chosen = programChosenAt(layers, kind, key);
    if (chosen?.origin === origin) return originRow({ name, value, origin, chosen });
    if (place === undefined) return originRow({ name, value, origin });
    const file = vscode.Uri.joinPath(model, '..', place.file).with({ query: '', fragment: '' }).toString();
    const { line = 0, column = 0 } = place.span ?? {};
    const span = place.span && { start: 0, end: 0, line, column };
    return originRow({ name, value, origin, chosen: { origin, file, ...(span && { span }) } });
  };
  const rows = [...given.map((fact) => row('values', fact)), ...conversion.map((fact) => row('conversion', fact))];
  const why = trained === undefined ? ', as nothing is trained here' : '';
  return rows.length === 0 ? '' : [`Shown for this conversion${why}:`, '', ...rows].join('\n');
}

function layerText(layer: ProgramLayer, operators: Analysis['report']['layers']): string {
  const { name, kind, outputShape, parameters, isOpen } = layer;
  const facts = [
    `${code(name)} ${plain(kind)} gives ${code(shapeText(outputShape))}`,
    ...(parameters === undefined ? [] : [parametersText(parameters)]),
    operatorsText(layer, operators),
  ].join(', ');
  return isOpen ? `${facts}. It depends on a value that the program leaves open.` : facts;
}

function operatorsText({ operators }: ProgramLayer, all: Analysis['report']['layers']): string {
  if (operators.length === 0) return 'no operator of its own after conversion';
  const names = operators.map(
    (position) => all.find((each) => each.graph === 0 && each.position === position)?.operator,
  );
  return `converted to ${names.map((name) => code(name ?? '?')).join(', ')}`;
}
