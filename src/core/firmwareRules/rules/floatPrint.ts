import { activityAt } from '../../firmware/firmware';
import { calledName } from '../../firmware/syntax/expression';
import type { FileFix } from '../../model/problem';
import { inserting } from '../edits';
import type { FirmwareContext, FirmwareHit, FirmwareRule } from '../rule';

/** Functions of the C library that format, by where their format stands. MicroPrintf() formats by itself. */
const formatting: ReadonlyMap<string, number> = new Map([
  ['printf', 0],
  ['fprintf', 1],
  ['sprintf', 1],
  ['snprintf', 2],
]);

/** A conversion of a floating-point number. */
const floatConversion = /%[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?L?[fFeEgGaA]/;

/** Frameworks that link newlib-nano without it: platform.txt of arduino/ArduinoCore-samd (--specs=nano.specs). */
const without: readonly string[] = ['arduino-samd'];

/** Floats that the C library leaves out of what it prints. */
export const floatPrint: FirmwareRule = {
  code: 'firmware-float-print',
  severity: 'information',
  documentation: 'A float is printed by a C library that leaves floats out, so that nothing stands in its place.',
  find: (context) => (printsNone(context) ? prints(context) : []),
};

/** As the build says, or the framework of the board that all models are analysed for. */
function printsNone({ firmware, models, pairings }: FirmwareContext): boolean {
  if (pairings.length === 0 || firmware.naming('_printf_float').length > 0) return false;
  if (firmware.printsFloats !== undefined) return !firmware.printsFloats;
  const frameworks = models.map(({ target }) => target.board?.framework.id);
  return frameworks.length > 0 && frameworks.every((each) => each !== undefined && without.includes(each));
}

function prints({ firmware }: FirmwareContext): readonly FirmwareHit[] {
  const files = firmware.naming('printf').filter(({ text }) => floatConversion.test(text));
  return files.flatMap((file) =>
    file.syntax.calls.flatMap(({ call, start }): readonly FirmwareHit[] => {
      const position = call.callee.kind === 'name' ? formatting.get(calledName(call) ?? '') : undefined;
      const format = position === undefined ? undefined : call.arguments.at(position);
      if (format?.kind !== 'string' || !floatConversion.test(format.text)) return [];
      if (activityAt(file, start) !== 'yes') return [];
      return [
        {
          file,
          at: format,
          message:
            'newlib-nano prints no floats: nothing stands where this one should. Link with -u _printf_float, or print integers.',
          fixes: linkFixes(file),
        },
      ];
    }),
  );
}

/** A symbol that is only named links the code, as `-u` does. */
function linkFixes(file: FirmwareHit['file']): readonly FileFix[] {
  const last = file.branches.includes.at(-1);
  if (last === undefined || file.path.endsWith('.c')) return [];
  const edits = [inserting(file, last.end, '\nasm(".global _printf_float");')];
  return [{ title: 'Link the code that prints floats', isPreferred: true, edits }];
}
