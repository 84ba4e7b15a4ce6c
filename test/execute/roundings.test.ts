import { roundingsOf, triedText } from '../../src/core/execute/roundings';
import type { Tensor } from '../../src/core/model/model';
import { graph, model, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const float = tensor('a', 'float32', [1]);
const int8 = tensor('b', 'int8', [1], { quantization: quantized(0.5) });
const weights = tensor('c', 'int8', [1], { quantization: quantized(0.5), data: new Uint8Array(1) });
const count = tensor('d', 'int32', [1]);

check(
  'models are tried in the roundings that they can differ in',
  (models: readonly (readonly Tensor[])[]) => {
    const roundings = roundingsOf(...models.map((tensors) => model([graph(tensors, [])])));
    return `${roundings.join(' ')}: ${triedText(2, roundings)}`;
  },
  [
    { name: 'floats and counts', input: [[float, count], [float]], expected: 'double: 2 random inputs' },
    {
      name: 'scales in one of two',
      input: [[float], [float, int8]],
      expected: 'double single: 2 random inputs in both rounding modes',
    },
    {
      name: 'weights of int8 beside floats',
      input: [[float, weights]],
      expected: 'double single: 2 random inputs in both rounding modes',
    },
  ],
);
