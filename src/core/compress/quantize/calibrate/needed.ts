import type { Graph, Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { lookup } from '../../../text/lookup';
import type { SaturatingKind } from '../../proof';
import type { ActivationType, Range } from '../affine';
import { hull } from '../affine';
import { schemeOf } from '../schemes/schemes';
import type { Observations } from './observe';

/**
 * What is needed of values of which every reader says the same beyond some bound, so that no step is spent there. A
 * value that is only moved is needed as far as what it becomes; what the graph gives out is needed whole.
 */
export function neededRanges(
  graph: Graph,
  observations: Observations,
  type: ActivationType,
): ReadonlyMap<number, Range> {
  const readers = readersOf(graph);
  const needed = new Map<number, Range>();
  const ofReader = (operator: Operator, tensor: number): Range | undefined =>
    schemeOf(operator.kind)?.isEqualScale === true && !Object.hasOwn(bounds, operator.kind)
      ? hullOf(operator.outputs.map((output) => needed.get(output)))
      : bounds[operator.kind]?.({ operator, tensor, graph, observations, type });
  for (const { outputs } of [...graph.operators].reverse()) {
    for (const tensor of outputs) {
      if (graph.outputs.includes(tensor)) continue;
      const range = hullOf((readers.get(tensor) ?? []).map((operator) => ofReader(operator, tensor)));
      if (range !== undefined) needed.set(tensor, range);
    }
  }
  return needed;
}

/** `range` as far as it is needed. */
export function withinNeeded(range: Range, needed: Range | undefined): Range {
  if (needed === undefined) return range;
  return { min: Math.max(range.min, needed.min), max: Math.min(range.max, needed.max) };
}

/** Values as far as they are needed: what lies beyond counts as its end. */
export function neededValues(values: Float32Array, needed: Range | undefined): Float32Array {
  if (needed === undefined) return values;
  return values.map((value) => Math.min(needed.max, Math.max(needed.min, value)));
}

interface ReadValue {
  readonly operator: Operator;
  readonly tensor: number;
  readonly graph: Graph;
  readonly observations: Observations;
  readonly type: ActivationType;
}

/** What operators need of their input; `undefined` where all of it counts. */
const bounds: Readonly<Record<string, (read: ReadValue) => Range | undefined>> = lookup({
  RELU: () => ({ min: 0, max: Infinity }),
  RELU6: () => ({ min: 0, max: 6 }),
  HARD_SWISH: () => ({ min: -3, max: Infinity }),
  LOGISTIC: ({ type }) => around(spanOf('LOGISTIC', type, 1)),
  TANH: ({ type }) => around(spanOf('TANH', type, 2) / 2),
  SOFTMAX: softmaxRange,
});

/**
 * How far from its middle a function of this height still says something that its output can show: beyond it, it is
 * nearer to its end than half a step. (1 / (1 + e^-x) = 1 - 1 / 2n at x = ln(2n - 1) of n steps, and
 * tanh x = 2 / (1 + e^-2x) - 1.)
 */
function spanOf(kind: SaturatingKind, type: ActivationType, height: number): number {
  const scale = schemeOf(kind)?.fixedOutput?.[type]?.scale;
  return scale === undefined ? Infinity : Math.log((2 * height) / scale - 1);
}

function around(span: number): Range {
  return { min: -span, max: span };
}

/**
 * Where all other classes together have less of a row than half a step, neither how deep they lie counts nor how far
 * the likeliest is above them. Rows that were not seen may lie as low as 0.
 */
function softmaxRange({ operator, tensor, graph, observations, type }: ReadValue): Range | undefined {
  const rows = observations.get(tensor)?.rows;
  if (rows === undefined) return undefined;
  const classes = graph.tensors[tensor].shape.at(-1) ?? 1;
  const others = Math.log(Math.max(1, classes - 1));
  const span = (spanOf('SOFTMAX', type, 1) + others) / numberOption(operator, 'beta', 1);
  return { min: Math.min(0, rows.leastFirst) - span, max: rows.mostSecond + span };
}

function hullOf(ranges: readonly (Range | undefined)[]): Range | undefined {
  const known = ranges.filter((range) => range !== undefined);
  return known.length < ranges.length || known.length === 0 ? undefined : hull(known);
}

function readersOf({ operators }: Graph): ReadonlyMap<number, readonly Operator[]> {
  const readers = new Map<number, Operator[]>();
  for (const operator of operators) {
    for (const index of operator.inputs) readers.set(index, [...(readers.get(index) ?? []), operator]);
  }
  return readers;
}
