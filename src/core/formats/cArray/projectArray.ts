import { kindOfPath, modelPlaceOf } from '../kinds';

/** Without an array of the project: a header, which C and C++ read alike. */
const plainExtension = '.h';

/**
 * Files of a project, or arrays as `file#name`, by how near they lie to one of its files: those with the most folders
 * in common first, then by name. A new array is written in the style of the first that holds a model.
 */
export function byNearness<Place>(places: readonly Place[], file: string, pathOf: (place: Place) => string): Place[] {
  return places
    .map((place) => ({ place, path: pathOf(place) }))
    .map((each) => ({ ...each, shared: sharedFolders(each.path, file) }))
    .sort((left, right) => right.shared - left.shared || (left.path < right.path ? -1 : 1))
    .map(({ place }) => place);
}

/** The ending of a new array's file: that of the file whose style it takes. */
export function arrayExtension(pattern: string | undefined): string {
  const file = pattern === undefined ? '' : modelPlaceOf(pattern).file;
  const extension = /\.\w+$/.exec(file)?.[0] ?? '';
  // A sketch cannot be compiled twice, so that another array goes into a header.
  if (extension.toLowerCase() === '.ino') return plainExtension;
  return kindOfPath(`model${extension}`)?.isFirmware === true ? extension : plainExtension;
}

/** How many folders two files have in common, from the root. */
function sharedFolders(left: string, right: string): number {
  const [own, other] = [left, right].map((path) => path.split(/[\\/]/).slice(0, -1));
  const differs = own.findIndex((part, index) => part !== other[index]);
  return differs < 0 ? own.length : differs;
}
