import { dirname, resolve } from 'node:path';
import type { GivenNames } from '../core/compress/judge/classNames';
import { labelLines } from '../core/formats/tflite/associatedFiles';
import { labelsIn } from '../core/project/layers';
import { readFile } from './files';
import { nearestLayers } from './nearestProject';

/** The names of classes in a file, one a line. */
export function namesFrom(file: string): GivenNames {
  return { source: file, names: labelLines(readFile(file, 'labels')) };
}

/** The names of a model's classes in the nearest project file, there or in the file that it names. */
export function projectClassNames(path: string): GivenNames | undefined {
  const found = labelsIn(nearestLayers(path));
  if (found === undefined) return undefined;
  const { labels, file = '' } = found;
  return typeof labels === 'string'
    ? namesFrom(resolve(dirname(file), labels))
    : { source: `"labels" in ${file}`, names: labels };
}
