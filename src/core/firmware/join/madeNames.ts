import { folderDistance } from '../firmware';

/** Names that `xxd -i` gives to a file's array, called in each of the folders above it: `models_kws_tflite`. */
export function arrayNames(path: string): readonly string[] {
  return tails(path).map((tail) => (/^\d/.test(tail) ? `__${tail}` : tail));
}

/**
 * All names under which a program finds a model's file that its build turns into an array: that of `xxd -i`, that of
 * TFLM's generate_cc_arrays.py, and the symbol of `objcopy` and `ld -b binary`, which ESP-IDF's EMBED_FILES takes.
 */
export function namesWhenBuilt(path: string): readonly string[] {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return [
    ...arrayNames(path),
    ...tails(path).map((tail) => `_binary_${tail}_start`),
    `g_${stem.replace(/\W/g, '_')}_model_data`,
  ];
}

/** Words of a text that may be such names. */
export function builtNamesIn(text: string): readonly string[] {
  return text.match(/\b(?:g_\w+_model_data|_binary_\w+_start|\w+_tflite)\b/g) ?? [];
}

/** The one with most folders in common with a source; none where two have as many. */
export function nearestOne<Found extends { readonly path: string }>(
  found: readonly Found[],
  from: string,
): Found | undefined {
  const least = Math.min(...found.map(({ path }) => folderDistance(path, from)));
  const near = found.filter(({ path }) => folderDistance(path, from) === least);
  return near.length === 1 ? near[0] : undefined;
}

/** A path without some of its first folders, each as a word. */
function tails(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(index).join('/').replace(/\W/g, '_'));
}
