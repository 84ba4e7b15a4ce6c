import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeTables, type TableValues } from '../../../../src/core/formats/tflite/flatbuffer/tableWriter';
import { parseTable, type Schema } from '../../../../src/core/formats/tflite/schema/notation';
import { assemble } from '../../../support/assemble';
import { check } from '../../../support/check';

const types = {
  enumerations: { Mode: { stored: 'byte', names: ['OFF', 'ON'] } },
  unions: { Either: ['Leaf', 'Pair'] },
} as const;

function schemaOf(root: string): Schema {
  const tables = { Root: root, Leaf: 'value:long', Pair: 'a:int b:int' };
  return {
    tables: new Map(Object.entries(tables).map(([name, notation]) => [name, parseTable(name, notation, types)])),
    root: 'Root',
    identifier: 'TEST',
  };
}

interface Case {
  readonly fields: string;
  readonly values: TableValues;
}

check('A file as written', ({ fields, values }: Case) => writeTables(schemaOf(fields), values), [
  {
    name: 'a number',
    input: { fields: 'n:int', values: { n: -5 } },
    expected: assemble(['u32', 16], 'TEST', ['u16', 6, 8, 4, 0], ['i32', 8, -5]),
  },
  {
    name: 'a default, which is left out',
    input: { fields: 'n:int=3 f:bool=true m:Mode=ON', values: { n: 3, f: true, m: 'ON' } },
    expected: assemble(['u32', 12], 'TEST', ['u16', 4, 4], ['i32', 4]),
  },
  {
    name: 'an empty vector, which is left out, and one that is not',
    input: { fields: 'v:[int] w:[int]!', values: { v: [], w: [] } },
    expected: assemble(['u32', 16], 'TEST', ['u16', 8, 8, 0, 4], ['i32', 8], ['u32', 4, 0]),
  },
  {
    name: 'a string',
    input: { fields: 's:string', values: { s: 'Hi' } },
    expected: assemble(['u32', 16], 'TEST', ['u16', 6, 8, 4, 0], ['i32', 8], ['u32', 4, 2], 'Hi', ['u8', 0]),
  },
  {
    name: 'bytes aligned to 16: their length stands before',
    input: { fields: 'd:[ubyte]@16', values: { d: new Uint8Array([7, 8]) } },
    expected: assemble(['u32', 16], 'TEST', ['u16', 6, 8, 4, 0], ['i32', 8], ['u32', 8, 0, 2], ['u8', 7, 8]),
  },
  {
    name: 'a union: its tag and its table, the larger field first',
    input: { fields: 'e:Either', values: { e: { table: 'Pair', values: { a: 1, b: 2 } } } },
    expected: assemble(
      ['u32', 16],
      'TEST',
      ['u16', 8, 9, 8, 4],
      ['i32', 8],
      ['u32', 16],
      ['u8', 2, 0],
      ['u16', 8, 12, 4, 8, 0],
      ['i32', 10, 1, 2],
    ),
  },
  {
    name: 'one field list for tables of the same form',
    input: {
      fields: 'v:[Pair]',
      values: {
        v: [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
      },
    },
    expected: assemble(
      ['u32', 16],
      'TEST',
      ['u16', 6, 8, 4, 0],
      ['i32', 8],
      ['u32', 4, 2, 16, 24],
      ['u16', 8, 12, 4, 8],
      ['i32', 8, 1, 2, 20, 3, 4],
    ),
  },
  {
    name: 'a 64-bit integer, aligned to 8',
    input: { fields: 'n:long', values: { n: -(2n ** 62n) } },
    expected: assemble(['u32', 16], 'TEST', ['u16', 6, 16, 8, 0], ['i32', 8, 0], ['u32', 0, 0xc0000000]),
  },
  {
    name: 'a number that is too large',
    input: { fields: 'n:byte', values: { n: 128 } },
    fails: 'Root.n cannot hold 128: it takes whole numbers from -128 to 127. Give it one of these.',
  },
  {
    name: 'a fraction',
    input: { fields: 'v:[int]', values: { v: [1, 0.5] } },
    fails: 'Root.v cannot hold 0.5: it takes whole numbers from -2147483648 to 2147483647. Give it one of these.',
  },
  {
    name: 'a name that the enumeration does not have',
    input: { fields: 'm:Mode', values: { m: 'UP' } },
    fails: 'Root.m cannot hold "UP": it takes one of OFF, ON. Correct the value.',
  },
  {
    name: 'a field that the table does not have',
    input: { fields: 'n:int', values: { strideW: 2 } },
    fails: 'Root is to hold "strideW", but Root has no such field.',
  },
  {
    name: 'a table that the union does not have',
    input: { fields: 'e:Either', values: { e: { table: 'Root', values: {} } } },
    fails: 'Root.e cannot hold a "Root". Use a table of its union.',
  },
  {
    name: 'a text for a list',
    input: { fields: 'v:[int]', values: { v: 'x' } },
    fails: 'Root.v takes a list. Correct the value.',
  },
  {
    name: 'a number for a text',
    input: { fields: 's:string', values: { s: 1 } },
    fails: 'Root.s takes a text. Correct the value.',
  },
  {
    name: 'a number for a table',
    input: { fields: 't:Leaf', values: { t: 1 } },
    fails: 'Root.t takes a table. Correct the value.',
  },
]);

describe('A file of more than 2 GB', () => {
  it('is refused before memory is taken for it', () => {
    const megabytes = new Uint8Array(64 * 2 ** 20);
    const parts = Array.from({ length: 33 }, () => ({ data: megabytes.subarray() }));
    const schema = schemaOf('parts:[Part]');
    const tables = new Map([...schema.tables, ['Part', parseTable('Part', 'data:[ubyte]@16', types)]]);
    assert.throws(() => writeTables({ ...schema, tables }, { parts }), {
      name: 'ModelError',
      message:
        'The model takes more than 2 GB, which a .tflite file cannot hold. Make it smaller, or keep its weights in external files.',
    });
  });
});
