import type { OptionChange } from '../../core/compress/kind';
import { kindOf } from '../../core/compress/kinds';
import type { CompressionTask } from '../compress/compression';
import { fileNameOf } from '../places';
import { compress, dataFor } from './compressCommands';
import type { CommandServices } from './services';

/**
 * Does a compression again: with what a layer suggests, to another point of the trade-off, or, without a change, with
 * everything asked again.
 */
export async function compressAgain(services: CommandServices, task?: unknown, change?: unknown): Promise<void> {
  const { source, how, ...form } = task as CompressionTask;
  const kind = kindOf(how.kind);
  if (change === undefined) {
    const options = kind.questions?.goal?.reopened(how.options) ?? how.options;
    return compress(services, kind, source, { options, ...form });
  }
  const options = kind.changed(how.options, change as OptionChange);
  // What was done without samples may need them now.
  const isAsked = how.data === undefined && kind.needs(options).includes('samples');
  const question = {
    title: `Compare ${fileNameOf(source)}`,
    syntheticWarning: 'They show little of what real inputs do',
  };
  const data = isAsked ? await dataFor(services, source, question) : how.data;
  if (isAsked && data === undefined) return;
  await services.compressions.run({ source, how: { ...how, options, ...(data && { data }) }, ...form });
}
