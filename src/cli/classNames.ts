import { dirname, resolve } from 'node:path';
import type { GivenNames } from '../core/compress/judge/classNames';
import { labelLines } from '../core/formats/tflite/associatedFiles';
import { labelsIn } from '../core/project/layers';
import { readFile, readFoundFile } from './files';
import { nearestLayers } from './nearestProject';

/** The names of classes in a file, one a line. */
export function namesFrom(file: string): GivenNames {
  return namesIn(file, readFile(file, 'labels'));
}

/** The names of a model's classes in the nearest project file, there or in the file that it names. */
export function projectClassNames(path: string): GivenNames | undefined {
  const found = labelsIn(nearestLayers(path));
  if (found === undefined) return undefined;
  const { labels, file = '' } = found;
  if (typeof labels !== 'string') return { source: `"labels" in ${file}`, names: labels };
  const named = resolve(dirname(file), labels);
  return namesIn(named, readFoundFile(named, 'labels'));
}

function namesIn(file: string, bytes: Uint8Array): GivenNames {
  return { source: file, names: labelLines(bytes) };
}
