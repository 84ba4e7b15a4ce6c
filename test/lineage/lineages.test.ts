import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { programModels } from '../../src/core/analysis/programModels';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { likenessOf } from '../../src/core/lineage/likeness';
import { differencesOf } from '../../src/core/lineage/differences';
import { lineagesOf, type Printed } from '../../src/core/lineage/lineages';
import { printOf, type ModelPrint } from '../../src/core/lineage/print';
import { FolderSiblings } from '../../src/dataset/folderSiblings';
import { kerasBytes, kerasTruths, withoutKerasModels } from '../support/keras';

addForeignFormats();

/** The print of a `Sequential` of some layers, as the official converter writes it. */
function printed(layers: string, how = 'numbers=float32', input = '(16, 16, 1)'): ModelPrint {
  const text = `import keras\nfrom keras.layers import *\n# milliwatt: ${how}\nmodel = keras.Sequential([keras.Input(${input}), ${layers}])\n`;
  return printOf(readModel({ path: 'train.py', bytes: new TextEncoder().encode(text) }).model);
}

const small =
  'Conv2D(8, 3, activation="relu"), Flatten(), Dense(20, activation="relu"), Dense(4, activation="softmax")';

/** What tells the first model from the second; nothing where they are the same. */
const pairs: readonly (readonly [
  name: string,
  source: ModelPrint,
  held: ModelPrint,
  differences: readonly string[],
])[] = [
  ['the same layers', printed(small), printed(small), []],
  ['other numbers', printed(small), printed(small, 'numbers=int8'), []],
  ['the batch fixed', printed(small), printed(small, 'numbers=float32; batch=1'), []],
  ['Keras 2', printed(small), printed(small, 'numbers=int8; keras=2'), []],
  [
    'an activation in a layer of its own',
    printed('Conv2D(8, 3, activation="relu"), Flatten(), Dense(4)'),
    printed('Conv2D(8, 3), ReLU(), Flatten(), Dense(4)'),
    [],
  ],
  [
    'a batch normalization that is folded, and layers that are gone',
    printed('Conv2D(8, 3), BatchNormalization(), ReLU(), Dropout(0.5), Flatten(), Dense(4)'),
    printed('Conv2D(8, 3, activation="relu"), Flatten(), Dense(4)'),
    [],
  ],
  [
    'a dilation with the batch open and fixed',
    printed('Conv2D(8, 3, dilation_rate=2), Flatten(), Dense(4)'),
    printed('Conv2D(8, 3, dilation_rate=2), Flatten(), Dense(4)', 'numbers=int8; batch=1'),
    [],
  ],
  [
    'another number of units',
    printed(small),
    printed(small.replace('Dense(20', 'Dense(12')),
    ['a Dense has 20 units in the source, 12 units in the firmware'],
  ],
  [
    'another kernel and stride',
    printed('Conv2D(8, 5, strides=2), Flatten(), Dense(4)'),
    printed('Conv2D(8, 3), Flatten(), Dense(4)'),
    ['a Conv2D has kernel 5x5 and strides 2x2 in the source, kernel 3x3 and strides 1 in the firmware'],
  ],
  [
    'a layer more and one less',
    printed('Conv2D(8, 3), MaxPooling2D(), Flatten(), Dense(4)'),
    printed('Conv2D(8, 3), Flatten(), Dense(16), Dense(4)'),
    ['a MaxPooling2D is in the source alone', 'a Dense of 16 units is in the firmware alone'],
  ],
  [
    'another activation',
    printed('Dense(8, activation="relu"), Dense(4)', 'numbers=float32', '(16,)'),
    printed('Dense(8, activation="tanh"), Dense(4)', 'numbers=float32', '(16,)'),
    ['relu in the source, tanh in the firmware'],
  ],
  [
    'another input',
    printed('GlobalAveragePooling2D(), Dense(4)', 'numbers=float32', '(16, 16, 3)'),
    printed('GlobalAveragePooling2D(), Dense(4)', 'numbers=float32', '(32, 32, 3)'),
    ['the input is 16x16x3 in the source, 32x32x3 in the firmware'],
  ],
];

describe('two models, one beside the other', () => {
  for (const [name, source, held, expected] of pairs) {
    it(name, () => {
      const compared = likenessOf(source, held);
      assert.ok(compared);
      assert.deepEqual(differencesOf(source, held, compared), expected);
      assert.equal(compared.isSame, expected.length === 0);
    });
  }
});

const named = (path: string, layers: string, names: readonly string[] = []): Printed => ({
  path,
  names: [path, ...names],
  print: printed(layers),
});
const dense = (units: number): string => `Flatten(), Dense(${units}, activation="relu"), Dense(4)`;

/** Which made which: `source = held`, `source ~ held` of another version, `?` where that is not sure. */
const families: readonly (readonly [
  name: string,
  sources: readonly Printed[],
  held: readonly Printed[],
  links: readonly string[],
])[] = [
  ['nothing in common', [named('a.py', small)], [named('model.cc', 'Flatten(), Dense(64), Dense(64), Dense(10)')], []],
  [
    'equal ones, whatever they are called',
    [named('kws.py', small), named('gesture.py', dense(8))],
    [named('kws_model.cc', dense(8)), named('gesture_model.cc', small)],
    ['gesture.py = kws_model.cc', 'kws.py = gesture_model.cc'],
  ],
  [
    'two programs of the same model',
    [named('train.py', dense(8)), named('notebook.ipynb', dense(8))],
    [named('model.cc', dense(8))],
    ['train.py = model.cc', 'notebook.ipynb = model.cc'],
  ],
  ['another version', [named('train.py', dense(20))], [named('model.cc', dense(12))], ['train.py ~ model.cc']],
  [
    'another version of the one that is most like it',
    [named('b.py', dense(12).replace('Dense(4)', 'Dense(30), Dense(30), Dense(4)')), named('a.py', dense(20))],
    [named('model.cc', dense(12))],
    ['a.py ~ model.cc'],
  ],
  [
    'names decide between two that are as likely',
    [named('wake.py', dense(20)), named('gesture.py', dense(21))],
    [named('gesture_model.cc', dense(12))],
    ['gesture.py ~ gesture_model.cc'],
  ],
  [
    'and without names neither is sure',
    [named('a.py', dense(20)), named('b.py', dense(21))],
    [named('model.cc', dense(12))],
    ['a.py ? model.cc'],
  ],
  [
    'a program whose own model is there is no version of another',
    [named('a.py', dense(12))],
    [named('model.cc', dense(12)), named('old.cc', dense(13))],
    ['a.py = model.cc'],
  ],
];

describe('which source made which model', () => {
  for (const [name, sources, held, expected] of families) {
    it(name, () => {
      const found = lineagesOf(sources, held).map(({ source, held: { path }, likeness: { isSame }, isSure }) => {
        const sign = isSame ? '=' : isSure ? '~' : '?';
        return `${source.path} ${sign} ${path}`;
      });
      assert.deepEqual(found, expected);
    });
  }
});

interface Owned {
  readonly id: string;
  readonly print: ModelPrint;
}

/** The models that the shared sources build, with nothing said of how they are converted. */
function sharedSources(): readonly Owned[] {
  const folder = fileURLToPath(new URL('../../../shared/keras/', import.meta.url));
  return kerasTruths().flatMap(({ id, source, main }) => {
    const file = join(folder, main === undefined ? source : join(source, main));
    const bytes = new Uint8Array(readFileSync(file));
    const siblings = new FolderSiblings(file, join(folder, 'sources'));
    return programModels({ path: file, bytes, siblings }).flatMap((each) =>
      'read' in each && each.read.program?.isCosted === true ? [{ id, print: printOf(each.read.model) }] : [],
    );
  });
}

function officialFiles(): readonly Owned[] {
  return kerasTruths().flatMap(({ id, models }) =>
    models.flatMap(({ conversions }) =>
      Object.values(conversions).flatMap(({ file }) => {
        const bytes = kerasBytes(file);
        return bytes === undefined ? [] : [{ id, print: printOf(readModel({ path: 'a.tflite', bytes }).model) }];
      }),
    ),
  );
}

describe('files of the official converter, of two versions of Keras, with the batch open and fixed', () => {
  it('belong to the source that they were made of, and to no other', { skip: withoutKerasModels }, () => {
    const [sources, files] = [sharedSources(), officialFiles()];
    const known = new Set(sources.map(({ id }) => id));
    const knowable = files.filter(({ id }) => known.has(id));
    const makers = knowable.map(({ id, print }) => ({
      id,
      found: sources.filter((source) => likenessOf(source.print, print)?.isSame === true).map((source) => source.id),
    }));
    assert.deepEqual(
      makers.filter(({ id, found }) => found.some((each) => each !== id)),
      [],
    );
    const right = makers.filter(({ id, found }) => found.includes(id)).length;
    // The others have recurrent layers, which conversions unroll or not, functions in layers, or masks of pruning.
    assert.ok(right >= 0.9 * knowable.length, `${right} of ${knowable.length}`);
  });
});
