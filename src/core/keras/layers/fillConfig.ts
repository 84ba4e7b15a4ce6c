import { isList, isMap } from '../configValues';
import type { KerasConfig, KerasFlavour, KerasValue } from '../kerasModel';
import type { LayerKind, LayerParameter, ParameterForm } from './layerKind';

/**
 * The configuration as `get_config()` gives it: what was given, in Keras's form, and defaults of `flavour` for the
 * rest. Names that the kind does not have are kept as they are; a parameter that has to be given and was not is
 * `undefined`.
 */
export function fillConfig(kind: LayerKind, given: KerasConfig, flavour: KerasFlavour): KerasConfig {
  const filled = new Map<string, KerasValue | undefined>();
  for (const parameter of kind.parameters) filled.set(parameter.name, valueOf(parameter, given, flavour));
  for (const { name, form } of kind.parameters) filled.set(name, inForm(filled.get(name), form, filled));
  for (const [name, value] of given) if (!filled.has(name) && !isOldName(kind, name)) filled.set(name, value);
  return filled;
}

function isOldName(kind: LayerKind, name: string): boolean {
  return kind.parameters.some(({ keras2Name }) => keras2Name === name);
}

function valueOf(parameter: LayerParameter, given: KerasConfig, flavour: KerasFlavour): KerasValue | undefined {
  const { name, keras2Name, keras2Default } = parameter;
  if (given.has(name)) return given.get(name);
  if (keras2Name !== undefined && given.has(keras2Name)) return given.get(keras2Name);
  return flavour === 'keras2' && keras2Default !== undefined ? keras2Default : parameter.default;
}

function inForm(
  value: KerasValue | undefined,
  form: ParameterForm | undefined,
  others: KerasConfig,
): KerasValue | undefined {
  if (value === undefined || form === undefined) return value;
  switch (form.kind) {
    case 'sizes':
      return asSizes(value, form.count);
    case 'margins':
      return asMargins(value, form.axes);
    case 'word':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case 'activation':
      return value === null ? 'linear' : value;
    case 'dataFormat':
      return value === null ? 'channels_last' : typeof value === 'string' ? value.toLowerCase() : value;
    case 'asOther':
      return value === null ? others.get(form.other) : asSizes(value, form.count);
  }
}

function asSizes(value: KerasValue, count: number): KerasValue | undefined {
  if (typeof value === 'number') return Array<number>(count).fill(value);
  return isList(value) && value.length === 1 && count > 1 ? undefined : value;
}

function asMargins(value: KerasValue, axes: number): KerasValue | undefined {
  if (axes === 1) {
    if (isList(value) && value.length === 1) return isList(value[0]) ? value[0] : [value[0], value[0]];
    return typeof value === 'number' ? [value, value] : value;
  }
  if (typeof value === 'number') return Array.from({ length: axes }, () => [value, value]);
  if (!isList(value) || value.length !== axes) return undefined;
  return value.map((each) => (typeof each === 'number' ? [each, each] : each));
}

/** Name of an activation function, of a text, or of what a file keeps in its place; `undefined` where not known. */
export function activationName(value: KerasValue | undefined): string | undefined {
  if (value === null) return 'linear';
  if (typeof value === 'string') return value;
  if (!isMap(value)) return undefined;
  const name = value.get('class_name');
  const inner = value.get('config');
  if (name === 'function' && typeof inner === 'string') return inner;
  return typeof name === 'string' ? name : undefined;
}
