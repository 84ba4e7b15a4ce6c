import { agreesWith, either, integersOf, type KnownValue } from '../../../src/core/execute/meaning/known';
import { Value } from '../../../src/core/execute/value';
import type { DataType } from '../../../src/core/model/dataType';
import { encode } from '../../../src/core/model/values/stored';
import { tensor } from '../../support/build';
import { check } from '../../support/check';

type Numbers = readonly number[];

check(
  'a shape that is made and the declared one',
  ([declared, made]: readonly [Numbers, Numbers]) => agreesWith(declared, made),
  [
    {
      name: 'the same',
      input: [
        [2, 3],
        [2, 3],
      ],
      expected: true,
    },
    {
      name: 'dimensions of 1 do not count',
      input: [
        [1, 2, 1, 3],
        [2, 3, 1],
      ],
      expected: true,
    },
    { name: 'a scalar and one element', input: [[], [1, 1]], expected: true },
    {
      name: 'as many elements in another order',
      input: [
        [2, 3],
        [3, 2],
      ],
      expected: false,
    },
    {
      name: 'one dimension more',
      input: [
        [2, 3],
        [2, 3, 2],
      ],
      expected: false,
    },
    {
      name: 'nothing is not one',
      input: [
        [1, 0],
        [1, 1],
      ],
      expected: false,
    },
    {
      name: 'a file that leaves it open takes whatever is made',
      input: [
        [-1, 3],
        [7, 2],
      ],
      expected: true,
    },
    {
      name: 'what is open may be anything',
      input: [
        [2, 3],
        [-1, 3],
      ],
      expected: false,
    },
    {
      name: 'what is open on both sides may be anything',
      input: [
        [-1, 3],
        [-1, 3],
      ],
      expected: false,
    },
  ],
);

/** What is known of a tensor; its content where values are given. */
function known(type: DataType, shape: Numbers, values?: Numbers, agrees = true): KnownValue {
  if (values === undefined) return { shape, agrees };
  const value = new Value(tensor('v', type, shape), shape);
  value.bytes.set(encode(type, values)!);
  return { shape, agrees, value };
}

check(
  'what is known of one of two',
  ([first, second]: readonly [KnownValue, KnownValue]) => {
    const { shape, agrees, value } = either(first, second);
    return { shape, agrees, values: value && [...value.int32] };
  },
  [
    {
      name: 'the same content',
      input: [known('int32', [2], [4, -5]), known('int32', [2], [4, -5])],
      expected: { shape: [2], agrees: true, values: [4, -5] },
    },
    {
      name: 'another content in the same shape',
      input: [known('int32', [2], [4, -5]), known('int32', [2], [4, 5])],
      expected: { shape: [2], agrees: true, values: undefined },
    },
    {
      name: 'a size in which they differ is open, and that agrees with no file',
      input: [known('int32', [2, 3]), known('int32', [2, 4])],
      expected: { shape: [2, -1], agrees: false, values: undefined },
    },
    {
      name: 'of other ranks all is open',
      input: [known('int32', [2, 3]), known('int32', [6])],
      expected: { shape: [-1, -1], agrees: false, values: undefined },
    },
    {
      name: 'one that the file declares otherwise',
      input: [known('int32', [1], [7]), known('int32', [1], [7], false)],
      expected: { shape: [1], agrees: false, values: [7] },
    },
    {
      name: 'content of one alone',
      input: [known('int32', [1], [7]), known('int32', [1])],
      expected: { shape: [1], agrees: true, values: undefined },
    },
  ],
);

const constant = (type: DataType, values: Numbers): ReturnType<typeof tensor> =>
  tensor('c', type, [values.length], { data: encode(type, values) });

check(
  'integers of a tensor',
  ([of, value]: readonly [ReturnType<typeof tensor>, KnownValue?]) => {
    const integers = integersOf(of, value);
    return integers && [...integers];
  },
  [
    { name: 'a constant', input: [constant('int32', [3, -1])], expected: [3, -1] },
    { name: 'a constant of 64 bits', input: [constant('int64', [3, -1])], expected: [3, -1] },
    { name: 'a constant of 16 bits', input: [constant('int16', [3, -1])], expected: [3, -1] },
    { name: 'a constant of floats', input: [constant('float32', [3, -1])], expected: undefined },
    {
      name: 'the file counts, whatever is said besides',
      input: [constant('int32', [3]), known('int32', [1], [4])],
      expected: [3],
    },
    {
      name: 'content that is computed',
      input: [tensor('v', 'int32', [2]), known('int32', [2], [5, 6])],
      expected: [5, 6],
    },
    {
      name: 'the same of 64 bits',
      input: [tensor('v', 'int64', [2]), known('int64', [2], [5, -6])],
      expected: [5, -6],
    },
    { name: 'computed floats', input: [tensor('v', 'float32', [1]), known('float32', [1], [5])], expected: undefined },
    { name: 'content that is not known', input: [tensor('v', 'int32', [2]), known('int32', [2])], expected: undefined },
    { name: 'nothing known at all', input: [tensor('v', 'int32', [2])], expected: undefined },
    {
      name: 'longer than any shape',
      input: [tensor('v', 'int32', [1025]), known('int32', [1025], new Array<number>(1025).fill(1))],
      expected: undefined,
    },
  ],
);
