import type { OwnValues } from './ownValues';
import type { Step } from './print';

/** A step of one model beside that of another; of one that is in one alone, nothing beside it. */
export interface StepPair {
  readonly source?: Step;
  readonly held?: Step;
}

/** Two sequences of steps, one beside the other. */
interface Alignment {
  readonly pairs: readonly StepPair[];
  /** 1: the same steps; 0: nothing in common. */
  readonly similarity: number;
}

/** Cells of the table of which more are not filled: models that differ so much are not compared. */
const mostCells = 250_000;

/** What steps count: layers with weights are what a model is made of. */
export function weightOf({ kind, hasWeights }: Step): number {
  if (hasWeights) return 4;
  return kind === 'ACTIVATION' ? 0.5 : 1;
}

/** Names of values in which two steps of one kind differ, of those that both have. */
export function differingValues(source: Step, held: Step): readonly string[] {
  return [...differing(source.own, held.own), ...differing(source.given, held.given)];
}

function differing(source: OwnValues, held: OwnValues): readonly string[] {
  const other = new Map(held);
  return source.flatMap(([name, value]) => (other.has(name) && other.get(name) !== value ? [name] : []));
}

/** The cheapest way to put steps beside each other; nothing where that would take too long. */
export function aligned(source: readonly Step[], held: readonly Step[]): Alignment | undefined {
  const most = Math.min(source.length, held.length);
  let front = 0;
  while (front < most && areEqual(source[front], held[front])) front += 1;
  let back = 0;
  while (back < most - front && areEqual(source[source.length - 1 - back], held[held.length - 1 - back])) back += 1;
  const ends = [source.length - back, held.length - back] as const;
  const middle = alignedBetween(source.slice(front, ends[0]), held.slice(front, ends[1]));
  if (middle === undefined) return undefined;
  const all = [...source, ...held].reduce((sum, step) => sum + weightOf(step), 0);
  return {
    pairs: [
      ...source.slice(0, front).map((step, index) => ({ source: step, held: held[index] })),
      ...middle.pairs,
      ...source.slice(ends[0]).map((step, index) => ({ source: step, held: held[ends[1] + index] })),
    ],
    similarity: all === 0 ? 0 : 1 - middle.cost / all,
  };
}

function areEqual(source: Step, held: Step): boolean {
  return source.kind === held.kind && differingValues(source, held).length === 0;
}

interface Costed {
  readonly pairs: readonly StepPair[];
  readonly cost: number;
}

/** Edit distance by a table of costs, from the ends to the beginnings. */
function alignedBetween(source: readonly Step[], held: readonly Step[]): Costed | undefined {
  const width = held.length + 1;
  if ((source.length + 1) * width > mostCells) return undefined;
  const costs = new Float64Array((source.length + 1) * width);
  const at = (row: number, column: number): number => costs[row * width + column];
  for (let row = source.length; row >= 0; row -= 1) {
    for (let column = held.length; column >= 0; column -= 1) {
      if (row === source.length && column === held.length) continue;
      costs[row * width + column] = Math.min(
        row < source.length ? at(row + 1, column) + weightOf(source[row]) : Infinity,
        column < held.length ? at(row, column + 1) + weightOf(held[column]) : Infinity,
        row < source.length && column < held.length
          ? at(row + 1, column + 1) + exchangeCost(source[row], held[column])
          : Infinity,
      );
    }
  }
  const pairs: StepPair[] = [];
  let [row, column] = [0, 0];
  while (row < source.length || column < held.length) {
    const [left, right] = [source.at(row), held.at(column)];
    const cost = at(row, column);
    if (left !== undefined && right !== undefined && cost === at(row + 1, column + 1) + exchangeCost(left, right)) {
      pairs.push({ source: left, held: right });
      row += 1;
      column += 1;
    } else if (left !== undefined && cost === at(row + 1, column) + weightOf(left)) {
      pairs.push({ source: left });
      row += 1;
    } else {
      pairs.push({ held: held[column] });
      column += 1;
    }
  }
  return { pairs, cost: at(0, 0) };
}

/** Of one kind at most as much as of leaving one out; of two kinds never. */
function exchangeCost(source: Step, held: Step): number {
  if (source.kind !== held.kind) return Infinity;
  const wrong = differingValues(source, held).length;
  if (wrong === 0) return 0;
  const all = Math.max(source.own.length + source.given.length, 1);
  return weightOf(source) * (0.25 + 0.75 * (wrong / all));
}
