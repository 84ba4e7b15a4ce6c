import type { BuildFact, FactKind, FactOf, FactPlace } from '../facts';

/** Places in the text of one file. */
export class TextPlaces {
  readonly #file: string;
  readonly #lineStarts: readonly number[];

  constructor(file: string, text: string) {
    this.#file = file;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  at(start: number, end: number): FactPlace {
    let [low, high] = [0, this.#lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle] <= start) low = middle;
      else high = middle;
    }
    return { file: this.#file, span: { start, end, line: low, column: start - this.#lineStarts[low] } };
  }
}

/** Facts of one file or environment, each with its place. */
export class FactList {
  readonly facts: BuildFact[] = [];
  readonly #places: TextPlaces;

  constructor(places: TextPlaces) {
    this.#places = places;
  }

  /** Nothing is added where there is no value. */
  add<Kind extends FactKind>(
    kind: Kind,
    value: FactOf<Kind>['value'] | undefined,
    { start, end }: { readonly start: number; readonly end: number },
  ): void {
    if (value === undefined) return;
    // Kinds and values are one table, which the compiler does not see of a kind that is open.
    this.facts.push({ kind, value, place: this.#places.at(start, end) } as BuildFact);
  }
}
