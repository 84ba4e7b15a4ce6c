import { splitFor } from '../../src/core/samples/stream';
import { graph, operator, tensor } from '../support/build';
import { check } from '../support/check';

check(
  'the split that a model asks for, of samples 0 to 9',
  (kind: string) => {
    const tensors = [
      tensor('x', 'float32', [1, 1]),
      tensor('state', 'float32', [1, 1], { isVariable: true }),
      tensor('y', 'float32', [1, 1]),
    ];
    const inputs = kind === 'RELU' ? [0] : [0, 1];
    const model = graph(tensors, [operator(kind, inputs, [2])], { inputs: [0], outputs: [2] });
    const samples = { source: '', isSynthetic: false, count: 10, remarks: [] };
    const { test } = splitFor(model, { ...samples, inputs: [Float32Array.from({ length: 10 }, (_, index) => index)] });
    return [...test.inputs[0]];
  },
  [
    { name: 'none has memory: every fifth', input: 'RELU', expected: [4, 9] },
    { name: 'SVDF keeps what it heard: the end', input: 'SVDF', expected: [8, 9] },
    { name: 'an LSTM starts anew with each', input: 'UNIDIRECTIONAL_SEQUENCE_LSTM', expected: [4, 9] },
  ],
);
