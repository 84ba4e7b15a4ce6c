import { modelName } from '../needs';
import type { ServingResolver } from '../operators';
import { addedKinds, missingKinds, servingResolvers } from '../operators';
import type { FirmwareContext, FirmwareNote } from '../rule';
import { operatorsText, pairingPlaces, pairingText } from './pairingText';

/** Beside a resolver: how many operators it has, how many are missing and how many no model uses. */
export function resolverNotes(context: FirmwareContext): readonly FirmwareNote[] {
  return servingResolvers(context)
    .filter(({ pairings }) => pairings.some(({ models }) => models.length > 0))
    .map((serving) => {
      const { at, file } = serving.resolver;
      const models = [...new Set(serving.pairings.flatMap((pairing) => pairing.models))];
      return {
        file,
        at,
        hint: hintOf(serving),
        says: [
          `${models.map(modelName).join(' and ')} ${models.length === 1 ? 'uses' : 'use'} ${serving.needed.join(', ')}.`,
          addedSentence(serving),
          ...pairingText(serving.pairings[0]),
        ],
        models,
        places: pairingPlaces(serving.pairings[0]),
      };
    });
}

function hintOf(serving: ServingResolver): string {
  const { resolver, needed, isSure } = serving;
  if (resolver.kind === 'all') return `all operators, ${needed.length} used`;
  const added = addedKinds(resolver.adds);
  const missing = missingKinds(serving).length;
  const unused = added.filter((kind) => !needed.includes(kind)).length;
  const parts = isSure
    ? [...(missing > 0 ? [`${missing} missing`] : []), ...(unused > 0 ? [`${unused} unused`] : [])]
    : [];
  return [operatorsText(added.length), ...parts].join(', ');
}

function addedSentence(serving: ServingResolver): string {
  const { resolver, isSure } = serving;
  if (resolver.kind === 'all') return 'The resolver brings the kernels of all operators.';
  const added = addedKinds(resolver.adds);
  const missing = missingKinds(serving);
  const all = added.length === 0 ? 'Nothing is added to it' : `Added are ${added.join(', ')}`;
  if (!isSure) return `${all}, as far as it is seen: it may be handed on, or conditions are not known.`;
  return missing.length === 0 ? `${all}: nothing is missing.` : `${all}; missing: ${missing.join(', ')}.`;
}
