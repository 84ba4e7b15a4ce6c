import * as vscode from 'vscode';
import type { Analysis } from '../../core/analysis/analysis';
import { shapeText } from '../../core/analysis/programLines';
import type { Program, ProgramFact, ProgramLayer } from '../../core/model/program';
import { markdownCode as code, markdownText as plain } from '../../core/text/markdown';
import type { ChoiceLayer } from '../../core/project/layers';
import { programChosenAt } from '../../core/project/layers';
import { groupDigits } from '../../core/text/units';
import { originRow } from '../targetHover';

/** Layers of which a hover lists each; a helper that is called may make dozens. */
const mostLayers = 12;

/** What a hover says of the layers of a line, as Markdown: what they give, and what becomes of them. */
export function programHover(layers: readonly ProgramLayer[], { report }: Analysis): string {
  const shown = layers.slice(0, mostLayers).map((layer) => `- ${layerText(layer, report.layers)}`);
  const left = layers.length - shown.length;
  return [...shown, ...(left > 0 ? [`- ${left} more`] : [])].join('\n');
}

/** How the model is converted and what it is shown for, a line each, with a link to what says so. */
export function conversionHover(
  { conversion = [], given = [] }: Program,
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
  return rows.length === 0 ? '' : ['Shown for this conversion, as nothing is trained here:', '', ...rows].join('\n');
}

function layerText(layer: ProgramLayer, operators: Analysis['report']['layers']): string {
  const { name, kind, outputShape, parameters, isOpen } = layer;
  const facts = [
    `${code(name)} ${plain(kind)} gives ${code(shapeText(outputShape))}`,
    ...(parameters === undefined
      ? []
      : [`${groupDigits(parameters)} ${parameters === 1 ? 'parameter' : 'parameters'}`]),
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
