import type { Fields, FieldValue } from './protobuf';

export function isFields(value: FieldValue | undefined): value is Fields {
  return value instanceof Map;
}

export function fieldIn(fields: Fields | undefined, name: string): Fields | undefined {
  const value = fields?.get(name);
  return isFields(value) ? value : undefined;
}

export function fieldsIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields.get(name);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields.get(name);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

export function textIn(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

export function numberIn(fields: Fields, name: string): number {
  const value = fields.get(name);
  return typeof value === 'number' ? value : 0;
}

export function numbersIn(fields: Fields, name: string): readonly number[] | undefined {
  const value = fields.get(name);
  return Array.isArray(value) ? (value as readonly number[]) : undefined;
}
