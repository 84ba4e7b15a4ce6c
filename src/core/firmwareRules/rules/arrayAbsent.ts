import type { PlacedName } from '../../firmware/join/origins';
import type { FirmwareHit, FirmwareRule } from '../rule';

/** A model's array that no source holds, so that nothing can be said about what runs it. */
export const arrayAbsent: FirmwareRule = {
  code: 'firmware-array-absent',
  severity: 'information',
  documentation: 'The array that an interpreter gets is in no source: the build makes it, or it is not checked in.',
  find: ({ pairings }) => {
    const all = pairings.filter(({ activity }) => activity === 'yes').flatMap(({ absent }) => absent);
    return [...new Map(all.map((each) => [`${each.file.path} ${each.name}`, each])).values()].map(hitOf);
  },
};

function hitOf({ name, file, start, end }: PlacedName): FirmwareHit {
  const message = `No source of the folder holds ${name}, so that its arena and its resolver are not checked: the build makes it, or it is not checked in. Name the model that it is made from in milliwatt.json: under "models", with "path" and "array": "${name}".`;
  return { file, at: { start, end }, message };
}
