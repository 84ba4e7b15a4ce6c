import type { FirmwareContext, FirmwareRule } from '../rule';
import { declarationsOf } from '../../firmware/join/alignment';
import type { FileFix } from '../../model/problem';
import { exactBytesText } from '../../text/units';
import type { ModelArray } from '../arrays';
import { usedModelArrays } from '../arrays';
import { inserting } from '../edits';

/** A model's array that is copied into RAM at start-up. */
export const arrayConstant: FirmwareRule = {
  code: 'firmware-array-not-const',
  severity: 'warning',
  documentation: 'The array that holds a model is not const, so that it takes RAM as well as flash.',
  find: (context) =>
    usedModelArrays(context)
      .filter(({ variable }) => !variable.isConstant)
      .map((array) => ({
        file: array.file,
        at: array.variable.nameExtent,
        message: `${array.variable.name} is not const: its ${exactBytesText(array.model.report.model.bytes)} are copied into RAM at start-up and stay there. Write const.`,
        fixes: [constantFix(context, array)],
      })),
};

/** A constant of C++ is only seen in its own file, unless a declaration before says `extern`. */
function constantFix({ firmware }: FirmwareContext, array: ModelArray): FileFix {
  const all = declarationsOf(firmware, array);
  const seen = new Set(firmware.closure(array.file.path));
  const isDeclared = all.some(({ variable, file }) => variable !== array.variable && seen.has(file.path));
  const isAlone = all.length === 1 || array.variable.storage !== 'none' || /\.(?:c|h|hpp)$/.test(array.file.path);
  const word = isDeclared || isAlone ? 'const ' : 'extern const ';
  const edits = all
    .filter(({ variable }) => !variable.isConstant)
    .map(({ file, variable }) =>
      inserting(file, typeStart(file.text, variable), variable === array.variable ? word : 'const '),
    );
  const { bytes } = array.model.report.model;
  return { title: `Make ${array.variable.name} const (${exactBytesText(bytes)} of RAM)`, isPreferred: true, edits };
}

/** Behind `extern` or `static`. */
function typeStart(text: string, { start, end }: { readonly start: number; readonly end: number }): number {
  return start + (/^(?:(?:extern|static)\s+(?:"C"\s*)?)*/.exec(text.slice(start, end))?.[0].length ?? 0);
}
