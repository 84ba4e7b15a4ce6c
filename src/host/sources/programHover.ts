import type { Analysis } from '../../core/analysis/analysis';
import { shapeText } from '../../core/analysis/programLines';
import type { ProgramLayer } from '../../core/model/program';
import { markdownCode as code, markdownText as plain } from '../../core/text/markdown';
import { groupDigits } from '../../core/text/units';

/** Layers of which a hover lists each; a helper that is called may make dozens. */
const mostLayers = 12;

/** What a hover says of the layers of a line, as Markdown: what they give, and what becomes of them. */
export function programHover(layers: readonly ProgramLayer[], { report }: Analysis): string {
  const shown = layers.slice(0, mostLayers).map((layer) => `- ${layerText(layer, report.layers)}`);
  const left = layers.length - shown.length;
  return [...shown, ...(left > 0 ? [`- ${left} more`] : [])].join('\n');
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
