import type { QuantizeChange } from '../../core/compress/proof';
import { withChange } from '../../core/compress/quantize/change';
import type { CompressionTask } from '../compress/compression';
import { pruneTask, quantizeTask } from '../compress/tasks';
import { prune, quantize } from './compressCommands';
import type { CommandServices } from './services';

/** What is to be other than at the first time. */
interface Difference {
  /** What a suggestion changes. */
  readonly change?: QuantizeChange;
  /** Share of the multiply-accumulates that are to go: a point of the trade-off. */
  readonly macsShare?: number;
}

/**
 * Does a compression again: with what a layer suggests, to another point of the trade-off, or with everything asked
 * anew.
 */
export async function compressAgain(services: CommandServices, task?: unknown, difference?: unknown): Promise<void> {
  const { source, how } = task as CompressionTask;
  const { macsShare, change } = (difference ?? {}) as Difference;
  if (how.kind === 'quantize') {
    if (change === undefined) return quantize(services, source, { options: how.options });
    await services.compressions.run(quantizeTask(source, how.data, withChange(how.options, change)));
    return;
  }
  if (macsShare === undefined) return prune(services, source, { options: { ...how.options, goal: undefined } });
  const options = { ...how.options, ratio: undefined, layers: [], goal: { macsShare } };
  await services.compressions.run(pruneTask(source, how.data, options));
}
