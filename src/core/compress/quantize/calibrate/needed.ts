import type { Graph, Operator } from '../../../model/model';
import { lookup } from '../../../text/lookup';
import type { SaturatingKind } from '../../proof';
import type { ActivationType, Range } from '../affine';
import { hull } from '../affine';
import { schemeOf } from '../schemes/schemes';

/**
 * What is needed of values of which every reader says the same beyond some bound, so that no step is spent there. A
 * value that is only moved is needed as far as what it becomes; what the graph gives out is needed whole.
 */
export function neededRanges(graph: Graph, type: ActivationType): ReadonlyMap<number, Range> {
  const readers = readersOf(graph);
  const needed = new Map<number, Range>();
  const ofReader = (operator: Operator): Range | undefined =>
    schemeOf(operator.kind)?.isEqualScale === true && !Object.hasOwn(bounds, operator.kind)
      ? hullOf(operator.outputs.map((output) => needed.get(output)))
      : bounds[operator.kind]?.(type);
  for (const { outputs } of [...graph.operators].reverse()) {
    for (const tensor of outputs) {
      if (graph.outputs.includes(tensor)) continue;
      const range = hullOf((readers.get(tensor) ?? []).map((operator) => ofReader(operator)));
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

/**
 * What operators need of their input. Of what goes into a softmax all is kept: what is cut off there is lost before it,
 * where errors of classifiers are judged.
 */
const bounds: Readonly<Record<string, (type: ActivationType) => Range>> = lookup({
  RELU: () => ({ min: 0, max: Infinity }),
  RELU6: () => ({ min: 0, max: 6 }),
  HARD_SWISH: () => ({ min: -3, max: Infinity }),
  LOGISTIC: (type) => around(spanOf('LOGISTIC', type, 1)),
  TANH: (type) => around(spanOf('TANH', type, 2) / 2),
});

/**
 * How far from its middle a function of this height is within a quarter of a step of its end. Beyond half a step it
 * would say nothing more that its output can show; but the end of the range, which a rounded zero point moves, has to
 * become the function's end for sure: what lies beyond it is most of what a mask is made of. (1 / (1 + e^-x) = 1 - 1 /
 * 4n at x = ln(4n - 1) of n steps, and tanh x = 2 / (1 + e^-2x) - 1.)
 */
function spanOf(kind: SaturatingKind, type: ActivationType, height: number): number {
  const scale = schemeOf(kind)?.fixedOutput?.[type]?.scale;
  return scale === undefined ? Infinity : Math.log((4 * height) / scale - 1);
}

function around(span: number): Range {
  return { min: -span, max: span };
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
