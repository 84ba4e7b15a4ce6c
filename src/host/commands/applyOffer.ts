import type { OfferedWork } from '../../core/compress/offers';
import { modelFrom } from './modelArgument';
import { prune, quantize } from './compressCommands';
import type { CommandServices } from './services';

/** Does the work that an offer named, on what the model has become in the meantime. */
export async function applyOffer(services: CommandServices, value?: unknown, work?: unknown): Promise<void> {
  const model = modelFrom(value);
  if (model === undefined) return;
  const offered = work as OfferedWork;
  if (offered.kind === 'prune') return prune(services, model, { options: offered.options });
  // How ranges are found changes no cost: the settings decide, as they do without an offer.
  const { method } = services.compressions.settingsFor(model).quantize;
  return quantize(services, model, { options: { ...offered.options, method } });
}
