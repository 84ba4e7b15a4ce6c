import { taskStacksIn, taskStackWords } from '../../firmware/facts/taskStacks';
import { activityAt } from '../../firmware/firmware';
import { constantOf } from '../../firmware/join/constants';
import { reaches } from '../../firmware/join/reach';
import { exactBytesText, groupDigits } from '../../text/units';
import type { FirmwareContext, FirmwareNote } from '../rule';

/** Calls that run kernels on the stack of whoever calls them. */
const kernelCalls: ReadonlySet<string> = new Set(['Invoke', 'AllocateTensors']);

/** At the size of a task's stack: that the interpreter runs on it. */
export function taskNotes({ firmware, pairings }: FirmwareContext): readonly FirmwareNote[] {
  if (pairings.length === 0) return [];
  const files = [...new Set(taskStackWords.flatMap((word) => firmware.naming(word)))];
  return files.flatMap((file) =>
    taskStacksIn(file).flatMap(({ start, end, size, unitBytes, entry, inFunction }): readonly FirmwareNote[] => {
      if (entry === undefined || activityAt(file, start) === 'no') return [];
      if (!reaches(firmware, entry, file, kernelCalls)) return [];
      const value = constantOf(firmware, size, { file, inFunction })?.value;
      const stack = stackText(value, unitBytes);
      return [
        {
          file,
          at: { start, end },
          hint: `${stack}, runs the interpreter`,
          says: [
            `${entry}() runs the interpreter on this stack: ${stack}.`,
            'What the kernels take of it hangs on compiler and options, and is in no model: a stack that is too small overflows without a message.',
            ...(unitBytes === undefined
              ? ['A unit is a word of 4 bytes with FreeRTOS itself, and a byte with that of ESP-IDF.']
              : []),
          ],
          models: [],
          places: [],
        },
      ];
    }),
  );
}

function stackText(value: number | undefined, unitBytes: number | undefined): string {
  if (value === undefined) return 'stack of unknown size';
  return unitBytes === undefined
    ? `stack of ${groupDigits(value)} units`
    : `stack of ${exactBytesText(value * unitBytes)}`;
}
