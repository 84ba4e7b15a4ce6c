import { arduino, espIdf } from './bases';
import type { CorpusRow, Project } from './corpus';

const ino = 'sketch/sketch.ino';
const embedded = '#pragma once\nextern const unsigned char g_person_model[] asm("_binary_person_tflite_start");\n';

/** A component whose array the build makes from a model that lies beside its sources. */
const component = (header: string, model: string): Project => ({
  models: { [model]: 'dense' },
  files: Object.fromEntries(
    Object.entries({ ...espIdf.files, 'main/model_data.h': header }).filter(([path]) => path !== 'main/model_data.cc'),
  ),
});

/** A sketch whose array is in no file. */
const sketch = (name: string, models: readonly string[]): Project => ({
  models: Object.fromEntries(models.map((path) => [path, 'dense'])),
  files: {
    'sketch/model.h': `#pragma once\nextern const unsigned char ${name}[];\nint readPixel(int index);\n`,
    [ino]: arduino.files[ino].replace('GetModel(g_model)', `GetModel(${name})`),
  },
});

/** Arrays that the build makes of a model's file, and those of which nothing is known. */
export const builtRows: readonly CorpusRow[] = [
  {
    name: 'a file that EMBED_FILES puts into the program under the name of its symbol',
    project: component(embedded, 'main/person.tflite'),
    changes: [['main/settings.h', 'KB(1) / 2', 'KB(1) / 4']],
    expected: ['error firmware-arena-too-small main/settings.h:5'],
    says: 'person.tflite',
    fixed: [['main/settings.h', 'KB(1) / 4 + 256 + kScratch', '784']],
  },
  {
    name: 'an embedded file whose symbol is declared with the underscores of the compiler',
    project: component(
      embedded.replace('asm(', '__asm__(').replace('_binary_', '_binary_models_'),
      'models/person.tflite',
    ),
    expected: [],
  },
  {
    name: "the array that TFLM's generate_cc_arrays.py makes",
    project: sketch('g_keyword_model_data', ['models/keyword.tflite']),
    changes: [[ino, 'kTensorArenaSize = 784', 'kTensorArenaSize = 2000']],
    expected: [`information firmware-arena-too-large ${ino}:9`],
    fixed: [[ino, '2000', '784']],
  },
  {
    name: 'the array that xxd -i makes while the project is built',
    project: sketch('keyword_tflite', ['models/keyword.tflite']),
    expected: [],
  },
  {
    name: 'of two files of one name the nearer is meant',
    project: sketch('keyword_tflite', ['sketch/keyword.tflite', 'old/keyword.tflite']),
    expected: [],
  },
  {
    name: 'two files of one name that are as near: which one is not known',
    project: sketch('keyword_tflite', ['new/keyword.tflite', 'old/keyword.tflite']),
    expected: ['information firmware-array-absent sketch/model.h:2'],
    says: '"array": "keyword_tflite"',
  },
  {
    name: 'an array that no source holds',
    project: sketch('g_gesture', []),
    expected: ['information firmware-array-absent sketch/model.h:2'],
    says: 'No source of the folder holds g_gesture',
  },
];
