import { exactBytesText } from '../../text/units';
import { arenaPlace } from '../arenas';
import { modelArrays } from '../arrays';
import { builtName, differenceText, isTooLittle } from '../linkText';
import type { FirmwareRule } from '../rule';

/** An array that holds another version of the model that a program beside it builds. */
export const builtOtherwise: FirmwareRule = {
  code: 'firmware-model-version',
  severity: 'information',
  documentation: 'An array holds another version of the model that a program of the workspace builds.',
  find: (context) => {
    const links = context.links.filter(({ isSame, isSure }) => !isSame && isSure);
    return modelArrays(context).flatMap(({ file, variable, model }) =>
      links
        .filter(({ held }) => held === model)
        .map((link) => ({
          file,
          at: variable.nameExtent,
          message:
            `${variable.name} holds another version of ${builtName(link)}: ${differenceText(link)}. ` +
            'Train and convert it, and write the array again, once the program is what shall run.',
        })),
    );
  },
};

/** A program's model that would not fit into the arena which the firmware gives the version that it holds. */
export const builtTooLarge: FirmwareRule = {
  code: 'firmware-arena-ahead',
  severity: 'warning',
  documentation:
    'The model that a program builds needs a larger arena than the firmware gives the version that it holds.',
  find: ({ links }) =>
    links.flatMap((link) => {
      const { built, given, need, isSame, isSure, held } = link;
      // What the firmware holds already is said at the arena itself.
      if (isSame || !isSure || given?.isSure !== true || need === undefined || !isTooLittle(link)) return [];
      if (built.place?.span === undefined) return [];
      const { size, pairing } = given;
      const { file, at } = arenaPlace({ pairing, size, need: { ...need, model: held }, areSure: true });
      const line = file.text.slice(0, at.start).split('\n').length;
      return [
        {
          program: built.place,
          message:
            `As it is written here, this model needs an arena of ${exactBytesText(need.leastBytes)}, but the firmware gives ` +
            `${exactBytesText(size.value)} (${file.path}, line ${line}): AllocateTensors() will fail with it. ` +
            `Give it ${exactBytesText(need.bytes)} there, or make the model smaller.`,
        },
      ];
    }),
};
