import type { OptionChange } from '../../core/compress/kind';
import { kindOf } from '../../core/compress/kinds';
import type { CompressionTask } from '../compress/compression';
import { compress } from './compressCommands';
import type { CommandServices } from './services';

/**
 * Does a compression again: with what a layer suggests, to another point of the trade-off, or, without a change, with
 * everything asked again.
 */
export async function compressAgain(services: CommandServices, task?: unknown, change?: unknown): Promise<void> {
  const { source, how } = task as CompressionTask;
  const kind = kindOf(how.kind);
  if (change === undefined) {
    const options = kind.questions?.goal?.reopened(how.options) ?? how.options;
    return compress(services, kind, source, { options });
  }
  const options = kind.changed(how.options, change as OptionChange);
  await services.compressions.run({ source, how: { ...how, options } });
}
