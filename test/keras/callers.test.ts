import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import type { ProgramChoice } from '../../src/core/formats/programChoice';
import { FolderSiblings } from '../../src/dataset/folderSiblings';
import { check } from '../support/check';

addForeignFormats();

/** A builder that nobody calls where it is written. */
const models = [
  'from tensorflow import keras',
  'from tensorflow.keras import layers',
  'def build(input_shape, classes, width=8):',
  '    i = keras.Input(shape=input_shape)',
  '    x = layers.Dense(width)(i)',
  '    return keras.Model(i, layers.Dense(classes)(x))',
  '',
].join('\n');

interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** Of the program that is read. */
  readonly path?: string;
  readonly text?: string;
  readonly chosen?: ProgramChoice;
}

/** What a template is shown for and what says so, then the outputs of its layers. */
function shown({ files, path = 'models.py', text = models, chosen }: Project): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'callers-'));
  try {
    for (const [name, content] of Object.entries({ ...files, [path]: text })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const file = join(folder, path);
    const siblings = new FolderSiblings(file, folder);
    const programChoice = chosen && { programChoice: chosen };
    const { program } = readModel({ path: file, bytes: readFileSync(file), siblings, ...programChoice });
    const facts = (program?.given ?? []).map(({ name, value, origin }) => `${name}=${value} ${origin}`);
    const open = (program?.openValues ?? []).map(({ name }) => `open ${name}`);
    const layers = (program?.layers ?? []).map(({ outputShape = [] }) => outputShape.slice(1).join('x'));
    return [...facts, ...open, layers.join(' ')];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

check('a builder that another program calls', shown, [
  {
    name: 'by its place and by its names, a default replaced',
    input: { files: { 'train.py': '# starts\nfrom models import build\nm = build((6,), classes=3, width=4)\n' } },
    expected: ['input_shape=(6,) from train.py:3', 'classes=3 from train.py:3', 'width=4 from train.py:3', '6 4 3'],
  },
  {
    name: 'constants, in a function that nobody calls',
    input: {
      files: {
        'config.py': 'CLASSES = 2 + 3\n',
        'train.py':
          'import models\nfrom config import CLASSES\ndef train():\n    model = models.build((6,), CLASSES)\n',
      },
    },
    expected: ['input_shape=(6,) from train.py:4', 'classes=5 from train.py:4', '6 8 5'],
  },
  {
    name: 'from a folder above, by the package',
    input: {
      files: { 'train.py': 'from nets.models import build\nbuild((4,), 2)\n' },
      path: 'nets/models.py',
    },
    expected: ['input_shape=(4,) from ../train.py:2', 'classes=2 from ../train.py:2', '4 8 2'],
  },
  {
    name: 'several programs: the first by name, the others named, a test last',
    input: {
      files: {
        'tune.py': 'from models import build\nbuild((9,), 3)\n',
        'train.py': 'from models import build\nbuild((6,), 3)\n',
        'test_it.py': 'from models import build\nbuild((1,), 1)\n',
      },
    },
    expected: [
      'input_shape=(6,) from train.py:2; tune.py:2 passes (9,); test_it.py:2 passes (1,)',
      'classes=3 from train.py:2; test_it.py:2 passes 1',
      '6 8 3',
    ],
  },
  {
    name: 'what is not known there stays open, and is not mixed with what another call knows',
    input: {
      files: {
        'a.py': 'import numpy as np\nfrom models import build\nx = np.load("x.npy")\nbuild(x.shape[1:], 4)\n',
        'b.py': 'import numpy as np\nfrom models import build\nx = np.load("x.npy")\nbuild((7,), x.shape[0])\n',
      },
    },
    expected: ['classes=4 from a.py:4', 'open input_shape', '  '],
  },
  {
    name: 'a call of which all is known goes before one of which a part is',
    input: {
      files: {
        'a.py': 'import numpy as np\nfrom models import build\nx = np.load("x.npy")\nbuild(x.shape[1:], 4)\n',
        'b.py': 'from models import build\nbuild((7,), 2)\n',
      },
    },
    expected: ['input_shape=(7,) from b.py:2', 'classes=2 from b.py:2; a.py:4 passes 4', '7 8 2'],
  },
  {
    name: 'the user has the last word, under the bare name, too',
    input: {
      files: { 'train.py': 'from models import build\nbuild((6,), 3)\n' },
      chosen: { conversion: [], values: [{ name: 'classes', value: 9, origin: 'milliwatt.json' }] },
    },
    expected: ['classes=9 milliwatt.json', 'input_shape=(6,) from train.py:2', '6 8 9'],
  },
  {
    name: 'a function of the same name that another module defines says nothing',
    input: { files: { 'train.py': 'from others import build\nimport models\nbuild((6,), 3)\n' } },
    expected: ['open input_shape', 'open classes', '  '],
  },
  {
    name: 'a program that only names it in a comment says nothing',
    input: { files: { 'train.py': '# from models import build\nbuild((6,), 3)\n' } },
    expected: ['open input_shape', 'open classes', '  '],
  },
  {
    name: 'a class',
    input: {
      text: [
        'from tensorflow import keras',
        'class Net(keras.Sequential):',
        '    def __init__(self, width):',
        '        super().__init__([keras.Input((2,)), keras.layers.Dense(width)])',
        '',
      ].join('\n'),
      files: { 'train.py': 'from models import Net\nNet(5)\n' },
    },
    expected: ['width=5 from train.py:2', '5'],
  },
  {
    name: 'a caller that goes on for ever',
    input: {
      text: 'from tensorflow import keras\ndef build(width):\n    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(width)])\n',
      files: { 'train.py': 'from models import build\nbuild(5)\nwhile True:\n    build(6)\n' },
    },
    expected: ['width=5 from train.py:2; train.py:4 passes 6', '5'],
  },
]);
