import { kindOf } from '../../core/compress/kinds';
import type { OfferedWork } from '../../core/compress/offers';
import { compress } from './compressCommands';
import { modelFrom } from './modelArgument';
import type { CommandServices } from './services';

/** Does the work that an offer named, on what the model has become in the meantime. */
export async function applyOffer(services: CommandServices, value?: unknown, work?: unknown): Promise<void> {
  const model = modelFrom(value);
  if (model === undefined) return;
  const { kind, options } = work as OfferedWork;
  await compress(services, kindOf(kind), model, { options });
}
