import { alignmentOf } from '../../firmware/join/alignment';
import type { Variable } from '../../firmware/join/scopes';
import type { FileFix } from '../../model/problem';
import { arenaArrays, usedModelArrays } from '../arrays';
import { inserting } from '../edits';
import type { FirmwareRule } from '../rule';

/** The alignment that TFLM takes for buffers, and that its own files give to models. */
const wantedBytes = 16;

/** A model's array that may lie at any address. */
export const arrayAlignment: FirmwareRule = {
  code: 'firmware-array-alignment',
  severity: 'warning',
  documentation: 'The array that holds a model declares no alignment: read at an odd address it hangs or faults.',
  find: (context) =>
    usedModelArrays(context)
      .filter((array) => isBelow(alignmentOf(context.firmware, array), 4))
      .map((array) => ({
        file: array.file,
        at: array.variable.nameExtent,
        message: `${array.variable.name} declares no alignment of ${wantedBytes} bytes: where it comes to lie at another address, reading it hangs or faults on the device. Write alignas(${wantedBytes}).`,
        fixes: [alignFix(array)],
      })),
};

/** An arena of which the interpreter cannot use the first or last bytes. */
export const arenaAlignment: FirmwareRule = {
  code: 'firmware-arena-alignment',
  severity: 'information',
  documentation: 'The tensor arena is not aligned to 16 bytes, so that up to 15 bytes of it are lost at each end.',
  find: (context) =>
    arenaArrays(context)
      .filter((array) => isBelow(alignmentOf(context.firmware, array), wantedBytes))
      .map((array) => ({
        file: array.file,
        at: array.variable.nameExtent,
        message: `${array.variable.name} is not aligned to ${wantedBytes} bytes: the interpreter skips up to 15 bytes at each end, and how many changes with every build. Write alignas(${wantedBytes}).`,
        fixes: [alignFix(array)],
      })),
};

function isBelow(alignment: number | undefined, wanted: number): boolean {
  return alignment !== undefined && alignment < wanted;
}

function alignFix({ file, variable }: Variable): FileFix {
  const word = file.path.endsWith('.c') ? `__attribute__((aligned(${wantedBytes})))` : `alignas(${wantedBytes})`;
  const edits = [inserting(file, variable.start, `${word} `)];
  return { title: `Align ${variable.name} to ${wantedBytes} bytes`, isPreferred: true, edits };
}
