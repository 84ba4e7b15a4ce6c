import { modelArrays } from '../arrays';
import { builtName, differenceText } from '../linkText';
import type { FirmwareContext, FirmwareNote, ModelLink } from '../rule';

/** At an array: which program built its model, and in what that is another one now. */
export function builtNotes(context: FirmwareContext): readonly FirmwareNote[] {
  const arrays = modelArrays(context);
  return arrays.flatMap(({ file, variable, model }): readonly FirmwareNote[] => {
    const links = context.links.filter(({ held }) => held === model);
    if (links.length === 0) return [];
    return [
      {
        file,
        at: variable.nameExtent,
        says: links.map(sentence),
        models: [],
        places: [],
        programs: links.flatMap(({ built: { place } }) =>
          place === undefined ? [] : [{ name: place.file.slice(place.file.lastIndexOf('/') + 1), place }],
        ),
      },
    ];
  });
}

function sentence(link: ModelLink): string {
  const name = builtName(link);
  if (link.isSame) return `Built by ${name}: the same layers, shapes and options.`;
  return `${link.isSure ? 'Built' : 'Perhaps built'} by another version of ${name}: ${differenceText(link)}.`;
}
