import { unzipSync } from 'fflate';

/** No list of labels is longer. */
const mostBytes = 1 << 20;

/** Deflate makes at most so many bytes of one: a member that claims more is damaged. */
const mostGrowth = 1032;

/**
 * The labels of `count` classes that a TFLite file carries as an associated file of its metadata: a text with a line
 * for each, in the archive behind the model. `undefined` where there is none, or none with as many lines.
 */
export function associatedLabels(bytes: Uint8Array, count: number): readonly string[] | undefined {
  return textFiles(bytes)
    .map(labelLines)
    .find((lines) => lines.length === count);
}

/** The lines of a text with one label each; what a terminal would take for a command is blank. */
export function labelLines(text: Uint8Array): readonly string[] {
  const lines = new TextDecoder().decode(text).trimEnd().split(/\r?\n/);
  return lines.map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim());
}

/** The longest comment at an archive's end, and what stands before it. */
const longestEnd = 65_557;

/**
 * An archive behind other bytes: its offsets count from the file's begin, as Python's zipfile appends, or from its own.
 */
function archiveIn(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let end = bytes.length - 22; end >= Math.max(0, bytes.length - longestEnd); end--) {
    if (view.getUint32(end, true) !== 0x06054b50) continue;
    const begin = end - view.getUint32(end + 12, true) - view.getUint32(end + 16, true);
    return bytes.subarray(Math.max(begin, 0));
  }
  return new Uint8Array();
}

/** Those that are called labels first. */
function textFiles(bytes: Uint8Array): readonly Uint8Array[] {
  let kept = 0;
  try {
    const files = unzipSync(archiveIn(bytes), {
      filter({ name, size, originalSize }) {
        if (!/\.txt$/i.test(name) || originalSize > size * mostGrowth + 64) return false;
        kept += originalSize;
        return kept <= mostBytes;
      },
    });
    const isNamed = (name: string): number => (/label/i.test(name) ? 0 : 1);
    return Object.entries(files)
      .sort(([one], [other]) => isNamed(one) - isNamed(other))
      .map(([, text]) => text);
  } catch {
    // No archive behind the model, or a damaged one: the model carries no labels.
    return [];
  }
}
