import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { modelsOfSource, readModel } from '../../src/core/formats/formats';
import { conversionOf } from '../../src/core/formats/kerasSource/conversion';
import { givenValueOf } from '../../src/core/formats/givenValue';
import type { GivenValue, ProgramChoice } from '../../src/core/formats/programChoice';
import { installedKeras } from '../../src/core/formats/kerasSource/installedKeras';
import { directiveEdit, directiveProblem } from '../../src/core/formats/kerasSource/directiveEdit';
import { operatorName } from '../../src/core/model/model';
import { check } from '../support/check';

addForeignFormats();

/** Files of a project by their path from the folder of the program. */
type Files = Readonly<Record<string, string>>;

const encoder = new TextEncoder();

function sourceOf(
  files: Files,
  name = 'train.py',
): { path: string; bytes: Uint8Array; siblings: { read(name: string): Uint8Array | undefined } } {
  const [file] = name.split('#');
  const texts = new Map(Object.entries(files));
  const read = (path: string): Uint8Array | undefined => {
    const text = texts.get(path);
    return text === undefined ? undefined : encoder.encode(text);
  };
  return { path: name, bytes: read(file) ?? new Uint8Array(), siblings: { read } };
}

const dense = `import keras
model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(3, activation="relu"),
    keras.layers.Dropout(0.1),
    keras.layers.Dense(2),
])
`;

const helper = 'from keras import layers\n\ndef block(n):\n    return layers.Dense(n)\n';
const main =
  'import keras\nfrom helper import block\nmodel = keras.Sequential([keras.Input((4,))])\nfor _ in range(2):\n    model.add(block(5))\n';
const two = `${dense}other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n`;
const open = 'import keras\ndef build(n):\n    return keras.Sequential([keras.Input((n,)), keras.layers.Dense(2)])\n';
const cells = JSON.stringify({
  cells: [
    { cell_type: 'code', source: ['!pip install tensorflow==2.15.0\n', 'import keras\n', 'N = 6\n'] },
    { cell_type: 'code', source: 'model = keras.Sequential([keras.Input((N,)), keras.layers.Dense(2)])' },
  ],
});

check(
  'layers of a program, with their lines, shapes, parameters and operators',
  ([files, name]: readonly [Files, string?]) => {
    const { model, program } = readModel(sourceOf(files, name));
    const { operators } = model.graphs[0];
    return program?.layers.map(({ path, kind, outputShape, parameters, origin, operators: own }) => {
      const { file, span, cell } = origin?.place ?? { file: '' };
      const place = `${file}${cell === undefined ? '' : `[${cell}]`}:${(span?.line ?? -1) + 1}`;
      const becomes = own.map((index) => operatorName(operators[index])).join(' ');
      return `${place} ${path} ${kind} ${JSON.stringify(outputShape)} ${parameters} ${becomes}`.trim();
    });
  },
  [
    {
      name: 'straight code: 4 x 3 + 3 and 3 x 2 + 2 parameters, no operator for the dropout',
      input: [{ 'train.py': dense }],
      expected: [
        'train.py:4 dense Dense [null,3] 15 FULLY_CONNECTED',
        'train.py:5 dropout Dropout [null,3] 0',
        'train.py:6 dense_1 Dense [null,2] 8 FULLY_CONNECTED',
      ],
    },
    {
      name: 'a helper beside the program: 4 x 5 + 5 and 5 x 5 + 5 parameters',
      input: [{ 'train.py': main, 'helper.py': helper }],
      expected: [
        'helper.py:4 dense Dense [null,5] 25 FULLY_CONNECTED',
        'helper.py:4 dense_1 Dense [null,5] 30 FULLY_CONNECTED',
      ],
    },
    {
      name: 'one of two, by its variable',
      input: [{ 'train.py': two }, 'train.py#other'],
      expected: ['train.py:8 dense_2 Dense [null,1] 3 FULLY_CONNECTED'],
    },
    {
      name: 'a notebook: shapes across cells',
      input: [{ 'a.ipynb': cells }, 'a.ipynb'],
      expected: ['a.ipynb[1]:1 dense Dense [null,2] 14 FULLY_CONNECTED'],
    },
    {
      name: 'a builder that nobody calls: what is not known is left out',
      input: [{ 'train.py': open }],
      expected: ['train.py:3 dense Dense [null,2] undefined'],
    },
    {
      name: 'the same for what a comment says: 8 x 2 + 2 parameters',
      input: [{ 'train.py': `# milliwatt: n=8\n${open}` }],
      expected: ['train.py:4 dense Dense [null,2] 18 FULLY_CONNECTED'],
    },
    {
      name: 'two, and none is named',
      input: [{ 'train.py': two }],
      fails: 'train.py builds 2 models. Choose one: train.py#model, train.py#other.',
    },
    {
      name: 'one that is not there',
      input: [{ 'train.py': dense }, 'train.py#net'],
      fails: 'train.py builds no model "net". Choose one: train.py#model.',
    },
    {
      name: 'no model',
      input: [{ 'train.py': 'print(1)\n' }],
      fails: 'train.py builds no Keras model that can be read. Name the file that builds it.',
    },
  ],
);

check(
  'models that a program builds, with the lines that make them',
  ([files, name]: readonly [Files, string]) =>
    modelsOfSource({ ...sourceOf(files, name), content: files[name] }).map(({ id, place, within }) =>
      `${id} ${(place?.span?.line ?? -1) + 1} ${within ?? ''}`.trim(),
    ),
  [
    { name: 'two', input: [{ 'train.py': two }, 'train.py'], expected: ['model 2', 'other 8'] },
    { name: 'a builder, by its function', input: [{ 'train.py': open }, 'train.py'], expected: ['build 2'] },
    {
      name: 'one that is a part of another',
      input: [
        {
          'train.py':
            'import keras\nfront = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\nmodel = keras.Sequential([front, keras.layers.Dense(2)])\n',
        },
        'train.py',
      ],
      expected: ['front 2 model', 'model 3'],
    },
    { name: 'none', input: [{ 'train.py': 'x = 1\n' }, 'train.py'], expected: [] },
  ],
);

check(
  'how a program is converted',
  ([text, requirements]: readonly [string, string?]) => {
    const program = { file: 'train.py', text };
    const files = requirements === undefined ? [] : [{ file: 'requirements.txt', text: requirements }];
    const { numbers, batch, flavour, assumption } = conversionOf({ program, requirements: files });
    return [numbers, batch, flavour, assumption !== undefined];
  },
  [
    { name: 'nothing says it', input: ['x = 1'], expected: ['int8', 'open', 'keras3', true] },
    {
      name: 'comments',
      input: ['# milliwatt: numbers=int16x8; batch=1; keras=2\n'],
      expected: ['int16x8', 1, 'keras2', false],
    },
    {
      name: 'a kind of number that there is not',
      input: ['# milliwatt: numbers=int4\n'],
      expected: ['int8', 'open', 'keras3', true],
    },
    {
      name: 'the converter alone',
      input: ['c = tf.lite.TFLiteConverter.from_keras_model(m)'],
      expected: ['float32', 'open', 'keras3', false],
    },
    {
      name: 'a representative data set',
      input: ['c = TFLiteConverter.from_keras_model(m)\nc.optimizations = [O]\nc.representative_dataset = g'],
      expected: ['int8', 'open', 'keras3', false],
    },
    {
      name: 'int16 activations',
      input: ['EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8'],
      expected: ['int16x8', 'open', 'keras3', false],
    },
    {
      name: 'TensorFlow 2.15 has Keras 2',
      input: ['x', 'numpy\ntensorflow==2.15.1\n'],
      expected: ['int8', 'open', 'keras2', true],
    },
    {
      name: 'TensorFlow 2.16 has Keras 3',
      input: ['x', 'tensorflow==2.16.1'],
      expected: ['int8', 'open', 'keras3', true],
    },
    { name: 'of a notebook', input: ['!pip install -q tensorflow==2.12'], expected: ['int8', 'open', 'keras2', true] },
  ],
);

check(
  'which Keras the packages of a project say',
  (text: string) => installedKeras([{ file: 'requirements.txt', text }])?.value,
  [
    { name: 'a range that ends before Keras 3', input: 'tensorflow>=2.8,<2.16', expected: 2 },
    { name: 'one that ends behind it says nothing', input: 'tensorflow>=2.8,<2.17', expected: undefined },
    { name: 'one that begins there', input: 'tensorflow-cpu>=2.16', expected: 3 },
    { name: 'tf_keras', input: 'tensorflow==2.17\ntf-keras', expected: 2 },
    { name: 'Keras itself', input: 'keras<3', expected: 2 },
    { name: 'an environment of conda', input: 'dependencies:\n  - tensorflow=2.10.0=mkl_py310\n', expected: 2 },
    {
      name: 'a list in pyproject.toml',
      input: 'dependencies = ["numpy", "tensorflow[and-cuda]==2.15.1"]',
      expected: 2,
    },
    { name: 'a table in pyproject.toml', input: 'tensorflow = "~2.12"', expected: 2 },
    { name: 'up to the next major version: either', input: 'tensorflow = "^2.12"', expected: undefined },
    { name: 'compatible with a minor version: either', input: 'tensorflow~=2.12', expected: undefined },
    { name: 'compatible with a patch', input: 'tensorflow~=2.12.0', expected: 2 },
    { name: 'another package', input: 'tensorflow-probability==0.23', expected: undefined },
    { name: 'a comment', input: '# tensorflow==2.12', expected: undefined },
  ],
);

const quantizing = 'c = TFLiteConverter.from_keras_model(m)\nc.representative_dataset = g\n';

check(
  'what says how a program is converted, the nearest first',
  (sources: Omit<Parameters<typeof conversionOf>[0], 'program'> & { readonly text: string }) =>
    conversionOf({ ...sources, program: { file: 'train.py', text: sources.text } })
      .facts.filter(({ origin }) => origin !== 'default')
      .map(({ key, value, origin }) => `${key} ${value}: ${origin}`),
  [
    {
      name: 'code without types: float at the edges, as the converter does',
      input: { text: quantizing },
      expected: [
        'numbers int8: train.py line 2',
        'inputType float32: train.py line 2',
        'outputType float32: train.py line 2',
      ],
    },
    {
      name: 'types; what is commented out says nothing',
      input: {
        text: `${quantizing}c.inference_input_type = tf.uint8\n# c.inference_output_type = tf.int8\n`,
      },
      expected: [
        'numbers int8: train.py line 2',
        'inputType uint8: train.py line 3',
        'outputType float32: train.py line 2',
      ],
    },
    {
      name: 'a fixed signature',
      input: { text: `${quantizing}f = g.get_concrete_function(tf.TensorSpec([1, 4], tf.float32))` },
      expected: [
        'numbers int8: train.py line 2',
        'inputType float32: train.py line 2',
        'outputType float32: train.py line 2',
        'batch 1: train.py line 3',
      ],
    },
    {
      name: 'a program beside it',
      input: { text: 'x', converters: [{ file: 'convert.py', text: 'tf.lite.TFLiteConverter.from_keras_model(m)' }] },
      expected: ['numbers float32: convert.py line 1'],
    },
    {
      name: 'a choice goes before code, whose edges then say nothing',
      input: { text: quantizing, chosen: [{ name: 'numbers', value: 'int16x8', origin: 'milliwatt.json' }] },
      expected: ['numbers int16x8: milliwatt.json'],
    },
    {
      name: 'a comment goes before a choice',
      input: {
        text: '# milliwatt: numbers=float32',
        chosen: [{ name: 'numbers', value: 'int8', origin: 'setting' }],
      },
      expected: ['numbers float32: comment'],
    },
    {
      name: 'the command line goes before a comment',
      input: {
        text: '# milliwatt: numbers=float32',
        chosen: [{ name: 'numbers', value: 'int8', origin: 'command line', isOver: true }],
      },
      expected: ['numbers int8: command line'],
    },
    {
      name: 'packages',
      input: { text: 'x', requirements: [{ file: '../Pipfile', text: 'tensorflow = "==2.9.0"' }] },
      expected: ['withKeras 2: ../Pipfile'],
    },
  ],
);

const chosenValues = (values: Readonly<Record<string, GivenValue>>): ProgramChoice => ({
  conversion: [],
  values: Object.entries(values).map(([name, value]) => ({ name, value, origin: 'milliwatt.json' })),
});

check(
  'values that are given from outside of a program: parameters of the only layer, and what it is shown for',
  ([text, values]: readonly [string, Readonly<Record<string, GivenValue>>]) => {
    const { program } = readModel({ ...sourceOf({ 'train.py': text }), programChoice: chosenValues(values) });
    return [program?.layers.at(0)?.parameters, program?.given?.map(({ name, value, origin }) => [name, value, origin])];
  },
  [
    { name: 'one: 6 x 2 + 2', input: [open, { n: 6 }], expected: [14, [['n', '6', 'milliwatt.json']]] },
    {
      name: 'a comment goes before it: 8 x 2 + 2',
      input: [`# milliwatt: n=8\n${open}`, { n: 6 }],
      expected: [18, [['n', '8', 'comment']]],
    },
    {
      name: 'a tuple as a list, and as Python writes it in a text: 3 x 2 + 2',
      input: [open.replace('(n,)', 'n'), { n: '(3,)' }],
      expected: [8, [['n', '(3,)', 'milliwatt.json']]],
    },
    { name: 'of another name', input: [open, { m: 6 }], expected: [undefined, []] },
  ],
);

check('literals of Python as JSON has them', givenValueOf, [
  { name: 'a tuple', input: '(49, 10, 1)', expected: [49, 10, 1] },
  { name: 'of one', input: '(49,)', expected: [49] },
  { name: 'parentheses alone', input: '(49)', expected: 49 },
  { name: 'words', input: '[None, True, False]', expected: [null, true, false] },
  { name: 'a text', input: "'it is, (so)'", expected: 'it is, (so)' },
  { name: 'digits apart', input: '1_000', expected: 1000 },
  { name: 'more than literals', input: 'x + 1', expected: undefined },
  { name: 'code', input: '__import__("os")', expected: undefined },
  { name: 'a text that ends like a list', input: '["a,]", 1]', expected: ['a,]', 1] },
  { name: 'numbers that nothing parts', input: '(1 2)', expected: undefined },
  // Work proportional to the text: minutes where every blank looks for the end.
  { name: 'many blanks and half a text', input: `(${' '.repeat(100_000)}"`, expected: undefined },
]);

check(
  'the comment that says an open value',
  ([text, name, value, line]: readonly [string, string, string, number]) => {
    const { span, text: inserted } = directiveEdit(text, { name, value, line });
    return [span.line, span.endLine, span.endColumn, inserted];
  },
  [
    {
      name: 'the first stands above its line, as far in as that',
      input: ['class A:\n    def build(n):\n', 'n', '3', 1],
      expected: [1, 1, 0, '    # milliwatt: n=3\n'],
    },
    {
      name: 'a second one joins it',
      input: ['# milliwatt: n=3\ndef build(n, m):\n', 'm', '(4, 5)', 1],
      expected: [0, 0, 16, '# milliwatt: n=3; m=(4, 5)'],
    },
    {
      name: 'a new value takes the place of the old one; the end of the line stays',
      input: ['#milliwatt:n=3; m=1\r\ndef build(n):\n', 'n', '7', 1],
      expected: [0, 0, 19, '#milliwatt:m=1; n=7'],
    },
  ],
);

check('what cannot stand in that comment', directiveProblem, [
  { name: 'a tuple can', input: '(49, 10, 1)', expected: undefined },
  { name: 'nothing', input: ' ', expected: 'Give a value as Python writes it, for instance (49, 10, 1) or 12.' },
  { name: 'two of them', input: '1; b=2', expected: 'The value is one expression on one line, without ; and #.' },
  { name: 'a long one', input: '1'.repeat(201), expected: 'The value is longer than 200 characters.' },
]);
