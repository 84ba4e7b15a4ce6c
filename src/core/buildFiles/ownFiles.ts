import { buildFileKinds, buildFilePlaceOf, isLike } from './buildFiles';
import type { BuildFilePlace } from './buildFiles';
import type { BuildReading } from './facts';
import { isLeftOut } from './leftOut';

/** A build file of a folder, read. */
export interface FolderFile {
  readonly path: string;
  readonly place: BuildFilePlace;
  readonly reading: BuildReading;
}

/** Folders of libraries, whose own examples and build files say nothing about a project. */
const libraryFolders: ReadonlySet<string> = new Set(['libraries', 'third_party', 'external', 'tflite-micro']);

/** What a path, in the folder that is looked through, is as a build file; nothing for those of foreign code. */
export function ownBuildFilePlace(path: string): BuildFilePlace | undefined {
  const place = buildFilePlaceOf(path);
  if (place === undefined) return undefined;
  const folders = place.folder.split('/');
  const isForeign = (folder: string): boolean => place.kind.isVendored !== true && libraryFolders.has(folder);
  // TensorFlow's own examples lie in it, whatever the folder around it is called.
  const isExample = place.kind.isVendored !== true && /(?:^|\/)tensorflow\/lite(?:\/|$)/.test(place.folder);
  return isExample || folders.some((folder) => isLeftOut(folder) || isForeign(folder)) ? undefined : place;
}

/** Whether a folder, in the folder that is looked through, may have build files below it. */
export function mayHoldBuildFiles(folder: string): boolean {
  const parts = folder.split('/');
  // Folders of libraries may hold copies of TFLM.
  const at = parts.findIndex(isLeftOut);
  if (at < 0) return true;
  const below = parts.slice(at);
  return buildFileKinds
    .flatMap(({ names }) => names.map((name) => name.split('/').slice(0, -1)))
    .some((wanted) => below.length <= wanted.length && below.every((part, index) => isLike(part, wanted[index])));
}
