import { otherData } from '../compress/alternatives';
import type { CompressionTask } from '../compress/compression';
import { suggestedOptions } from '../compress/suggestedOptions';
import { pruneTask, quantizeTask } from '../compress/tasks';
import { prune, quantize } from './compressCommands';
import type { CommandServices } from './services';

/** What is to be other than at the first time. */
interface Change {
  /** What a layer's suggestion says. */
  readonly option?: string;
  /** Share of the multiply-accumulates that are to go: a point of the trade-off. */
  readonly macsShare?: number;
}

/** Does a compression again: with what a layer suggests, to another point of the trade-off, or with everything asked anew. */
export async function compressAgain(services: CommandServices, task?: unknown, change?: unknown): Promise<void> {
  const { source, how } = task as CompressionTask;
  const { macsShare, option } = (change ?? {}) as Change;
  if (how.kind === 'quantize') {
    if (option === undefined || option === otherData) return quantize(services, source, { options: how.options });
    const options = suggestedOptions(how.options, option);
    await services.compressions.run(quantizeTask(source, how.data, options));
    return;
  }
  if (macsShare === undefined) return prune(services, source, { options: { ...how.options, goal: undefined } });
  const options = { ...how.options, ratio: undefined, layers: [], goal: { macsShare } };
  await services.compressions.run(pruneTask(source, how.data, options));
}
