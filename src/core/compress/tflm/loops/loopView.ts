import { countPasses } from '../../../execute/meaning/countPasses';
import type { Graph, Model, Operator, Tensor } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { constantIntegers } from '../../../operators/shapes';
import { GraphView } from '../graphView';
import { reshaping } from '../reshaping';

/** What each pass of a loop computes. A place is a position of what is handed from pass to pass. */
export interface LoopView {
  readonly loop: Operator;
  readonly body: Graph;
  readonly view: GraphView;
  /** How often it runs, whatever the inputs are. */
  readonly passes: number;
}

/** A row of a list that is written in pass `counter`, as SLICE, value, SLICE. */
export interface RowWritten {
  /** Place of the list, whose first dimension has a row for each pass. */
  readonly place: number;
  /** Writes the whole list anew. */
  readonly writer: Operator;
  /** The value of the row, as it goes into the list. */
  readonly value: number;
  /** Place of the number of the pass. */
  readonly counter: number;
}

/** The WHILE loops of graph 0 whose number of passes is known. */
export function loopsOf(model: Model): readonly LoopView[] {
  const loops = model.graphs[0].operators.filter(({ kind }) => kind === 'WHILE');
  return loops.flatMap((loop) => {
    const body = model.graphs[numberOption(loop, 'bodySubgraphIndex', -1)];
    const isWhole = body?.inputs.length === loop.inputs.length && body.outputs.length === loop.inputs.length;
    const passes = isWhole ? countPasses(model, loop) : undefined;
    return passes === undefined ? [] : [{ loop, body, view: new GraphView(body), passes }];
  });
}

/** The tensor with the same values behind operators that only give them another shape. */
export function bare({ view }: LoopView, index: number): number {
  let at = index;
  for (let maker = view.producer(at); maker !== undefined && reshaping.has(maker.kind); maker = view.producer(at)) {
    at = maker.inputs[0];
  }
  return at;
}

/** The place that a tensor of the body is handed in at; -1 where it is computed. */
export function placeOf(loop: LoopView, index: number): number {
  return loop.body.inputs.indexOf(bare(loop, index));
}

/** Whether a place counts the passes from 0. */
export function isCounter(loop: LoopView, place: number, start: Tensor | undefined): boolean {
  const isZero = start !== undefined && constantIntegers(start)?.join() === '0';
  return isZero && isNext(loop, loop.body.outputs[place], place);
}

/** Whether a tensor is what is handed in at a place, and one more. */
function isNext(loop: LoopView, index: number, place: number): boolean {
  const adds = loop.view.producer(bare(loop, index));
  if (adds?.kind !== 'ADD' || adds.inputs.length !== 2) return false;
  return [0, 1].some(
    (side) => placeOf(loop, adds.inputs[side]) === place && integersAt(loop, adds.inputs[1 - side]) === '1',
  );
}

/** A list of which each pass writes the row of its number, where all rows are written in order. */
export function rowWritten(
  loop: LoopView,
  place: number,
  starts: readonly (Tensor | undefined)[],
): RowWritten | undefined {
  const list = loop.body.inputs[place];
  const shape = loop.view.tensor(list)?.shape ?? [];
  const writer = loop.view.producer(loop.body.outputs[place]);
  const isWhole = writer?.kind === 'CONCATENATION' && writer.inputs.length === 3;
  if (!isWhole || numberOption(writer, 'axis', -1) !== 0 || shape[0] !== loop.passes || loop.passes === 0)
    return undefined;
  const [head, value, tail] = writer.inputs;
  const [before, after] = [head, tail].map((index) => loop.view.producer(index));
  if (before?.kind !== 'SLICE' || after?.kind !== 'SLICE') return undefined;
  if (before.inputs[0] !== list || after.inputs[0] !== list) return undefined;
  const row = loop.view.tensor(value)?.shape ?? [];
  if (row.length !== shape.length || row[0] !== 1 || row.some((size, axis) => axis > 0 && size !== shape[axis])) {
    return undefined;
  }
  const all = shape.slice(1);
  const upTo = joined(loop, before.inputs[2], all);
  const from = joined(
    loop,
    after.inputs[1],
    all.map(() => 0),
  );
  if (upTo === undefined || from === undefined) return undefined;
  const counter = placeOf(loop, upTo);
  const isFromStart = integersAt(loop, before.inputs[1]) === shape.map(() => 0).join();
  const isToEnd = integersAt(loop, after.inputs[2]) === shape.map(() => -1).join();
  const isCounted = counter >= 0 && isCounter(loop, counter, starts[counter]) && isNext(loop, from, counter);
  return isFromStart && isToEnd && isCounted ? { place, writer, value, counter } : undefined;
}

/** The first number of a list whose others are these constants; a size may be -1, for all. */
function joined(loop: LoopView, index: number, others: readonly number[]): number | undefined {
  const maker = loop.view.producer(index);
  if (maker?.kind !== 'CONCATENATION' && maker?.kind !== 'PACK') return undefined;
  const [first, ...rest] = maker.inputs;
  const numbers = rest.flatMap((each) => constantIntegers(loop.view.tensor(each)) ?? [Number.NaN]);
  const isSame =
    numbers.length === others.length &&
    numbers.every((each, axis) => each === others[axis] || (each === -1 && others[axis] > 0));
  return isSame ? first : undefined;
}

function integersAt(loop: LoopView, index: number): string | undefined {
  return constantIntegers(loop.view.tensor(index))?.join();
}
