import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { mulberry32 } from '../support/random';
import { randomInputs, systematicInputs, type FuzzInput } from './inputs';
import { smallModelFile } from './smallModel';
import { tryInput } from './tryInput';

/** Tries every input; the first bad outcome is thrown with what was done to make it. */
function tryAll(inputs: Iterable<FuzzInput>): { readonly models: number; readonly errors: number } {
  let models = 0;
  let errors = 0;
  for (const { origin, bytes } of inputs) {
    try {
      if (tryInput(bytes) === 'model') models += 1;
      else errors += 1;
    } catch (error) {
      throw new Error(`${origin} (${bytes.length} bytes)`, { cause: error });
    }
  }
  return { models, errors };
}

function* everyNth(inputs: Iterable<FuzzInput>, step: number): Generator<FuzzInput> {
  let index = 0;
  for (const input of inputs) {
    if (index % step === 0) yield input;
    index += 1;
  }
}

describe('The reader, a short run of the fuzzer', () => {
  const small = smallModelFile();

  it('reads the small model whole', () => {
    assert.deepStrictEqual(readTflite(small).problems, []);
    assert.equal(tryInput(small), 'model');
  });

  it('refuses the small model cut at any byte before its weights end', () => {
    for (let length = 0; length < small.length; length += 1) {
      assert.equal(tryInput(small.subarray(0, length)), 'error', `cut to ${length} bytes`);
    }
  });

  it('gives a model or the typed error for hostile, cut and changed files', () => {
    const { models, errors } = tryAll(everyNth(systematicInputs(small), 11));
    assert.ok(models > 300 && errors > 1000, `${models} models, ${errors} errors`);
  });

  it('gives a model or the typed error for files changed by chance', () => {
    const { models, errors } = tryAll(randomInputs([small], 1500, mulberry32(7)));
    assert.ok(models > 50 && errors > 500, `${models} models, ${errors} errors`);
  });
});
