import { libraryBytes } from '../../lastBuild/libraryBytes';
import { exactBytesText } from '../../text/units';
import { staleSentence } from '../builtRooms';
import { servingResolvers } from '../operators';
import type { FirmwareContext, FirmwareModel, FirmwareNote } from '../rule';

/** At a resolver: what TFLM takes of flash in the last build, beside what is estimated. */
export function libraryNotes(context: FirmwareContext): readonly FirmwareNote[] {
  return servingResolvers(context).flatMap(({ resolver, pairings }): readonly FirmwareNote[] => {
    const build = context.buildOf(resolver.file.path)?.last;
    const real = build && libraryBytes(build.objects);
    if (build === undefined || real === undefined) return [];
    const functions =
      real.functionBytes === 0 ? '' : `, and those of the kernel functions ${exactBytesText(real.functionBytes)}`;
    const models = [...new Set(pairings.flatMap((pairing) => pairing.models))];
    return [
      {
        file: resolver.file,
        at: resolver.at,
        says: [
          `In the last build (${build.file}) the object files of TFLM take ${exactBytesText(real.tflmBytes)} of flash${functions}.`,
          ...models.slice(0, 1).flatMap(estimateSentence),
          ...staleSentence(build),
        ],
        models: [],
        places: [],
      },
    ];
  });
}

function estimateSentence({ report: { flash } }: FirmwareModel): readonly string[] {
  if (flash?.runtimeBytes === undefined || flash.kernelBytes === undefined) return [];
  return [
    `Estimated are ${exactBytesText(flash.runtimeBytes)} for the interpreter with start-up and ${exactBytesText(flash.kernelBytes)} for kernels (${flash.basis}).`,
  ];
}
