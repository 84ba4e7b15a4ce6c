import type { FirmwareContext, FirmwareNote } from '../rule';
import { pairingPlaces, pairingText, targetSentence } from './pairingText';

/** At an interpreter: what it was paired with. */
export function interpreterNotes({ pairings }: FirmwareContext): readonly FirmwareNote[] {
  return pairings.map((pairing) => {
    const { file, interpreter, models } = pairing;
    return {
      file,
      at: interpreter.variable?.nameExtent ?? interpreter,
      says: [...pairingText(pairing), ...models.slice(0, 1).map(targetSentence)],
      models,
      places: pairingPlaces(pairing),
    };
  });
}
