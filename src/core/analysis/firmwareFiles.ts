import { isLeftOut, leftOutFolders } from '../buildFiles/leftOut';
import type { FormatKind } from '../formats/kinds';
import { extensionsOf, formatKinds, kindOfPath } from '../formats/kinds';

/** The sources of TFLM itself, which are no firmware. */
const runtimeSources = /(?:^|\/)(?:tensorflow\/lite|tflite-micro|third_party)\//;

/** Files of a folder of which more are not looked at. */
export const mostFirmwareFiles = 20_000;

/** Whether a file is TFLM's own, as its path says. */
export function isOfRuntime(path: string): boolean {
  return runtimeSources.test(path);
}

/** Whether a file, named by its path in the folder that is looked through, is a source of a firmware. */
export function isFirmwareSource(path: string): boolean {
  if (kindOfPath(path)?.isSource !== true || isOfRuntime(path)) return false;
  return !path.split('/').slice(0, -1).some(isLeftOut);
}

/** Glob patterns of the sources, and of what is not looked into. */
export function firmwarePatterns(): { readonly sources: string; readonly leftOut: string } {
  const sources = formatKinds.filter((kind: FormatKind) => kind.isSource === true);
  return {
    sources: `**/*.{${extensionsOf(sources).join(',')}}`,
    leftOut: `{${leftOutFolders.map((pattern) => `**/${pattern}/**`).join(',')}}`,
  };
}
