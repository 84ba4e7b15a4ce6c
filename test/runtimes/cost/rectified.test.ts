import { check } from '../../support/check';
import { type Case, countsOf } from './callOf';

/** A dense layer of 3 outputs on 4 floats that come from `before`. */
function dense(more: Partial<Case>): Case {
  return {
    kind: 'FULLY_CONNECTED',
    inputs: [
      ['float32', [1, 4]],
      ['float32', [3, 4]],
    ],
    output: ['float32', [1, 3]],
    ...more,
  };
}

const plain = { call: 1, row: 1, output: 3, mac: 12 };
const rectified = { call: 1, row: 1, output: 3, macRectified: 12 };

check('Products with values from a rectifier are told apart where floats are computed in software', countsOf, [
  { name: 'a ReLU before', input: dense({ softFloat: true, before: { kind: 'RELU' } }), expected: rectified },
  {
    name: 'a layer with a ReLU before',
    input: dense({ softFloat: true, before: { kind: 'CONV_2D', activation: 'RELU6' } }),
    expected: rectified,
  },
  {
    name: 'a layer without one',
    input: dense({ softFloat: true, before: { kind: 'CONV_2D' } }),
    expected: plain,
  },
  { name: 'the input of the model', input: dense({ softFloat: true }), expected: plain },
  { name: 'a core with a floating-point unit', input: dense({ before: { kind: 'RELU' } }), expected: plain },
]);
