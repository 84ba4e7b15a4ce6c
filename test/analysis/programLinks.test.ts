import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { programModels } from '../../src/core/analysis/programModels';
import { arduino } from '../firmware/corpus/bases';
import { check } from '../support/check';
import { xxdNumbers } from '../support/sources';
import { untrainedFile } from '../support/untrained';

const imports = 'import keras\nfrom keras.layers import Dense\n';
const built = (layers: string, numbers = 'int8'): string =>
  `${imports}# milliwatt: numbers=${numbers}; batch=1\nmodel = keras.Sequential([keras.Input((64,)), ${layers}])\n`;
const same = 'Dense(32), Dense(12), Dense(4, activation="softmax")';

const bytes = xxdNumbers(untrainedFile(built(same)));
const array = `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${bytes}\n};\n`;
const [sketch, program] = ['sketch/sketch.ino', 'train/train.py'];

/** What is said where: of the links, at the array, and as problems. */
function said(text: string): readonly string[] {
  const index = new FirmwareIndex();
  index.set('sketch/model.cpp', array);
  // What the array's model needs.
  for (const path of ['sketch/model.h', sketch]) index.set(path, arduino.files[path].replace('784', '1632'));
  const read = programModels({ path: program, bytes: new TextEncoder().encode(text) });
  const { links, notes, findings } = index.analyse({
    requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' } }),
    programs: read.filter((each) => 'read' in each),
  });
  return [
    ...links.map(({ program: { place }, text: short, says }) =>
      [`${place?.file}:${(place?.span?.line ?? -1) + 1} ${short}`, ...says].join(' | '),
    ),
    ...notes.filter(({ places }) => places.some(({ file }) => file === program)).flatMap(({ says }) => says),
    ...findings.map(({ file, span, code, message }) => `${file}:${span.line + 1} ${code}: ${message}`),
  ];
}

check('what a firmware and the program of its model say of each other', said, [
  {
    name: 'the same model',
    input: built(same),
    expected: [
      'train/train.py:4 in firmware: g_model · arena 1.59 KB of 1.59 KB | ' +
        'The firmware holds this model: g_model in sketch/model.cpp has the same layers, shapes and options. | ' +
        'Its interpreter gives an arena of 1,632 bytes; it needs 1,632 bytes.',
      'Built by the model "model" of train/train.py, line 4: the same layers, shapes and options.',
    ],
  },
  {
    name: 'another number of units, for which the arena is too small',
    input: built(same.replace('Dense(12', 'Dense(700')),
    expected: [
      'train/train.py:4 another version in firmware: g_model · arena 12.1 KB of 1.59 KB | ' +
        'The firmware holds another version of this model, g_model in sketch/model.cpp: ' +
        'Dense "dense_1" has 700 units in the source, 12 units in the firmware. | ' +
        'Its interpreter gives an arena of 1,632 bytes; it needs 12,432 bytes as it is written here.',
      'Built by another version of the model "model" of train/train.py, line 4: ' +
        'Dense "dense_1" has 700 units in the source, 12 units in the firmware.',
      'sketch/model.cpp:2 firmware-model-version: g_model holds another version of the model "model" of train/train.py, line 4: ' +
        'Dense "dense_1" has 700 units in the source, 12 units in the firmware. ' +
        'Train and convert it, and write the array again, once the program is what shall run.',
      'train/train.py:4 firmware-arena-ahead: As it is written here, this model needs an arena of 12,432 bytes, ' +
        'but the firmware gives 1,632 bytes (sketch/sketch.ino, line 9): AllocateTensors() will fail with it. ' +
        'Give it 12,432 bytes there, or make the model smaller.',
    ],
  },
  {
    name: 'a conversion to other numbers that nothing asks for is no other version',
    input: built(same, 'none'),
    expected: [
      'train/train.py:4 in firmware: g_model · arena 1.59 KB of 1.59 KB | ' +
        'The firmware holds this model: g_model in sketch/model.cpp has the same layers, shapes and options. | ' +
        'Its interpreter gives an arena of 1,632 bytes; it needs 1,632 bytes.',
      'Built by the model "model" of train/train.py, line 4: the same layers, shapes and options.',
    ],
  },
  {
    name: 'one that the program asks for is',
    input: built(same, 'float32'),
    expected: [
      'train/train.py:4 another version in firmware: g_model · arena 1.22 KB of 1.59 KB | ' +
        'The firmware holds another version of this model, g_model in sketch/model.cpp: ' +
        'it is converted to float32, and int8 in the firmware. | ' +
        'Its interpreter gives an arena of 1,632 bytes; it needs 1,248 bytes as it is written here.',
      'Built by another version of the model "model" of train/train.py, line 4: ' +
        'it is converted to float32, and int8 in the firmware.',
      'sketch/model.cpp:2 firmware-model-version: g_model holds another version of the model "model" of train/train.py, line 4: ' +
        'it is converted to float32, and int8 in the firmware. ' +
        'Train and convert it, and write the array again, once the program is what shall run.',
    ],
  },
  { name: 'another model', input: built('Dense(100), Dense(9), Dense(100), Dense(10)'), expected: [] },
  { name: 'an input that is left open', input: built(same).replace('(64,)', 'shape'), expected: [] },
]);
