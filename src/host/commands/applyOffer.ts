import { modelFrom } from './modelArgument';
import { prune, quantize } from './compressCommands';
import type { CommandServices } from './services';

/** Does what an offer says, by its id; what the model has become in the meantime decides. */
export async function applyOffer(services: CommandServices, value?: unknown, id?: unknown): Promise<void> {
  const model = modelFrom(value);
  if (model === undefined) return;
  const { analyses, offers } = services;
  const made = await offers.of(await analyses.settled({ uri: model, costs: 'hints' }));
  const work = made.find(({ offer }) => offer.id === id)?.work;
  if (work?.kind === 'quantize') {
    // How ranges are found changes no cost: the settings decide, as they do without an offer.
    const { method } = services.compressions.settingsFor(model).quantize;
    await quantize(services, model, { options: { ...work.options, method } });
  }
  if (work?.kind === 'prune') await prune(services, model, { options: work.options });
}
