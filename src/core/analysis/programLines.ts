import type { LayerFacts, Report } from '../estimate/report';
import { costOf } from '../listing/costs';
import type { SourcePlace } from '../model/origin';
import type { Program, ProgramLayer } from '../model/program';
import { compactBytes, compactCount, compactShare } from '../text/compact';

/** A line of a program, with the layers that are made there, or by what is called there. */
export interface ProgramLine {
  readonly line: number;
  /** Indices into `Program.layers`, in its order. */
  readonly layers: readonly number[];
  /** What the layers cost, in at most 28 characters: `25x5x64 · 12.3K · 1.92M 14%`. */
  readonly text: string;
}

/** Longer texts at the ends of lines would push code out of sight. */
const mostCharacters = 28;

/**
 * The lines of one file, or of one cell of a notebook, in their order. A line that makes layers in several rounds sums
 * them; a line that calls what makes layers elsewhere sums these.
 */
export function programLines(
  program: Program,
  report: Report,
  isHere: (place: SourcePlace) => boolean,
): readonly ProgramLine[] {
  const byLine = new Map<number, Set<number>>();
  program.layers.forEach(({ origin }, index) => {
    for (const place of [origin?.place, ...(origin?.calls ?? [])]) {
      if (place?.span === undefined || !isHere(place)) continue;
      const { line } = place.span;
      byLine.set(line, (byLine.get(line) ?? new Set()).add(index));
    }
  });
  const textOf = lineTexts(report);
  return [...byLine]
    .sort(([left], [right]) => left - right)
    .map(([line, indices]) => {
      const layers = [...indices];
      return { line, layers, text: textOf(layers.map((index) => program.layers[index])) };
    });
}

/** What layers of a program give and cost together, in the characters that an end of a line has. */
export function lineTexts(report: Report): (layers: readonly ProgramLayer[]) => string {
  const totalCost = report.layers.reduce((sum, layer) => sum + (costOf(layer) ?? 0), 0);
  const ofMainGraph = report.layers.filter(({ graph }) => graph === 0);
  return (layers) => lineText(layers, ofMainGraph, totalCost);
}

function lineText(layers: readonly ProgramLayer[], operators: readonly LayerFacts[], totalCost: number): string {
  const own = [...new Set(layers.flatMap((layer) => layer.operators))].flatMap((index) => operators.at(index) ?? []);
  const what = whatIsMade(layers);
  const mark = what !== '?' && layers.some(({ isOpen }) => isOpen) ? ' ?' : '';
  if (own.length === 0) return `${what}${mark}`.slice(0, mostCharacters);
  const ram = compactBytes(largest(own.map(({ ramBytes }) => ramBytes)));
  const costs = own.map(costOf).filter((cost) => cost !== undefined);
  const cost = costs.length === 0 ? undefined : costs.reduce((sum, each) => sum + each, 0);
  const share = cost === undefined || totalCost === 0 ? '' : ` ${compactShare(cost / totalCost)}`;
  const texts = [
    `${what} · ${ram} · ${compactCount(cost)}${share}${mark}`,
    `${what} · ${ram} · ${compactCount(cost)}${mark}`,
    `${what} · ${ram}${share}${mark}`,
    `${ram} · ${compactCount(cost)}${share}${mark}`,
  ];
  return texts.find((text) => text.length <= mostCharacters) ?? texts[3].slice(0, mostCharacters);
}

/** The shape that a line ends with; of a block of layers their number, since no one shape is theirs. */
function whatIsMade(layers: readonly ProgramLayer[]): string {
  const places = new Set(
    layers.map(({ origin }) => `${origin?.place?.file} ${origin?.place?.cell} ${origin?.place?.span?.line}`),
  );
  return places.size > 1 ? `${layers.length} layers` : shapeText(layers.at(-1)?.outputShape);
}

/** `25x5x64`: without the batch, which a board does not have. */
export function shapeText(shape: ProgramLayer['outputShape']): string {
  if (shape === undefined) return '?';
  const sizes = shape.length > 1 ? shape.slice(1) : shape;
  return sizes.map((size) => `${size ?? '?'}`).join('x') || '1';
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
