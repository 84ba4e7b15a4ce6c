import { printedSummaries } from '../../src/core/keras/source/printedSummaries';
import { check } from '../support/check';
import { describedFiles } from './described';

interface Cell {
  readonly source: string;
  /** What the cell printed. */
  readonly printed?: string;
}

function notebook(cells: readonly Cell[]): string {
  return JSON.stringify({
    cells: cells.map(({ source, printed }) => ({
      cell_type: 'code',
      source,
      outputs: printed === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: printed }],
    })),
    nbformat: 4,
  });
}

/** A table as Keras 2 prints it. */
function table(name: string, ...rows: readonly string[]): string {
  const line = '_'.repeat(65);
  return [
    `Model: "${name}"`,
    line,
    ' Layer (type)                Output Shape              Param #   ',
    '='.repeat(65),
    ...rows,
    '='.repeat(65),
    'Total params: 1',
  ].join('\n');
}

const header = 'import numpy as np\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n';
const shapesOfData = `${header}x = np.load("x.npy")\nlabels = open("labels.txt").read().split()\n`;
const twoLayers = [
  'm = keras.Sequential([',
  '  layers.Conv2D(4, 3, input_shape=x.shape[1:]),',
  '  layers.GlobalAveragePooling2D(),',
  '  layers.Dense(len(labels))])',
].join('\n');

check(
  'sizes of a notebook that its code leaves open',
  (cells: readonly Cell[]) => describedFiles(new Map([['main.ipynb', notebook(cells)]]), {}, 'main.ipynb'),
  [
    {
      name: 'input and classes from the summary that was printed',
      input: [
        { source: shapesOfData },
        {
          source: twoLayers,
          printed: table(
            'sequential',
            ' conv2d (Conv2D)             (None, 8, 6, 4)           112       ',
            '                                                                 ',
            ' global_average_pooling2d (  (None, 4)                 0         ',
            ' GlobalAveragePooling2D)                                         ',
            '                                                                 ',
            ' dense (Dense)               (None, 7)                 35        ',
          ),
        },
      ],
      expected: [
        'm, assumed Sizes that the code leaves open are those of the summary of "sequential" that this cell printed ' +
          'when it last ran; it may be stale.',
        '  Conv2D@2 8x6x4 112',
        '  GlobalAveragePooling2D@3 4 0',
        '  Dense@4 7 35',
      ],
    },
    {
      name: 'a summary of another state of the code is not taken',
      input: [
        { source: shapesOfData },
        {
          source: twoLayers,
          printed: table(
            'sequential',
            ' conv2d (Conv2D)             (None, 8, 6, 5)           140       ',
            ' global_average_pooling2d (G (None, 5)                 0         ',
            ' dense (Dense)               (None, 7)                 42        ',
          ),
        },
      ],
      expected: [
        'm, open x.shape[1:], open len(labels)',
        '  Conv2D@2 ? ?',
        '  GlobalAveragePooling2D@3 ? 0',
        '  Dense@4 ? ?',
      ],
    },
    {
      name: 'one from which the input does not follow leaves it open',
      input: [
        { source: shapesOfData },
        {
          source: 'm = keras.Sequential([layers.Flatten(input_shape=x.shape[1:]), layers.Dense(2)])',
          printed: table(
            'sequential',
            ' flatten (Flatten)           (None, 12)                0         ',
            ' dense (Dense)               (None, 2)                 26        ',
          ),
        },
      ],
      expected: ['m, open x.shape[1:]', '  Flatten@1 ? 0', '  Dense@1 ? ?'],
    },
    {
      name: 'code that says all is not asked about',
      input: [
        {
          source: `${header}m = keras.Sequential([keras.Input((3,)), layers.Dense(2)])`,
          printed: table('sequential', ' dense (Dense)               (None, 9)                 90        '),
        },
      ],
      expected: ['m', '  Dense@4 2 8'],
    },
  ],
);

check('tables that a notebook printed', (cells: readonly Cell[]) => printedSummaries(notebook(cells)), [
  {
    name: 'of Keras 3, with colours, a long name and the column of connections',
    input: [
      {
        source: '',
        printed: [
          '\u001b[1mModel: "functional_1"\u001b[0m',
          '┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━━━┓',
          '┃\u001b[1m \u001b[0mLayer (type)       ┃ Output Shape      ┃ Param # ┃ Connected to  ┃',
          '┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━┩',
          '│ input_layer        │ (\u001b[38;5;45mNone\u001b[0m, 4, 1)      │       0 │ -             │',
          '│ (InputLayer)       │                   │         │               │',
          '├────────────────────┼───────────────────┼─────────┼───────────────┤',
          '│ dense (Dense)      │ (None, 4, 1000)   │   2,000 │ input_layer[… │',
          '└────────────────────┴───────────────────┴─────────┴───────────────┘',
          ' Total params: 2,000 (7.81 KB)',
        ].join('\n'),
      },
    ],
    expected: [
      {
        model: 'functional_1',
        cell: 0,
        layers: [
          { name: 'input_layer', className: 'InputLayer', shape: [null, 4, 1], parameters: 0 },
          { name: 'dense', className: 'Dense', shape: [null, 4, 1000], parameters: 2000 },
        ],
      },
    ],
  },
  {
    name: 'of Keras 2, of an input in a list and a class that is cut off',
    input: [
      { source: 'a = 1' },
      {
        source: '',
        printed: table(
          'model',
          'input_1 (InputLayer)         [(None, 5)]               0         ',
          '_'.repeat(65),
          'batch_normalization (BatchNo (None, 5)                 20        ',
        ),
      },
    ],
    expected: [
      {
        model: 'model',
        cell: 1,
        layers: [
          { name: 'input_1', className: 'InputLayer', shape: [null, 5], parameters: 0 },
          { name: 'batch_normalization', className: 'BatchNo', shape: [null, 5], parameters: 20 },
        ],
      },
    ],
  },
  { name: 'a table without rows is none', input: [{ source: '', printed: table('model') }], expected: [] },
]);
