/** Scalar types of FlatBuffers, by the names that schemas use. */
export type ScalarType =
  'bool' | 'byte' | 'ubyte' | 'short' | 'ushort' | 'int' | 'uint' | 'long' | 'ulong' | 'float' | 'double';

/** Bytes of a stored scalar. Source: FlatBuffers internals. */
export const scalarBytes: Readonly<Record<ScalarType, number>> = {
  bool: 1,
  byte: 1,
  ubyte: 1,
  short: 2,
  ushort: 2,
  int: 4,
  uint: 4,
  long: 8,
  ulong: 8,
  float: 4,
  double: 8,
};

export interface ScalarFieldType {
  readonly kind: 'scalar';
  readonly scalar: ScalarType;
  /** Names of an enumeration's values, counted from 0. */
  readonly names?: readonly string[];
}

export type ElementType =
  ScalarFieldType | { readonly kind: 'string' } | { readonly kind: 'table'; readonly table: string };

export type FieldType =
  | ElementType
  | { readonly kind: 'vector'; readonly of: ElementType }
  /** Names of the tables that it can hold, counted from 1; 0 means none. */
  | { readonly kind: 'union'; readonly members: readonly string[] };

export interface Field {
  /** In camel case: `strideW`. */
  readonly name: string;
  /** Position in the vtable. The number that says which table a union holds stands one slot before. */
  readonly slot: number;
  readonly type: FieldType;
  /** Value of a scalar that the file does not hold. */
  readonly otherwise: number;
  /** The vector is written even when it is empty. */
  readonly always: boolean;
  /** Bytes to which the first element of a vector is aligned, where the schema asks for more than its type needs. */
  readonly alignment?: number;
}

export interface TableType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Number of vtable slots that the schema knows. */
  readonly slots: number;
}

/** All tables by name, and what the root is. */
export interface Schema {
  readonly tables: ReadonlyMap<string, TableType>;
  readonly root: string;
  /** Four characters at byte 4 of a file. */
  readonly identifier: string;
}

/** Enumerations and unions that field types may name. */
export interface NamedTypes {
  readonly enumerations: Readonly<Record<string, { readonly stored: ScalarType; readonly names: readonly string[] }>>;
  readonly unions: Readonly<Record<string, readonly string[]>>;
}

/**
 * A table from its compact notation: fields in order of their slots, `name:type`, separated by blanks. `[type]` is a
 * vector, `=value` a default other than zero, `!` marks a vector that is written even when empty, `@16` one aligned to
 * 16 bytes.
 */
export function parseTable(name: string, notation: string, types: NamedTypes): TableType {
  const fields = new Map<string, Field>();
  let slot = 0;
  for (const text of notation.split(' ').filter((word) => word !== '')) {
    const field = parseField(text, slot, types);
    fields.set(field.name, field);
    slot = field.slot + 1;
  }
  return { name, fields, slots: slot };
}

function parseField(text: string, slot: number, types: NamedTypes): Field {
  const match = /^(\w+):(\[?)(\w+)\]?(!?)(?:@(\d+))?(?:=(\S+))?$/.exec(text);
  if (match === null) throw new Error(`The schema notation "${text}" is not name:type.`);
  const [, snakeName = '', bracket, typeName = '', mark, alignment, defaultText] = match;
  const members = types.unions[typeName];
  const element = elementType(typeName, types);
  const type: FieldType =
    members !== undefined ? { kind: 'union', members } : bracket === '[' ? { kind: 'vector', of: element } : element;
  return {
    name: camelCase(snakeName),
    slot: type.kind === 'union' ? slot + 1 : slot,
    type,
    otherwise: parseDefault(defaultText, element),
    always: mark === '!',
    ...(alignment === undefined ? {} : { alignment: Number(alignment) }),
  };
}

function elementType(name: string, types: NamedTypes): ElementType {
  const enumeration = types.enumerations[name];
  if (enumeration !== undefined) return { kind: 'scalar', scalar: enumeration.stored, names: enumeration.names };
  if (name === 'string') return { kind: 'string' };
  return name in scalarBytes ? { kind: 'scalar', scalar: name as ScalarType } : { kind: 'table', table: name };
}

function parseDefault(text: string | undefined, type: ElementType): number {
  if (text === undefined) return 0;
  if (text === 'true') return 1;
  return type.kind === 'scalar' && type.names !== undefined ? type.names.indexOf(text) : Number(text);
}

function camelCase(snakeName: string): string {
  return snakeName.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
