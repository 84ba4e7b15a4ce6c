import type { LayerFacts } from '../estimate/report';
import type { MeasuredLayer } from './measurement';

/** Measured layers, one for each operator of the main graph, or the whole sentence why they are not this model's. */
type LayerMatch =
  | { readonly matched: true; readonly layers: readonly MeasuredLayer[]; readonly inferences: number }
  | { readonly matched: false; readonly reason: string };

type NamedLayer = Pick<LayerFacts, 'graph' | 'operator'>;

/**
 * Finds the model's operators, by name and in order, in what was measured. A log of several inferences holds them
 * several times: each layer is then the median. What stands between (events of the firmware's own, an inference cut
 * short) is passed over; where the operators are not found once as a whole, nothing matches.
 */
export function matchLayers(layers: readonly NamedLayer[], measured: readonly MeasuredLayer[]): LayerMatch {
  const expected = layers.filter(({ graph }) => graph === 0).map(({ operator }) => operator);
  const starts = expected.length === 0 ? [] : startsOf(expected, measured);
  if (starts.length === 0) return { matched: false, reason: mismatch(layers, expected, measured) };
  const matched = expected.map((operator, position) => {
    const runs = starts.map((start) => measured[start + position]);
    const figure = (key: 'cycles' | 'ms'): Partial<MeasuredLayer> => {
      const values = runs.map((run) => run[key]).filter((value) => value !== undefined);
      return values.length === runs.length ? { [key]: median(values) } : {};
    };
    return { operator, ...figure('cycles'), ...figure('ms') };
  });
  return { matched: true, layers: matched, inferences: starts.length };
}

/** Where whole inferences begin, one after another. */
function startsOf(expected: readonly string[], measured: readonly MeasuredLayer[]): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  while (at + expected.length <= measured.length) {
    const isRun = expected.every((operator, position) => measured[at + position].operator === operator);
    if (isRun) starts.push(at);
    at += isRun ? expected.length : 1;
  }
  return starts;
}

function mismatch(
  layers: readonly NamedLayer[],
  expected: readonly string[],
  measured: readonly MeasuredLayer[],
): string {
  const advice = 'Nothing of it is used. Check that the firmware holds this model.';
  if (layers.length > expected.length && measured.length > expected.length) {
    return (
      'The model calls other graphs, and the profile has their operators among those of the main graph, so they cannot be told apart. ' +
      'Print it with milliwatt_profiler.h, which counts them in the operator that calls them.'
    );
  }
  const differs = expected.findIndex((operator, position) => measured[position]?.operator !== operator);
  const found = measured[differs]?.operator;
  if (found === undefined) {
    return `The profile ends after ${countText(measured.length)}, the model has ${expected.length}. ${advice}`;
  }
  return `Operator ${differs} is ${found} in the profile and ${expected[differs]} in the model, so it is of another model. ${advice}`;
}

function countText(operators: number): string {
  return operators === 1 ? '1 operator' : `${operators} operators`;
}

/** Middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
