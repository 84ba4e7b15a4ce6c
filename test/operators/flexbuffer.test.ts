import { readFlexMap } from '../../src/core/operators/flexbuffer';
import { check } from '../support/check';

/** `{a: 5, b: 300}`: keys vector of width 1, values of width 2. */
function encoded(): Uint8Array {
  const keys = [0x61, 0, 0x62, 0]; // 0..3
  const keyVector = [2, 5, 4]; // count at 4; slots at 5 and 6 point back to 0 and 2
  const filler = [0]; // 7: values are aligned to 2
  const values = [3, 0, 1, 0, 2, 0, 5, 0, 0x2c, 1]; // from 8: offset of keys (8 - 3 = 5), its width 1, count 2, 5, 300
  const types = [1 << 2, (1 << 2) | 1];
  const root = [6, (9 << 2) | 1, 1]; // root at 20 points back to 14
  return Uint8Array.of(...keys, ...keyVector, ...filler, ...values, ...types, ...root);
}

check(
  'flexbuffer: integers of a map',
  (bytes: Uint8Array | undefined) => {
    const read = readFlexMap(bytes);
    return read === undefined
      ? 'no map'
      : [read.integer('a'), read.integer('b'), read.integer('c'), read.integerAt(1), read.integerAt(2)];
  },
  [
    { name: 'by key and by position', input: encoded(), expected: [5, 300, undefined, 300, undefined] },
    { name: 'nothing', input: undefined, expected: 'no map' },
    { name: 'too short', input: Uint8Array.of(1), expected: 'no map' },
    { name: 'no map at the root', input: Uint8Array.of(5, 1 << 2, 1), expected: 'no map' },
    { name: 'a root that points before the start', input: Uint8Array.of(255, (9 << 2) | 1, 1), expected: 'no map' },
  ],
);
