import { EventQueue } from '../../src/host/serial/eventQueue';
import type { HeardEvent } from '../../src/protocol/monitorWorker';
import { check } from '../support/check';

/** Batches by the numbers of their lines; what comes out when `taken` are taken before the last batch, then all. */
function taken({
  batches,
  before,
}: {
  readonly batches: readonly (readonly number[])[];
  readonly before: number;
}): unknown {
  const queue = new EventQueue();
  const lines: (number | undefined)[] = [];
  const push = (numbers: readonly number[]): void =>
    queue.push(numbers.map((line): HeardEvent => ({ line, timeMs: 0, event: { type: 'allocate-failed' } })));
  for (const batch of batches.slice(0, -1)) push(batch);
  for (let index = 0; index < before; index += 1) lines.push(queue.take()?.line);
  push(batches.at(-1) ?? []);
  const waiting = queue.length;
  while (queue.length > 0) lines.push(queue.take()?.line);
  return { lines, waiting, after: queue.take() };
}

check('events that wait come out in their order', taken, [
  {
    name: 'over several batches, an empty one among them',
    input: { batches: [[1, 2], [], [3]], before: 0 },
    expected: { lines: [1, 2, 3], waiting: 3, after: undefined },
  },
  {
    name: 'while others arrive',
    input: { batches: [[1, 2, 3], [4]], before: 2 },
    expected: { lines: [1, 2, 3, 4], waiting: 2, after: undefined },
  },
]);
