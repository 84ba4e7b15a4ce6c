import type { SourceFile } from '../../firmware/firmware';
import type { Extent } from '../../firmware/syntax/expression';
import type { FirmwareContext, FirmwareNote } from '../rule';

/** What a firmware says of its models stands in files with one of these words. */
const words = ['MicroInterpreter', 'OpResolver', 'GetModel'];

/** Code that is about models, arenas or operators. */
const isAbout = /GetModel|OpResolver|MicroInterpreter|\bAdd[A-Z]\w*\s*\(|arena|model|tflite/i;

/** At code that a condition leaves out: that nothing is said of it, and which condition. */
export function inactiveNotes({ firmware, models, pairings }: FirmwareContext): readonly FirmwareNote[] {
  if (pairings.length === 0) return [];
  const own = models.map(({ path }) => firmware.file(path)).filter((file) => file !== undefined);
  const named = words.flatMap((word) => firmware.naming(word)).flatMap(({ path }) => firmware.closure(path));
  const files = named.map((path) => firmware.file(path)).filter((file) => file !== undefined);
  return [...new Set([...own, ...files])].flatMap((file) =>
    file.branches.stretches
      .filter(({ activity, start, end }) => activity === 'no' && isAbout.test(file.text.slice(start, end)))
      .map((stretch): FirmwareNote => ({
        file,
        at: trimmed(file, stretch),
        hint: 'not compiled',
        says: [
          `Not compiled: ${stretch.condition} does not hold.`,
          'Models, arenas and resolvers of this branch are not looked at; the flags of the build decide.',
        ],
        models: [],
        places: [],
      })),
  );
}

/** Without the white space around it. */
function trimmed({ text }: SourceFile, { start, end }: Extent): Extent {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: Math.max(from, start + part.trimEnd().length) };
}
