import * as fc from 'fast-check';
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { HumanError } from '../../src/core/model/problem';
import { readNpy } from '../../src/core/samples/npy';
import { check } from '../support/check';

/** A file of format version 1. */
function npy(header: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`);
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8];
  return Uint8Array.from([...start, ...text, ...data]);
}

const header = (type: string, shape: string, order = 'False'): string =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

check(
  'readNpy',
  (bytes: Uint8Array) => {
    const { type, shape, values } = readNpy(bytes, 'x.npy');
    return { type, shape: [...shape], values: [...values] };
  },
  [
    {
      name: 'floats',
      input: npy(header('<f4', '(2, 1)'), Uint8Array.of(0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0)),
      expected: { type: '<f4', shape: [2, 1], values: [1.5, -2] },
    },
    {
      name: 'big-endian integers',
      input: npy(header('>i2', '(2,)'), Uint8Array.of(0x01, 0x02, 0xff, 0xfe)),
      expected: { type: '>i2', shape: [2], values: [258, -2] },
    },
    {
      name: 'half precision',
      input: npy(header('<f2', '(2,)'), Uint8Array.of(0x00, 0x3e, 0x00, 0xfc)),
      expected: { type: '<f2', shape: [2], values: [1.5, -Infinity] },
    },
    {
      name: 'column-major: the columns 1 2, 3 4, 5 6 are the rows 1 3 5, 2 4 6',
      input: npy(header('|u1', '(2, 3)', 'True'), Uint8Array.of(1, 2, 3, 4, 5, 6)),
      expected: { type: '|u1', shape: [2, 3], values: [1, 3, 5, 2, 4, 6] },
    },
    {
      name: 'a scalar',
      input: npy(header('|i1', '()'), Uint8Array.of(255)),
      expected: { type: '|i1', shape: [], values: [-1] },
    },
    {
      name: 'no array',
      input: Uint8Array.of(1, 2, 3),
      fails: 'x.npy cannot be read as an array: it is no NumPy file. Save it with numpy.save() as numbers.',
    },
    {
      name: 'objects',
      input: npy(header('|O', '(1,)'), Uint8Array.of(0)),
      fails: 'x.npy cannot be read as an array: it holds the type |O. Save it with numpy.save() as numbers.',
    },
    {
      name: 'a record',
      input: npy(`{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }`, Uint8Array.of(0)),
      fails:
        'x.npy cannot be read as an array: its header is not that of a plain array. Save it with numpy.save() as numbers.',
    },
    {
      name: 'cut short',
      input: npy(header('<i4', '(2,)'), Uint8Array.of(1, 0, 0, 0)),
      fails:
        'x.npy cannot be read as an array: it is shorter than its shape (2). Save it with numpy.save() as numbers.',
    },
    {
      name: 'a shape that no memory holds',
      input: npy(header('<i4', '(99999999, 99999999)'), Uint8Array.of(1, 0, 0, 0)),
      fails:
        'x.npy cannot be read as an array: it is shorter than its shape (99999999, 99999999). Save it with numpy.save() as numbers.',
    },
  ],
);

it('reads any bytes or says in a sentence why not', () => {
  const good = npy(header('<f4', '(2, 1)'), Uint8Array.of(0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(good.length), (at, byte, length) => {
      const bytes = good.slice(0, length);
      if (at < length) bytes[at] = byte;
      try {
        readNpy(bytes, 'x.npy');
      } catch (error) {
        assert.ok(error instanceof HumanError);
      }
    }),
  );
});
