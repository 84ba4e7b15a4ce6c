import { nearest, quotedChoice } from '../../src/core/text/nearest';
import { check } from '../support/check';

check('nearest names', ([typed, candidates]: readonly [string, readonly string[]]) => nearest(typed, candidates), [
  { name: 'one letter replaced', input: ['cot', ['dog', 'cat', 'horse']], expected: ['cat'] },
  { name: 'one letter missing, case aside', input: ['HORS', ['dog', 'horse']], expected: ['horse'] },
  { name: 'equally near, in the order given', input: ['bat', ['cat', 'rat', 'dog']], expected: ['cat', 'rat'] },
  {
    name: 'a part of a long name is near',
    input: ['nano', ['arduino_nano33ble', 'zebra']],
    expected: ['arduino_nano33ble'],
  },
  { name: 'at most three', input: ['x', ['a', 'b', 'c', 'd']], expected: ['a', 'b', 'c'] },
  { name: 'nothing typed: the shortest', input: ['', ['abc', 'ab']], expected: ['ab'] },
]);

check('choices in quotes', quotedChoice, [
  { name: 'one', input: ['a'], expected: '"a"' },
  { name: 'two', input: ['a', 'b'], expected: '"a" or "b"' },
  { name: 'three', input: ['a', 'b', 'c'], expected: '"a", "b" or "c"' },
]);
