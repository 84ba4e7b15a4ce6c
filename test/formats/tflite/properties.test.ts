import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BoundedBytes } from '../../../src/core/formats/tflite/flatbuffer/boundedBytes';
import { TableView } from '../../../src/core/formats/tflite/flatbuffer/tableView';
import { writeTables } from '../../../src/core/formats/tflite/flatbuffer/tableWriter';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { ModelError } from '../../../src/core/model/problem';
import { randomModel, randomTable } from './arbitraries';

const settings = { seed: 20_240_917, numRuns: 300 };

/** Reads, and gives the error's name when that is the typed one; anything else is thrown on. */
function outcome(bytes: Uint8Array): string {
  try {
    return readTflite(bytes).model.format;
  } catch (error) {
    if (error instanceof ModelError) return error.name;
    throw error;
  }
}

describe('For any input', () => {
  for (const name of tfliteSchema.tables.keys()) {
    it(`a ${name} that is written and read is the same`, () => {
      const schema = { ...tfliteSchema, root: name };
      fc.assert(
        fc.property(randomTable(name), (values) => {
          const file = new BoundedBytes(writeTables(schema, values));
          assert.deepStrictEqual(TableView.root(file, schema).values(), values);
          assert.equal(file.unknownSlots.size, 0);
        }),
        { ...settings, numRuns: 20 },
      );
    });
  }

  it('a model that is written and read is the same', () => {
    fc.assert(
      fc.property(randomModel, (model) => {
        const file = writeTflite(model);
        assert.deepStrictEqual({ ...readTflite(file).model, fileBytes: 0 }, model);
      }),
      settings,
    );
  });

  it('bytes at random give the typed error or a model, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        assert.match(outcome(bytes), /^(ModelError|tflite)$/);
      }),
      settings,
    );
  });

  it('a model with bytes at random in it gives the typed error or a model, nothing else', () => {
    const patches = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(randomModel, patches, (model, places) => {
        const bytes = writeTflite(model);
        for (const [at, value] of places) bytes[8 + (at % (bytes.length - 8))] = value;
        assert.match(outcome(bytes), /^(ModelError|tflite)$/);
      }),
      settings,
    );
  });
});
