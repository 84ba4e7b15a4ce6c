import { shortNames } from '../../src/core/model/names';
import { graph, tensor } from '../support/build';
import { check } from '../support/check';

check(
  'short names',
  (names: readonly string[]) =>
    shortNames(
      graph(
        names.map((name) => tensor(name, 'int8', [1])),
        [],
      ),
    ),
  [
    { name: 'a plain name stays', input: ['input_1'], expected: ['input_1'] },
    { name: 'the layer of a path', input: ['model/conv2d_3/BiasAdd/ReadVariableOp'], expected: ['conv2d_3'] },
    {
      name: 'the layer that is not folded into another',
      input: ['f/activation_1/Relu;f/batch_normalization_1/FusedBatchNormV3;f/conv2d_1/BiasAdd'],
      expected: ['conv2d_1'],
    },
    { name: 'only a folded layer', input: ['f/activation_1/Relu'], expected: ['activation_1'] },
    { name: 'a suffix of the converter is no name', input: ['dense_2/MatMul:0'], expected: ['dense_2'] },
    { name: 'no name at all', input: ['', ''], expected: ['t0', 't1'] },
    { name: 'the same name again', input: ['a', 'a', 'a'], expected: ['a', 'a~2', 'a~3'] },
    { name: 'blanks, commas and brackets cannot break a line', input: ['a b,c(d)'], expected: ['a_b_c_d_'] },
    {
      name: 'a long name keeps both ends',
      input: ['abcdefghijklmnopqrstuvwxyz0123456789'],
      expected: ['abcdefghijk…yz0123456789'],
    },
    { name: 'an operation as the whole name', input: ['Identity'], expected: ['Identity'] },
  ],
);
