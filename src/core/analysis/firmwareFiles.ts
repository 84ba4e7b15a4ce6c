import { isLeftOut, leftOutFolders } from '../buildFiles/leftOut';
import { extensionsOf, firmwareKinds, kindOfPath, modelPattern, resultKind } from '../formats/kinds';

/** The sources of TFLM itself, which are no firmware; where the folder is TFLM and no copy of it, its examples are. */
const runtimeSources =
  /(?:^|\/)(?:tensorflow\/lite(?!(?<=^tensorflow\/lite)\/micro\/(?:examples|models)\/)|tflite-micro|third_party)\//;

/** Sources of TFLM that hold a model, which its examples and benchmarks run. */
const runtimeModel = /(?:model[^/]*_data|_model)\.(?:c|cc|cpp|cxx|h|hpp)$/;

/** Files of a folder of which more are not looked at. */
export const mostFirmwareFiles = 20_000;

/** Whether a file is TFLM's own, as its path says. */
export function isOfRuntime(path: string): boolean {
  return runtimeSources.test(path);
}

/** Whether a file, named by its path in the folder that is looked through, is a source of a firmware. */
export function isFirmwareSource(path: string): boolean {
  if (kindOfPath(path)?.isFirmware !== true) return false;
  return isOwn(path) || (isOfRuntime(path) && runtimeModel.test(path) && !isLeftOutPath(path));
}

/** Whether a file, named in the same way, holds a model that an array of the firmware may be made from. */
export function isFirmwareModel(path: string): boolean {
  return kindOfPath(path)?.id === resultKind.id && isOwn(path);
}

function isOwn(path: string): boolean {
  return !isOfRuntime(path) && !isLeftOutPath(path);
}

function isLeftOutPath(path: string): boolean {
  return path.split('/').slice(0, -1).some(isLeftOut);
}

/** Glob patterns of the sources, of models beside them, and of what is not looked into. */
export function firmwarePatterns(): { readonly sources: string; readonly models: string; readonly leftOut: string } {
  return {
    sources: `**/*.{${extensionsOf(firmwareKinds).join(',')}}`,
    models: modelPattern([resultKind]),
    leftOut: `{${leftOutFolders.map((pattern) => `**/${pattern}/**`).join(',')}}`,
  };
}
