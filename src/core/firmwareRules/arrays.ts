import type { Firmware } from '../firmware/firmware';
import { isHeldBy } from '../firmware/join/pairing';
import type { Variable } from '../firmware/join/scopes';
import type { FirmwareContext, FirmwareModel } from './rule';

/** The array that holds a model. */
export interface ModelArray extends Variable {
  readonly model: FirmwareModel;
}

/** Arrays that hold models, where they are defined. */
export function modelArrays({ firmware, models }: FirmwareContext): readonly ModelArray[] {
  return models.flatMap((model) => {
    const file = model.array === undefined ? undefined : firmware.file(model.path);
    const variable = file?.syntax.variables.find(
      (each) =>
        each.dimensions.length > 0 &&
        (each.storage !== 'extern' || each.initializer !== undefined) &&
        isHeldBy(model, { file, variable: each }),
    );
    return file === undefined || variable === undefined ? [] : [{ file, variable, model }];
  });
}

/**
 * Of these the ones that the program may hold: an array that nothing names is left out by the linker. Without an
 * interpreter whose parts are seen nobody knows what else uses them.
 */
export function usedModelArrays(context: FirmwareContext): readonly ModelArray[] {
  const { firmware, pairings } = context;
  const run = new Set(pairings.flatMap(({ models }) => models));
  const areAllKnown = pairings.length > 0 && pairings.every(({ isModelSure }) => isModelSure);
  return modelArrays(context).filter((array) => {
    if (pairings.length === 0 || run.has(array.model)) return true;
    return !areAllKnown && isMentioned(firmware, array);
  });
}

/** Whether a name stands anywhere but where it is declared. */
function isMentioned(firmware: Firmware, { variable: { name } }: Variable): boolean {
  return firmware.naming(name).some((file) => {
    const mentions = file.text.split(name).filter((rest, index) => index > 0 && !/^\w/.test(rest));
    return mentions.length > file.variablesNamed(name).length;
  });
}

/** Arenas that are declared arrays, each once. */
export function arenaArrays({ pairings }: FirmwareContext): readonly Variable[] {
  const found = new Map<unknown, Variable>();
  for (const { arena } of pairings) {
    for (const origin of arena?.origins ?? []) {
      if (origin.kind !== 'variable') continue;
      const { variable } = origin;
      const { dimensions, typeName } = variable.variable;
      if (dimensions.length === 0 && typeName !== 'array') continue;
      // Who rounds the address up has seen to it.
      if (!origin.isAdjusted) found.set(variable.variable, variable);
    }
  }
  return [...found.values()];
}
