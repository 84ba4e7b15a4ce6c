import { variablesNamed } from '../../lastBuild/elfFile';
import { memoryAt } from '../../lastBuild/memories';
import { exactBytesText } from '../../text/units';
import { staleSentence } from '../builtRooms';
import { modelArrays } from '../arrays';
import type { FirmwareHit, FirmwareRule } from '../rule';

/** An array with a model that flash has no room for, beside what the last build put there. */
export const modelRoom: FirmwareRule = {
  code: 'firmware-build-flash',
  severity: 'error',
  documentation: 'The array that holds a model is larger than what the last build leaves of its memory.',
  find: (context) =>
    modelArrays(context).flatMap(({ file, variable, model }): readonly FirmwareHit[] => {
      const build = context.buildOf(file.path)?.last;
      const [built, another] = build?.program === undefined ? [] : variablesNamed(build.program, variable.name);
      const region = built && build && memoryAt(build.regions, built.address);
      if (build === undefined || built === undefined || another !== undefined || region === undefined) return [];
      const { bytes } = model.report.model;
      const most = built.bytes + region.bytes - region.takenBytes;
      if (bytes <= most) return [];
      return [
        {
          file,
          at: variable.nameExtent,
          message: [
            `The ${exactBytesText(bytes)} of ${variable.name} are ${exactBytesText(bytes - most)} more than ${region.name} has room for:`,
            `the last build (${build.file}) had ${exactBytesText(built.bytes)} of it and ${exactBytesText(most - built.bytes)} free.`,
            'Quantize or prune the model, or give the program a larger partition.',
            ...staleSentence(build),
          ].join(' '),
        },
      ];
    }),
};
