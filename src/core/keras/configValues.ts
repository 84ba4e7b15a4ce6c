import type { KerasConfig, KerasValue } from './kerasModel';

/** Values of a configuration by name; `undefined` where a value is of another kind or cannot be known. */

export function numberOf(config: KerasConfig, name: string): number | undefined {
  const value = config.get(name);
  return typeof value === 'number' ? value : undefined;
}

export function textOf(config: KerasConfig, name: string): string | undefined {
  const value = config.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** As Python takes a value for a condition. */
export function isOn(config: KerasConfig, name: string): boolean | undefined {
  const value = config.get(name);
  if (value === undefined) return undefined;
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** A list of numbers, or one number as a list of it. */
export function numbersOf(config: KerasConfig, name: string): readonly number[] | undefined {
  return numbersIn(config.get(name));
}

export function numbersIn(value: KerasValue | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [value];
  if (!isList(value)) return undefined;
  const numbers = value.filter((each) => typeof each === 'number');
  return numbers.length === value.length ? numbers : undefined;
}

/** A list of dimensions, of which some may be open. */
export function dimensionsIn(value: KerasValue | undefined): readonly (number | null | undefined)[] | undefined {
  if (typeof value === 'number') return [value];
  if (!isList(value)) return undefined;
  return value.map((each) => (typeof each === 'number' || each === null ? each : undefined));
}

export function isList(value: KerasValue | undefined): value is readonly (KerasValue | undefined)[] {
  return Array.isArray(value);
}

export function isMap(value: KerasValue | undefined): value is KerasConfig {
  return value instanceof Map;
}
