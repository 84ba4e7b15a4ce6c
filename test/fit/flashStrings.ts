import { indexImages, setBytes, totalBytes } from '../../src/core/runtimes/tflm/codeImages';
import type { CompactLibrary } from './flashCompact';
import type { LinkedImages } from './flashTypes';

/**
 * The share of strings that several operators have in common, by least squares over the images with log strings: what
 * the union of sections is above the linked image, against the strings beyond those of the operator that has most. One
 * number for all cores and both libraries.
 */
export function stringOverlap(
  { flash }: LinkedImages,
  libraries: Readonly<Record<string, CompactLibrary>>,
): { readonly value: number; readonly images: number } {
  const points = Object.entries(libraries).flatMap(([library, table]) => {
    const compact = indexImages(table);
    return [...compact.images]
      .filter(([key]) => key.endsWith('|release_with_logs'))
      .flatMap(([key, image]) =>
        flash[`${key}|${library}|newlib-nano`].sets.map((set) => {
          const operators = new Set(set.ops.map((name) => compact.operators.indexOf(name)));
          const bytes = setBytes(compact, image, operators);
          return {
            excess: image.base + totalBytes(bytes.byOrigin) - set.flash_total,
            shared: bytes.byOrigin.strings - bytes.largestStrings,
          };
        }),
      );
  });
  const product = points.reduce((sum, point) => sum + point.excess * point.shared, 0);
  const square = points.reduce((sum, point) => sum + point.shared ** 2, 0);
  return { value: Number((product / square).toFixed(4)), images: points.length };
}
