import type { FormatKind } from '../formats/kinds';
import { extensionsOf, formatKinds, kindOfPath } from '../formats/kinds';

/** Folders of what is built, fetched or kept by programs, as patterns of their names. */
const leftOut = ['.*', 'node_modules', 'build', 'cmake-build-*', 'managed_components', '__pycache__', 'venv'];

/** The sources of TFLM itself, which are no firmware. */
const runtimeSources = /(?:^|\/)(?:tensorflow\/lite|tflite-micro|third_party)\//;

/** Files of a folder of which more are not looked at. */
export const mostFirmwareFiles = 20_000;

/** Whether nothing below a folder of this name belongs to a firmware's own sources. */
export function isLeftOut(folder: string): boolean {
  return leftOut.some((pattern) => {
    const [head, tail] = pattern.split('*');
    return tail === undefined ? folder === pattern : folder.startsWith(head);
  });
}

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
    leftOut: `{${leftOut.map((pattern) => `**/${pattern}/**`).join(',')}}`,
  };
}
