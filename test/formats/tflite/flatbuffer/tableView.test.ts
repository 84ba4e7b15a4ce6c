import { BoundedBytes } from '../../../../src/core/formats/tflite/flatbuffer/boundedBytes';
import { TableView } from '../../../../src/core/formats/tflite/flatbuffer/tableView';
import { parseTable, type Schema } from '../../../../src/core/formats/tflite/schema/notation';
import { assemble, type Part } from '../../../support/assemble';
import { check } from '../../../support/check';

const types = {
  enumerations: { Mode: { stored: 'byte', names: ['OFF', 'ON'] } },
  unions: { Either: ['Leaf', 'Pair'] },
} as const;

/** A schema of one table `Root` with these fields, next to two small ones. */
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
  readonly bytes: Uint8Array;
}

/** The root table at byte 16, with a field list of one slot at byte 8 and four bytes of its own at byte 20. */
const oneSlot = (...rest: readonly Part[]): Uint8Array =>
  assemble(['u32', 16], 'TEST', ['u16', 6, 8, 4, 0], ['i32', 8], ...rest);

/** As `oneSlot` for a union: its tag at byte 20, its offset at byte 24. */
const twoSlots = (...rest: readonly Part[]): Uint8Array =>
  assemble(['u32', 16], 'TEST', ['u16', 8, 12, 4, 8], ['i32', 8], ...rest);

check(
  'A hand-assembled file',
  ({ fields, bytes }: Case) => {
    const file = new BoundedBytes(bytes);
    const values = TableView.root(file, schemaOf(fields)).values();
    return file.unknownSlots.size === 0 ? values : { ...values, unknownSlots: [...file.unknownSlots] };
  },
  [
    { name: 'a number', input: { fields: 'n:int', bytes: oneSlot(['i32', -5]) }, expected: { n: -5 } },
    { name: 'a float', input: { fields: 'n:float', bytes: oneSlot(['u32', 0x3fc00000]) }, expected: { n: 1.5 } },
    { name: 'a flag', input: { fields: 'f:bool', bytes: oneSlot(['u32', 2]) }, expected: { f: true } },
    { name: 'an enumeration', input: { fields: 'm:Mode', bytes: oneSlot(['u32', 1]) }, expected: { m: 'ON' } },
    {
      name: 'an enumeration with an unknown number',
      input: { fields: 'm:Mode', bytes: oneSlot(['u32', 9]) },
      expected: { m: 9 },
    },
    {
      name: 'defaults of what is absent',
      input: { fields: 'n:int a:int=7 f:bool=true m:Mode=ON s:string v:[int] t:Leaf', bytes: oneSlot(['i32', 1]) },
      expected: { n: 1, a: 7, f: true, m: 'ON', v: [] },
    },
    {
      name: 'a string',
      input: { fields: 's:string', bytes: oneSlot(['u32', 4, 2], 'Hi', ['u8', 0]) },
      expected: { s: 'Hi' },
    },
    {
      name: 'a string beyond ASCII',
      input: { fields: 's:string', bytes: oneSlot(['u32', 4, 2], ['u8', 0xc3, 0xa9, 0]) },
      expected: { s: 'é' },
    },
    { name: 'a vector', input: { fields: 'v:[int]', bytes: oneSlot(['u32', 4, 2, 8, 9]) }, expected: { v: [8, 9] } },
    {
      name: 'a vector of strings',
      input: { fields: 'v:[string]', bytes: oneSlot(['u32', 4, 1, 4, 1], 'x', ['u8', 0]) },
      expected: { v: ['x'] },
    },
    {
      name: 'a table whose field list lies behind it, with an integer beyond 2^53',
      input: { fields: 't:Leaf', bytes: oneSlot(['u32', 4], ['i32', -12], ['u32', 1, 0x7fffffff], ['u16', 6, 12, 4]) },
      expected: { t: { value: 9223372032559808513n } },
    },
    {
      name: 'a negative 64-bit integer',
      input: { fields: 't:Leaf', bytes: oneSlot(['u32', 4], ['i32', -12], ['i64', -3], ['u16', 6, 12, 4]) },
      expected: { t: { value: -3 } },
    },
    {
      name: 'a union',
      input: {
        fields: 'e:Either',
        bytes: twoSlots(['u32', 1, 4], ['i32', -12], ['i64', 5], ['u16', 6, 12, 4]),
      },
      expected: { e: { table: 'Leaf', values: { value: 5 } } },
    },
    { name: 'an empty union', input: { fields: 'e:Either', bytes: twoSlots(['u32', 0, 0]) }, expected: {} },
    {
      name: 'a union of a kind that the schema does not know',
      input: { fields: 'e:Either', bytes: twoSlots(['u32', 3, 4, 0]) },
      expected: { unknownSlots: [['Root.e', 3]] },
    },
    {
      name: 'a field that the schema does not know',
      input: { fields: '', bytes: oneSlot(['i32', 5]) },
      expected: { unknownSlots: [['Root', 0]] },
    },
    {
      name: 'no bytes',
      input: { fields: '', bytes: assemble() },
      fails:
        'The file is cut short or damaged: the table Root at byte 0 takes 4 bytes, but the file has 0. Export or download the model again.',
    },
    {
      name: 'a root beyond the end',
      input: { fields: '', bytes: assemble(['u32', 0xfffffffe]) },
      fails:
        'The file is cut short or damaged: the table Root at byte 4294967294 takes 4 bytes, but the file has 4. Export or download the model again.',
    },
    {
      name: 'a root offset of zero',
      input: { fields: '', bytes: assemble(['u32', 0]) },
      fails: 'The file is damaged: the offset to the table Root at byte 0 is zero. Export or download the model again.',
    },
    {
      name: 'a field list before the file',
      input: { fields: '', bytes: assemble(['u32', 4], ['i32', 8]) },
      fails:
        'The file is cut short or damaged: the field list of the table Root at byte -4 takes 4 bytes, but the file has 8. Export or download the model again.',
    },
    {
      name: 'a field list longer than the file',
      input: { fields: '', bytes: assemble(['u32', 8], ['u16', 60000, 4], ['i32', 4]) },
      fails:
        'The file is cut short or damaged: the field list of the table Root at byte 4 takes 60000 bytes, but the file has 12. Export or download the model again.',
    },
    {
      name: 'a field outside of its table',
      input: { fields: 'n:long', bytes: oneSlot(['i32', 0, 0]) },
      fails:
        'The file is damaged: a field of the table Root at byte 16 lies outside of it. Export or download the model again.',
    },
    {
      name: 'a vector that claims 4 G elements',
      input: { fields: 'v:[long]', bytes: oneSlot(['u32', 4, 0xffffffff]) },
      fails:
        'The file is cut short or damaged: Root.v at byte 28 takes 34359738360 bytes, but the file has 28. Export or download the model again.',
    },
    {
      name: 'a string that runs over the end',
      input: { fields: 's:string', bytes: oneSlot(['u32', 4, 3], 'Hi') },
      fails:
        'The file is cut short or damaged: Root.s at byte 28 takes 3 bytes, but the file has 30. Export or download the model again.',
    },
  ],
);

check(
  'The limit of work',
  (workLimit: number) =>
    TableView.root(new BoundedBytes(oneSlot(['u32', 4, 3, 1, 2, 3]), workLimit), schemaOf('v:[int]')).values(),
  [
    { name: 'just enough: 24 for the table, 20 for the vector', input: 44, expected: { v: [1, 2, 3] } },
    {
      name: 'one less',
      input: 43,
      fails:
        'The file describes more parts than any model for a microcontroller has, or repeats them to exhaust memory. Export a smaller model, or download it again.',
    },
  ],
);
