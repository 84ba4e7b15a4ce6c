import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { formatOf, formats, readModel } from '../../src/core/formats/formats';
import { modelPattern, resultName, type FormatKind } from '../../src/core/formats/kinds';
import { siblingOf, type ModelSource } from '../../src/core/formats/source';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, tensor } from '../support/build';
import { check } from '../support/check';

addForeignFormats();

const tfliteBytes = writeTflite(model(graph([tensor('x', 'int8', [1])], [])));

const pointer = new TextEncoder().encode(
  `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 123456\n`,
);

check('The format of a file', (file: ModelSource) => formatOf(file)?.id, [
  { name: 'by its mark, whatever its name', input: { path: 'model.bin', bytes: tfliteBytes }, expected: 'tflite' },
  {
    name: 'by its name when it has no mark',
    input: { path: 'a/Model.TFLite', bytes: new Uint8Array(3) },
    expected: 'tflite',
  },
  { name: 'by neither', input: { path: 'model.caffe', bytes: new Uint8Array(64) }, expected: undefined },
]);

check('Reading a file of any format', (file: ModelSource) => readModel(file).model.graphs.length, [
  { name: 'a model', input: { path: 'model.bin', bytes: tfliteBytes }, expected: 1 },
  {
    name: 'a file that is none in spite of its name',
    input: { path: 'model.tflite', bytes: new Uint8Array(64) },
    fails: 'This is not a TensorFlow Lite model: the mark "TFL3" at byte 4 is missing. Choose a .tflite file.',
  },
  ...['.tflite', '.onnx', ''].map((extension) => ({
    name: `a pointer of Git LFS, named ${extension}`,
    input: { path: `models/kws${extension}`, bytes: pointer },
    fails: `kws${extension} is a Git LFS pointer: its contents were not fetched. Run \`git lfs pull\` in its repository.`,
  })),
]);

it('a file of no known format is refused with the list of those that are', () => {
  const known = formats
    .map(({ name, extensions, fileNames = [] }) => `${name} (${[...extensions, ...fileNames].join(', ')})`)
    .join(', ');
  assert.match(known, /TensorFlow\.js \(model\.json\), SavedModel \(saved_model\.pb\)/);
  assert.throws(() => readModel({ bytes: new Uint8Array(64), path: 'model.caffe' }), {
    name: 'ModelError',
    code: 'unknown-format',
    message: `The file is in none of the formats that are read: ${known}. Convert it first.`,
  });
});

it('every format is complete and named once', () => {
  assert.equal(new Set(formats.map((format) => format.id)).size, formats.length);
  for (const format of formats) {
    assert.ok(format.name.length > 0);
    const { extensions, fileNames = [] }: FormatKind = format;
    assert.ok(extensions.length + fileNames.length > 0);
    for (const extension of format.extensions) assert.match(extension, /^\.[a-z0-9]+$/);
  }
});

const kinds: readonly FormatKind[] = [
  { id: 'a', name: 'A', extensions: ['.aa', '.ab'], canRewrite: false, isText: true },
  { id: 'b', name: 'B', extensions: ['.bb'], canRewrite: false, isText: false },
];

check('the pattern of model files', (list: readonly FormatKind[]) => modelPattern(list), [
  { name: 'of one extension', input: kinds.slice(1), expected: '**/*.bb' },
  { name: 'of several', input: kinds, expected: '**/*.{aa,ab,bb}' },
  {
    name: 'with names of files, of which none is looked for that others have as well',
    input: [
      ...kinds.slice(1),
      { id: 'c', name: 'C', extensions: [], fileNames: ['c.pb'], canRewrite: false, isText: false },
      {
        id: 'd',
        name: 'D',
        extensions: [],
        fileNames: ['d.json'],
        isNameShared: true,
        canRewrite: false,
        isText: false,
      },
    ],
    expected: '**/{*.bb,c.pb}',
  },
]);

check('the name of a result', (path: string) => resultName(path, 'int8'), [
  { name: 'in its folder', input: 'a.b/kws.tflite', expected: 'a.b/kws.int8.tflite' },
  { name: 'whatever the case', input: 'KWS.TFLITE', expected: 'KWS.int8.tflite' },
  { name: 'of a file that has a whole name', input: 'web/model.json', expected: 'web/model.int8.tflite' },
  { name: 'of a file whose name ends in such a name', input: 'my_model.json', expected: 'my_model.json.int8.tflite' },
  { name: 'of a file without extension', input: 'a.b/kws', expected: 'a.b/kws.int8.tflite' },
]);

check(
  'a file beside the model',
  (name: string) => {
    const files: Readonly<Record<string, Uint8Array>> = { 'weights.bin': Uint8Array.of(1), 'lfs.bin': pointer };
    return siblingOf({ path: 'model.json', bytes: pointer, siblings: { read: (asked) => files[asked] } }, name);
  },
  [
    { name: 'that is there', input: 'weights.bin', expected: Uint8Array.of(1) },
    { name: 'that is not', input: 'other.bin', expected: undefined },
    {
      name: 'that was not fetched',
      input: 'lfs.bin',
      fails: 'lfs.bin is a Git LFS pointer: its contents were not fetched. Run `git lfs pull` in its repository.',
    },
  ],
);
