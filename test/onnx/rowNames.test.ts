import { namedAfterNodes } from '../../src/core/onnx/rowNames';
import type { Origin } from '../../src/core/model/origin';
import { graph, operator, tensor } from '../support/build';
import { check } from '../support/check';

/** Names of what a chain of operators makes, by the nodes that these came from; its input and last output aside. */
function made(origins: readonly (Origin | undefined)[]): readonly string[] {
  const tensors = Array.from({ length: origins.length + 2 }, (_, at) =>
    tensor(at === 4 ? 'kept' : `t${at}`, 'float32', [1]),
  );
  const operators = [...origins, undefined].map((_, at) => operator('RELU', [at], [at + 1]));
  const named = namedAfterNodes(graph(tensors, operators, { inputs: [0], outputs: [tensors.length - 1] }), origins, [
    'kept',
  ]);
  return named.map(({ name }) => name).slice(1, -1);
}

check('rows of ONNX files', made, [
  {
    name: 'have the name of the module',
    input: [{ layer: '/net/conv1/Conv', layerKind: 'Conv' }],
    expected: ['/net/conv1'],
  },
  {
    name: 'have the node where there is no module, or only a number',
    input: [
      { layer: '/Add_1', layerKind: 'Add' },
      { layer: '/0/Gemm', layerKind: 'Gemm' },
      { layer: 'node_conv2d', layerKind: 'Conv' },
    ],
    expected: ['/Add_1', '/0.Gemm', 'node_conv2d'],
  },
  {
    name: 'of one node are told apart, and keep their own where there is none',
    input: [{ layer: '/n/MatMul_2', layerKind: 'MatMul' }, { layer: '/n/MatMul_2', layerKind: 'MatMul' }, undefined],
    expected: ['/n', '/n;2', 't3'],
  },
  {
    name: 'keep the name of an output that is turned behind them',
    input: Array.from({ length: 4 }, () => ({ layer: '/n/Conv', layerKind: 'Conv' })),
    expected: ['/n', '/n;2', '/n;3', 'kept'],
  },
]);
