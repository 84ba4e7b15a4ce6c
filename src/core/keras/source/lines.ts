import type { SourcePlace } from '../../model/origin';
import type { Span } from '../../model/span';
import type { PythonPlace, Unit } from '../../python/evaluate/values';

/** Lines and columns of offsets, each text looked through once. */
export class Lines {
  readonly #starts = new Map<Unit, readonly number[]>();

  place({ unit, from, to }: PythonPlace): SourcePlace {
    return {
      file: unit.file,
      span: this.#span(unit, from, to),
      ...(unit.cell !== undefined && { cell: unit.cell }),
    };
  }

  #span(unit: Unit, from: number, to: number): Span {
    const [start, end] = [this.#position(unit, from), this.#position(unit, to)];
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  #position(unit: Unit, offset: number): { readonly line: number; readonly column: number } {
    const starts = this.#startsOf(unit);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: offset - starts[low] };
  }

  #startsOf(unit: Unit): readonly number[] {
    const known = this.#starts.get(unit);
    if (known !== undefined) return known;
    const starts = [0];
    for (let at = unit.text.indexOf('\n'); at >= 0; at = unit.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts.set(unit, starts);
    return starts;
  }
}
