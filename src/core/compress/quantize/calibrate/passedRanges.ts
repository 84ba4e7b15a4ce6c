import type { Graph } from '../../../model/model';
import { isConstant } from '../../../model/model';
import type { Range } from '../affine';
import { hull } from '../affine';
import type { Observations } from './observe';

/** Functions that give numbers above 0 out as they are, and others nearer to 0. */
const passing: ReadonlySet<string> = new Set(['LEAKY_RELU', 'PRELU']);

/**
 * Ranges of what such functions give, where it is better to have the range of what goes in: then numbers above 0 pass
 * as they are stored, and only those below are rounded once more, though with larger steps.
 */
export function passedRanges(
  { operators, tensors }: Graph,
  ranges: ReadonlyMap<number, Range>,
  observations: Observations,
): readonly (readonly [number, Range])[] {
  return operators.flatMap(({ kind, inputs: [input], outputs: [output] }) => {
    const [before, after, seen] = [ranges.get(input), ranges.get(output), observations.get(input)];
    if (!passing.has(kind) || before === undefined || after === undefined || seen === undefined) return [];
    if (isConstant(tensors[input]) || widthOf(before) < widthOf(hull([before, after]))) return [];
    let below = 0;
    seen.histogram.visit((middle, count) => {
      if (middle < 0) below += count;
    });
    const share = below / Math.max(1, seen.histogram.count);
    return share * widthOf(before) ** 2 < widthOf(after) ** 2 ? [[output, before] as const] : [];
  });
}

function widthOf({ min, max }: Range): number {
  return max - min;
}
