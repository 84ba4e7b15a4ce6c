import { tensorRange } from '../../src/core/analysis/cards';
import type { Quantization, Tensor } from '../../src/core/model/model';
import { check } from '../support/check';

const int8 = (quantization?: Partial<Quantization>, data: readonly number[] | undefined = [-3, 0, 4, 2]): Tensor => ({
  index: 0,
  name: 'w',
  type: 'int8',
  shape: [4],
  isVariable: false,
  data: new Uint8Array(new Int8Array(data).buffer),
  quantization: quantization as Quantization | undefined,
});

check('range of a constant', tensorRange, [
  { name: 'without scales', input: int8(), expected: { min: -3, max: 4, zeros: 1, unit: 'real' } },
  {
    name: 'with one scale: real values, and what is 0 is the zero point',
    input: int8({ scales: [0.5], zeroPoints: [2] }),
    expected: { min: -2.5, max: 1, zeros: 1, unit: 'real' },
  },
  {
    name: 'with several scales: the stored integers',
    input: int8({ scales: [0.5, 2], zeroPoints: [0, 0] }),
    expected: { min: -3, max: 4, zeros: 1, unit: 'stored' },
  },
  { name: 'with fewer data than its shape says', input: int8(undefined, [1]), expected: undefined },
]);
