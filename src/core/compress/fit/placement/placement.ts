import { placeWithin } from './branchAndBound';
import { climb, type Placement } from './climb';
import { Effort } from './effort';
import { PlacementProblem, type LiveBuffer } from './problem';

interface FoundPlacement extends Placement {
  /** True at the lower bound, and where every shorter placement was tried. */
  readonly isShortest: boolean;
}

/** Steps of a search by changes, and of the whole search, which are some 60 ms and 150 ms on a desktop processor. */
const climbSteps = 1_500_000;
const exactSteps = 600_000;
const seed = 1;
const granuleBytes = 16;

/**
 * The shortest placement of buffers that can be found in the time of a click. Sizes are multiples of 16. A search by
 * changes finds the lower bound for most models; where it does not, a search of everything shows that it cannot be
 * reached, or reaches it. Cancelled, it gives the best so far.
 */
export function placeBuffers(buffers: readonly LiveBuffer[], isCancelled: () => boolean): FoundPlacement {
  const problem = new PlacementProblem(buffers);
  let best: Placement = climb(problem, new Effort(climbSteps, seed, isCancelled));
  const effort = new Effort(exactSteps, seed, isCancelled);
  let capacity = problem.lowerBound;
  let isShortest = best.endBytes <= capacity;
  while (!isShortest && capacity < best.endBytes) {
    const answer = placeWithin(problem, capacity, effort);
    if (answer === 'unknown') break;
    if (answer !== 'impossible') best = { offsets: answer, endBytes: problem.end(answer) };
    else capacity += granuleBytes;
    isShortest = best.endBytes <= capacity;
  }
  return { ...best, isShortest };
}
