import { dataCachesOf, workTerms } from '../../src/core/estimate/timing/workTerms';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Model } from '../../src/core/model/model';
import { graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

type Type = 'float32' | 'int8';

interface Case {
  readonly built: Model;
  readonly board: string;
  readonly term: (typeof workTerms)[number][0];
}

function convolution(type: Type, height: number, width: number): Model {
  const values = { padding: 'SAME', strideH: 1, strideW: 1, dilationHFactor: 1, dilationWFactor: 1 };
  const bytes = 3 * 7 * 7 * 2 * (type === 'float32' ? 4 : 1);
  const tensors = [
    tensor('in', type, [1, height, width, 2]),
    tensor('w', type, [3, 7, 7, 2], { data: new Uint8Array(bytes) }),
    tensor('out', type, [1, height, width, 3]),
  ];
  const all = [operator('CONV_2D', [0, 1, -1], [2], { options: options('Conv2DOptions', values) })];
  return model(graph(tensors, all, { inputs: [0], outputs: [2] }));
}

/** 4x4 pixels of 8 channels to as many. */
function image(kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D', side: number, type: Type = 'int8'): Model {
  const filter = kind === 'CONV_2D' ? [8, side, side, 8] : [1, side, side, 8];
  const tensors = [tensor('in', type, [1, 4, 4, 8]), tensor('w', type, filter), tensor('out', type, [1, 4, 4, 8])];
  return model(graph(tensors, [operator(kind, [0, 1, -1], [2])], { inputs: [0], outputs: [2] }));
}

function dense(type: Type, inputs: number, outputs: number): Model {
  const bytes = inputs * outputs * (type === 'float32' ? 4 : 1);
  const tensors = [
    tensor('in', type, [1, inputs]),
    tensor('w', type, [outputs, inputs], { data: new Uint8Array(bytes) }),
    tensor('out', type, [1, outputs]),
  ];
  return model(graph(tensors, [operator('FULLY_CONNECTED', [0, 1, -1], [2])], { inputs: [0], outputs: [2] }));
}

check(
  'work beside instructions, with a data cache of 256 bytes on the reference board and of 4 KB on the STM32F746',
  ({ built, board, term }: Case) => {
    const caches = dataCachesOf(resolveTarget({ board }).target, 256);
    const work = workTerms.find(([name]) => name === term)![1];
    return Math.round(work(built.graphs[0].operators[0], built.graphs[0], caches));
  },
  [
    {
      name: 'products of a 7x7 kernel over a signal of width 1: 4 rows see 4 rows in one column, x 2 x 3 channels',
      input: { built: convolution('float32', 4, 1), board: 'nucleo_l4r5zi', term: 'cyclesPerProduct' },
      expected: 96,
    },
    {
      name: 'none of integers',
      input: { built: convolution('int8', 4, 1), board: 'nucleo_l4r5zi', term: 'cyclesPerProduct' },
      expected: 0,
    },
    {
      name: 'bytes that this kernel reads again: those of the products',
      input: { built: convolution('float32', 4, 1), board: 'nucleo_l4r5zi', term: 'cyclesPerRereadByte' },
      expected: 384,
    },
    {
      name: 'its 1,176 bytes stay in the larger cache',
      input: { built: convolution('float32', 4, 1), board: 'stm32f746g_disco', term: 'cyclesPerRereadByte' },
      expected: 0,
    },
    {
      name: 'a dense layer of floats: all its bytes',
      input: { built: dense('float32', 20, 50), board: 'nucleo_l4r5zi', term: 'cyclesPerStreamedByte' },
      expected: 4000,
    },
    {
      name: 'none where they stay in the cache',
      input: { built: dense('float32', 20, 50), board: 'stm32f746g_disco', term: 'cyclesPerStreamedByte' },
      expected: 0,
    },
    {
      name: 'rows of integers longer than the cache of the reference board count on every board',
      input: { built: dense('int8', 300, 10), board: 'stm32f746g_disco', term: 'cyclesPerStreamedByte' },
      expected: 3000,
    },
    {
      name: 'shorter ones on none',
      input: { built: dense('int8', 200, 10), board: 'nucleo_l4r5zi', term: 'cyclesPerStreamedByte' },
      expected: 0,
    },
    {
      name: 'pixels of a 3x3 convolution of integers, for which patches are gathered',
      input: { built: image('CONV_2D', 3), board: 'nucleo_l4r5zi', term: 'cyclesPerPixel' },
      expected: 16,
    },
    {
      name: 'none of a 1x1 convolution',
      input: { built: image('CONV_2D', 1), board: 'nucleo_l4r5zi', term: 'cyclesPerPixel' },
      expected: 0,
    },
    {
      name: 'none of floats',
      input: { built: image('CONV_2D', 3, 'float32'), board: 'nucleo_l4r5zi', term: 'cyclesPerPixel' },
      expected: 0,
    },
    {
      name: 'those of a depthwise convolution apart, once for all channels',
      input: { built: image('DEPTHWISE_CONV_2D', 3), board: 'nucleo_l4r5zi', term: 'cyclesPerDepthwisePixel' },
      expected: 16,
    },
    {
      name: 'which a convolution has none of',
      input: { built: image('CONV_2D', 3), board: 'nucleo_l4r5zi', term: 'cyclesPerDepthwisePixel' },
      expected: 0,
    },
  ],
);
