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
