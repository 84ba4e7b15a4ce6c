import { compareManners } from '../../src/core/estimate/manners';
import type { MannerComparison } from '../../src/core/estimate/mannerComparison';
import { layerMannersText, modelMannersText } from '../../src/core/analysis/mannersText';
import { subjectOf } from '../../src/core/analysis/subject';
import { mannersOf, type Manners } from '../../src/core/keras/manners';
import { check } from '../support/check';
import { sequential, type LayerRow } from '../support/kerasModels';

interface Row {
  readonly layers: readonly LayerRow[];
  readonly shown: Manners['shown'];
  /** Positions of the operators that are hovered over; the first where it is absent. */
  readonly at?: readonly number[];
  readonly isProgram?: boolean;
}

function comparisonOf({ layers, shown }: Row): MannerComparison {
  const manners = mannersOf(sequential([8, 4], layers), shown, { batch: 'open' });
  const model = manners.ours?.model;
  if (model === undefined) throw new Error('Ours makes nothing of the model.');
  const read = { model, problems: [], manners: () => manners };
  const subject = subjectOf({ path: 'm.keras', bytes: new Uint8Array(0), target: { board: 'nano33ble' }, read });
  const comparison = compareManners(subject, read);
  if (comparison === undefined) throw new Error('Nothing was compared.');
  return comparison;
}

/** Operators of each layer that is told apart, and what goes badly with it. */
function toldApart(row: Row): unknown {
  const { refused, layers } = comparisonOf(row);
  return {
    refused: refused !== undefined,
    layers: layers.map(({ name, shown, sides, troubles }) => ({
      name,
      shown: shown.length,
      official: sides?.official.operators.join(' '),
      ours: sides?.ours.operators.join(' '),
      troubles: troubles.length,
    })),
  };
}

/** Figures of costs are those of `estimate`, which has tests of its own. */
function withoutFigures(text: string | undefined): string | undefined {
  return text?.replace(/[\d,]+ (bytes|cycles)/g, 'N $1');
}

const flat: readonly LayerRow[] = [
  ['Flatten', {}],
  ['Dense', { units: 2 }],
];

const gelu: readonly LayerRow[] = [
  ['Flatten', {}],
  ['Dense', { units: 2, activation: 'gelu' }],
];

check('a Keras model in both manners', toldApart, [
  {
    name: 'shape arithmetic is in the official file alone',
    input: { layers: flat, shown: 'ours' },
    expected: {
      refused: false,
      layers: [
        { name: 'flatten_2', shown: 1, official: 'SHAPE STRIDED_SLICE PACK RESHAPE', ours: 'RESHAPE', troubles: 0 },
      ],
    },
  },
  {
    name: 'of a program the official operators are those that are shown',
    input: { layers: flat, shown: 'official' },
    expected: {
      refused: false,
      layers: [
        { name: 'flatten_2', shown: 4, official: 'SHAPE STRIDED_SLICE PACK RESHAPE', ours: 'RESHAPE', troubles: 0 },
      ],
    },
  },
  {
    name: 'the same in both is not told',
    input: { layers: [['ReLU', {}]], shown: 'ours' },
    expected: { refused: false, layers: [] },
  },
]);

const hoverText = (row: Row): string | undefined =>
  withoutFigures(layerMannersText(comparisonOf(row), row.at ?? [0], row.isProgram));

check('a hover over operators', hoverText, [
  {
    name: 'both and what is saved',
    input: { layers: flat, shown: 'ours' },
    expected:
      'The official converter writes `SHAPE`, `STRIDED_SLICE`, `PACK`, `RESHAPE` for `flatten_2`. ' +
      "Milliwatt's saves N bytes of RAM, N bytes of flash, N cycles.",
  },
  {
    name: 'what goes badly is said of a file',
    input: { layers: gelu, shown: 'ours', at: [1] },
    expected:
      'By the official converter: The layer "dense\\_3" (Dense) becomes GELU, which TensorFlow Lite Micro does not have.',
  },
  {
    name: 'of a program it stands as a problem at the line already',
    input: { layers: gelu, shown: 'official', at: [4], isProgram: true },
    expected: undefined,
  },
  {
    name: 'of a program, whose operators stand at the line: what ours makes of the layer',
    input: { layers: flat, shown: 'official' },
    expected:
      'Converted by Milliwatt, `flatten_2` is `RESHAPE`. ' +
      "Milliwatt's saves N bytes of RAM, N bytes of flash, N cycles.",
  },
  {
    name: 'of several layers a line each',
    input: { layers: gelu, shown: 'ours', at: [0, 1] },
    expected:
      '- `flatten_2`: `SHAPE`, `STRIDED_SLICE`, `PACK`, `RESHAPE` by the official converter, `RESHAPE` by Milliwatt.\n' +
      '- By the official converter: The layer "dense\\_3" (Dense) becomes GELU, which TensorFlow Lite Micro does not have.',
  },
  { name: 'nothing of what is the same', input: { layers: [['ReLU', {}]], shown: 'ours' }, expected: undefined },
]);

check('a hover over the model', (row: Row) => withoutFigures(modelMannersText(comparisonOf(row))), [
  {
    name: 'of a file: what the official converter would have made of it',
    input: { layers: flat, shown: 'ours' },
    expected:
      '- The official converter would write 5 operators, arena N bytes, flash N bytes, N cycles. ' +
      "Milliwatt's saves N bytes of RAM, N bytes of flash, N cycles.",
  },
  {
    name: 'of a program: what ours makes of it',
    input: { layers: flat, shown: 'official' },
    expected:
      '- Converted by Milliwatt: 2 operators, arena N bytes, flash N bytes, N cycles. ' +
      "Milliwatt's saves N bytes of RAM, N bytes of flash, N cycles.",
  },
]);
