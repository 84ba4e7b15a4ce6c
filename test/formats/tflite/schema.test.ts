import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bitsPerElement } from '../../../src/core/model/dataType';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import { builtinOperators } from '../../../src/core/formats/tflite/schema/builtinOperators';
import { enumerations } from '../../../src/core/formats/tflite/schema/enumerations';
import { parseTable, type TableType } from '../../../src/core/formats/tflite/schema/notation';
import { check } from '../../support/check';

const noTypes = { enumerations: {}, unions: {} };

check(
  'A table in compact notation',
  (notation: string) => [
    ...parseTable('T', notation, {
      enumerations: { Mode: { stored: 'byte', names: ['OFF', 'ON'] } },
      unions: { Either: ['A', 'B'] },
    }).fields.values(),
  ],
  [
    { name: 'empty', input: '', expected: [] },
    {
      name: 'scalar with default, snake case',
      input: 'stride_w:int=1',
      expected: [{ name: 'strideW', slot: 0, type: { kind: 'scalar', scalar: 'int' }, otherwise: 1, always: false }],
    },
    {
      name: 'enumeration with a named default, after a union that takes two slots',
      input: 'details:Either mode:Mode=ON',
      expected: [
        { name: 'details', slot: 1, type: { kind: 'union', members: ['A', 'B'] }, otherwise: 0, always: false },
        {
          name: 'mode',
          slot: 2,
          type: { kind: 'scalar', scalar: 'byte', names: ['OFF', 'ON'] },
          otherwise: 1,
          always: false,
        },
      ],
    },
    {
      name: 'vectors, marked and aligned',
      input: 'items:[Item]! data:[ubyte]@16',
      expected: [
        {
          name: 'items',
          slot: 0,
          type: { kind: 'vector', of: { kind: 'table', table: 'Item' } },
          otherwise: 0,
          always: true,
        },
        {
          name: 'data',
          slot: 1,
          type: { kind: 'vector', of: { kind: 'scalar', scalar: 'ubyte' } },
          otherwise: 0,
          always: false,
          alignment: 16,
        },
      ],
    },
    { name: 'no type', input: 'items', fails: 'The schema notation "items" is not name:type.' },
  ],
);

/** Numbers as other tools print them, written down by hand. */
check('Numbers of builtin operators', (name: string) => builtinOperators.indexOf(name), [
  { name: 'first', input: 'ADD', expected: 0 },
  { name: 'CONV_2D', input: 'CONV_2D', expected: 3 },
  { name: 'CUSTOM', input: 'CUSTOM', expected: 32 },
  { name: 'WHILE', input: 'WHILE', expected: 119 },
  { name: 'the last that fits one byte', input: 'PLACEHOLDER_FOR_GREATER_OP_CODES', expected: 127 },
  { name: 'VAR_HANDLE', input: 'VAR_HANDLE', expected: 142 },
  { name: 'last', input: 'STABLEHLO_CASE', expected: 209 },
]);

check(
  'Numbers of options tables',
  (name: string) => {
    const { type } = tfliteSchema.tables.get('Operator')!.fields.get('builtinOptions')!;
    return type.kind === 'union' ? type.members.indexOf(name) + 1 : 0;
  },
  [
    { name: 'Conv2DOptions', input: 'Conv2DOptions', expected: 1 },
    { name: 'FullyConnectedOptions', input: 'FullyConnectedOptions', expected: 8 },
    { name: 'ReshapeOptions', input: 'ReshapeOptions', expected: 17 },
    { name: 'WhileOptions', input: 'WhileOptions', expected: 93 },
    { name: 'last', input: 'BitwiseXorOptions', expected: 125 },
  ],
);

describe('The schema', () => {
  it('names no table, as a field, that it does not have', () => {
    const missing = [...tfliteSchema.tables.values()].flatMap((table) =>
      children(table).filter((child) => !tfliteSchema.tables.has(child)),
    );
    assert.deepStrictEqual(missing, []);
  });

  it('lets no table contain itself, which bounds how deep a file can nest', () => {
    assert.equal(depth(tfliteSchema.root, []), 6);
  });

  it('has every element type that tensors can have', () => {
    const types = enumerations.TensorType.names.map((name) => name.toLowerCase());
    assert.deepStrictEqual(types, Object.keys(bitsPerElement));
  });

  it('gives every union value a table of at most 127 members', () => {
    for (const table of tfliteSchema.tables.values()) {
      for (const { type } of table.fields.values()) if (type.kind === 'union') assert.ok(type.members.length <= 127);
    }
  });

  it('counts the slots of a table without fields', () => {
    assert.equal(parseTable('T', '', noTypes).slots, 0);
  });
});

function children(table: TableType): readonly string[] {
  return [...table.fields.values()].flatMap(({ type }): readonly string[] => {
    if (type.kind === 'union') return type.members;
    const element = type.kind === 'vector' ? type.of : type;
    return element.kind === 'table' ? [element.table] : [];
  });
}

function depth(table: string, above: readonly string[]): number {
  assert.ok(!above.includes(table), `${table} contains itself`);
  const below = children(tfliteSchema.tables.get(table)!).map((child) => depth(child, [...above, table]));
  return 1 + Math.max(0, ...below);
}
