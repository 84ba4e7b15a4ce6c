import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatOf, formats, readModel } from '../../src/core/formats/formats';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, tensor } from '../support/build';
import { check } from '../support/check';

const tfliteBytes = writeTflite(model(graph([tensor('x', 'int8', [1])], [])));

interface File {
  readonly path: string;
  readonly bytes: Uint8Array;
}

check('The format of a file', ({ path, bytes }: File) => formatOf(bytes, path)?.id, [
  { name: 'by its mark, whatever its name', input: { path: 'model.bin', bytes: tfliteBytes }, expected: 'tflite' },
  {
    name: 'by its name when it has no mark',
    input: { path: 'a/Model.TFLite', bytes: new Uint8Array(3) },
    expected: 'tflite',
  },
  { name: 'by neither', input: { path: 'model.onnx', bytes: new Uint8Array(64) }, expected: undefined },
]);

check('Reading a file of any format', ({ path, bytes }: File) => readModel(bytes, path).model.graphs.length, [
  { name: 'a model', input: { path: 'model.bin', bytes: tfliteBytes }, expected: 1 },
  {
    name: 'a file that is none in spite of its name',
    input: { path: 'model.tflite', bytes: new Uint8Array(64) },
    fails: 'This is not a TensorFlow Lite model: the mark "TFL3" at byte 4 is missing. Choose a .tflite file.',
  },
]);

it('a file of no known format is refused with the list of those that are', () => {
  const known = formats.map((format) => `${format.name} (${format.extensions.join(', ')})`).join(', ');
  assert.throws(() => readModel(new Uint8Array(64), 'model.onnx'), {
    name: 'ModelError',
    code: 'unknown-format',
    message: `The file is in none of the formats that are read: ${known}. Convert it first.`,
  });
});

it('every format is complete and named once', () => {
  assert.equal(new Set(formats.map((format) => format.id)).size, formats.length);
  for (const format of formats) {
    assert.ok(format.name.length > 0);
    assert.ok(format.extensions.length > 0);
    for (const extension of format.extensions) assert.match(extension, /^\.[a-z0-9]+$/);
  }
});
