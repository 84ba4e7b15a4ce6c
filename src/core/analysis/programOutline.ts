import type { Report } from '../estimate/report';
import type { Origin, SourcePlace } from '../model/origin';
import type { Program } from '../model/program';
import type { Span } from '../model/span';
import { lineTexts } from './programLines';

/** A layer as an outline has it: the layers of a model that is used as one stand below it. */
export interface OutlineLayer {
  readonly name: string;
  /** Its class, what it gives and costs: `Conv2D  25x5x64 · 12.3K · 1.92M 14%`. */
  readonly detail: string;
  /** Where it is made, or where what makes it elsewhere is called. */
  readonly span: Span;
  readonly children: readonly OutlineLayer[];
}

interface Growing extends OutlineLayer {
  readonly children: Growing[];
  readonly depth: number;
}

/** The layers that stand in one file, or in one cell of a notebook, in their order, with each round of a loop. */
export function programOutline(
  { layers }: Program,
  report: Report,
  isHere: (place: SourcePlace) => boolean,
): readonly OutlineLayer[] {
  const textOf = lineTexts(report);
  const roots: Growing[] = [];
  /** The model that is described, within those that it is in. */
  const owners: Growing[] = [];
  for (const layer of layers) {
    const { name, kind, depth, origin } = layer;
    while ((owners.at(-1)?.depth ?? -1) >= depth) owners.pop();
    const span = spanHere(origin, isHere);
    if (span === undefined) continue;
    const entry: Growing = { name, detail: `${kind}  ${textOf([layer])}`, span, children: [], depth };
    (owners.at(-1)?.children ?? roots).push(entry);
    owners.push(entry);
  }
  return roots;
}

/** Of the calls that lead to a layer the one that is nearest to it. */
function spanHere(origin: Origin | undefined, isHere: (place: SourcePlace) => boolean): Span | undefined {
  const places = [...(origin?.calls ?? []), ...(origin?.place === undefined ? [] : [origin.place])];
  return places.filter((place) => place.span !== undefined && isHere(place)).at(-1)?.span;
}
