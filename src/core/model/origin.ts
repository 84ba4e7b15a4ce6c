import type { Span } from './span';

/** A place in a file of a program, relative to the model's own folder. */
export interface SourcePlace {
  readonly file: string;
  /** Lines and columns count from 0; within the cell for a notebook. Absent for the file as a whole. */
  readonly span?: Span;
  /** Index of the cell of a notebook, among all its cells. */
  readonly cell?: number;
}

/**
 * Where an operator came from. Many operators may come from one layer, and one place may make a layer in each round of
 * a loop.
 */
export interface Origin {
  /** Absent where the file has no places that an editor shows: of a node in a file of ONNX. */
  readonly place?: SourcePlace;
  /** Name of the layer, as the program or the file has it. */
  readonly layer?: string;
  /** What the layer is, for instance `Conv2D`. */
  readonly layerKind?: string;
  /** Rounds of the loops around the place, from 0, the outermost first. */
  readonly rounds?: readonly number[];
  /** Where the functions around the place were called, the outermost call first. */
  readonly calls?: readonly SourcePlace[];
}

/** What a reader knows of where a model came from. */
export interface Origins {
  /** Where the model itself is declared: the array in a C file, the variable in a program. */
  readonly model?: SourcePlace;
  /** By graph and operator; shorter lists and gaps are operators about which nothing is known. */
  readonly operators: readonly (readonly (Origin | undefined)[])[];
}

/** Where an operator came from, or the model where no operator is asked for; `undefined` where it is not known. */
export function originOf(
  origins: Origins | undefined,
  { graph, operator }: { readonly graph?: number; readonly operator?: number },
): Origin | undefined {
  if (graph !== undefined && operator !== undefined) {
    const known = origins?.operators.at(graph)?.at(operator);
    if (known !== undefined) return known;
  }
  return origins?.model && { place: origins.model };
}

/** The same of what no editor shows a place for: a message about it names it. */
export function unplacedText(origin: Origin | undefined): string | undefined {
  return origin === undefined || origin.place !== undefined || origin.layer === undefined
    ? undefined
    : originText(origin);
}

/** "Conv "/features/0"": what a file calls the node or layer that an operator came from. */
export function originText({ layer = '', layerKind }: Origin): string {
  return layerKind === undefined ? `"${layer}"` : `${layerKind} "${layer}"`;
}
