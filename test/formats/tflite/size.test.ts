import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sizesLike, tfliteBytes } from '../../../src/core/formats/tflite/size';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model, Tensor } from '../../../src/core/model/model';
import { graph, model, tensor } from '../../support/build';
import { check } from '../../support/check';
import { randomModel } from './arbitraries';

const shared = new Uint8Array(1000);
const weight = { name: 'dense/kernel' };

function constants(...tensors: readonly Tensor[]): Model {
  return model(graph([tensor('x', 'int8', [1, 4]), ...tensors], [], { inputs: [0] }));
}

function bytes(name: string, count: number): Tensor {
  return tensor(name, 'int8', [count], { data: new Uint8Array(count) });
}

function declared(name: string, count: number, declaration = { name }): Tensor {
  return tensor(name, 'int8', [count], { declared: declaration });
}

/** Size of the declared model less that of the same with bytes. */
check(
  'the size of a file that is yet to be written',
  ([without, having]: readonly [Model, Model]) => tfliteBytes(without) - writeTflite(having).byteLength,
  [
    { name: 'no constants', input: [constants(), constants()], expected: 0 },
    { name: 'with bytes', input: [constants(bytes('w', 1000)), constants(bytes('w', 1000))], expected: 0 },
    ...[0, 1, 15, 16, 17, 4096, 4103].map((count) => ({
      name: `declared, ${count} bytes, before another`,
      input: [constants(declared('w', count), bytes('b', 40)), constants(bytes('w', count), bytes('b', 40))] as const,
      expected: 0,
    })),
    {
      name: 'two tensors of one declaration are stored once',
      input: [
        constants(declared('w', 1000, weight), declared('v', 1000, weight)),
        constants({ ...bytes('w', 1000), data: shared }, { ...bytes('v', 1000), data: shared }),
      ],
      expected: 0,
    },
    {
      name: 'a shape that claims more than memory has costs nothing to size',
      input: [constants(declared('w', 1e12)), constants(bytes('w', 16))],
      expected: 1e12 - 16,
    },
  ],
);

check('a model without values is not written', (input: Model) => writeTflite(input).byteLength, [
  {
    name: 'declared constant',
    input: constants(declared('dense/kernel', 4)),
    fails: 'The constant "dense/kernel" has a shape but no values. Train the model and use the trained file.',
  },
]);

describe('the size of any model', () => {
  it('is that of its file', () => {
    fc.assert(
      fc.property(randomModel, (input) => {
        assert.equal(tfliteBytes(input), writeTflite({ ...input, formatVersion: 3 }).byteLength);
      }),
    );
  });
});

/** What is said of the second model less the size of its file, the tables of the first being known. */
check(
  'the size of a file that differs in the lengths of constants',
  ([before, after]: readonly [Model, Model]) => (sizesLike(before)?.(after) ?? NaN) - writeTflite(after).byteLength,
  [1, 15, 16, 17, 28, 29, 4096].flatMap((count) =>
    [1, 12, 13, 40].map((other) => ({
      name: `${count} and ${other} bytes`,
      input: [constants(bytes('w', 1000), bytes('b', 40)), constants(bytes('w', count), bytes('b', other))] as const,
      expected: 0,
    })),
  ),
);
