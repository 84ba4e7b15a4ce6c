import { runText } from '../../src/host/compress/runText';
import type { RunReply } from '../../src/protocol/jobs';
import { check } from '../support/check';

const scores = {
  name: 'scores',
  type: 'int8',
  shape: [1, 3],
  elements: 3,
  min: -1,
  max: 0.5,
  mean: -0.1,
  zeroShare: 0,
  saturatedShare: 1 / 3,
  notFinite: 0,
  first: [-1, 0.2, 0.5],
  largest: [{ position: 2, value: 0.5 }],
} as const;

const reply: RunReply = {
  outputs: [scores],
  layers: [
    { ...scores, operator: 'FULLY_CONNECTED' },
    { ...scores, name: 'x', operator: 'ADD', notFinite: 2, saturatedShare: undefined },
  ],
  rounding: 'double',
  inputs: { source: 'two.npy', label: 2, remarks: ['One row was left out.'] },
  hostMs: 1.5,
};

check(
  'classes of a run',
  (labels: readonly string[] | undefined) =>
    runText({ ...reply, outputs: [{ ...scores, labels }] }, 'a.tflite')
      .split('\n')
      .filter((line) => line.includes('largest')),
  [
    { name: 'by their names', input: ['cat'], expected: ['  largest  cat [2] 0.5'] },
    { name: 'that nothing names', input: undefined, expected: ['  largest  [2] 0.5'] },
  ],
);

check('text of a run', (input: RunReply) => runText(input, 'a.tflite').split('\n'), [
  {
    name: 'outputs first, then the layers in columns',
    input: reply,
    expected: [
      'model   a.tflite',
      'inputs  two.npy',
      'label   2',
      '        One row was left out.',
      'run     as TensorFlow Lite Micro does it with double rounding; 1.50 ms on this machine, which says nothing of a board',
      '',
      'Output scores  int8[1,3]',
      '  values   -1 0.2 0.5',
      '  largest  [2] 0.5',
      '',
      'Layers, in real numbers',
      'layer   operator         type  shape  min  max  mean   zero      at an end',
      'scores  FULLY_CONNECTED  int8  [1,3]   -1  0.5  -0.1  0.0 %         33.3 %',
      'x       ADD              int8  [1,3]   -1  0.5  -0.1  0.0 %   2 not finite',
      '',
    ],
  },
]);
