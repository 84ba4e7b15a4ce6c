import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { underBudget } from '../../../src/core/model/budget';
import type { Model } from '../../../src/core/model/model';
import { HumanError } from '../../../src/core/model/problem';
import { models } from '../../fuzz/sources';

/** What a rewrite of a damaged file comes to: a result that stands, or a sentence. */
function outcome(bytes: Uint8Array): 'done' | 'said' {
  try {
    const { model } = readTflite(bytes);
    const rewritten: Model = underBudget({ steps: 1e8, bytes: 2 ** 28 }, () => rewriteModel(model).model);
    if (rewritten === model) return 'done';
    const written = fileOf(rewritten).model;
    assert.equal(rewriteModel(written).model, written, 'a second run changes something');
    return 'done';
  } catch (error) {
    if (error instanceof HumanError) return 'said';
    throw error;
  }
}

it('rewrite for TFLM: damaged models end with a result or a sentence', () => {
  const outcomes = Array.from({ length: 150 }, (_, seed) => outcome(models(seed).bytes));
  assert.ok(outcomes.filter((each) => each === 'done').length > 30);
});
