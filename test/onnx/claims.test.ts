import assert from 'node:assert/strict';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { check } from '../support/check';
import { constant, node, onnxFile, type Constant, type Node, type OnnxFile } from '../support/onnxFile';

addForeignFormats();

/** What a small file may take of the processor and of memory beside what it has, whatever it claims. */
const [mostMs, mostBytes] = [1000, 2 ** 26];

/** Reads a file, which fails: before much is taken. */
function read(file: OnnxFile): unknown {
  const bytes = onnxFile(file);
  const [memory, processor] = [process.memoryUsage().arrayBuffers, process.cpuUsage()];
  try {
    return readModel({ path: 'm.onnx', bytes }).model.graphs.length;
  } finally {
    const { user } = process.cpuUsage(processor);
    assert.ok(user / 1000 < mostMs, `${user / 1000} ms`);
    const taken = process.memoryUsage().arrayBuffers - memory;
    assert.ok(taken < mostBytes, `${taken} bytes`);
  }
}

const [large, huge] = [2 ** 24, 2 ** 40];

function file(nodes: readonly Node[], constants: readonly Constant[] = [], shape = [1, 1, 2, 2]): OnnxFile {
  return { nodes, constants, inputs: [['x', shape]], outputs: ['y'] };
}

/** A constant that is computed from others, and added to the input. */
function ahead(kind: string, constants: readonly Constant[]): OnnxFile {
  return file(
    [
      node(
        kind,
        constants.map(({ name }) => name),
        ['a'],
      ),
      node('Add', ['x', 'a'], ['y']),
    ],
    constants,
  );
}

const sizes = (values: readonly number[], name = 'sizes'): Constant => constant(name, [values.length], values, 'int64');
const number = (value: number, name: string): Constant => constant(name, [], [value], 'int64');
const noSize = 'its result has no size that a model has.';

check('ONNX that claims more than it has', read, [
  {
    name: 'a constant of a shape alone',
    input: ahead('ConstantOfShape', [sizes([large])]),
    fails: `The node "ConstantOfShape of a" (ConstantOfShape) is not converted: ${noSize}`,
  },
  {
    name: 'a constant of a shape that is below zero twice',
    input: ahead('ConstantOfShape', [sizes([-1, -8])]),
    fails: `The node "ConstantOfShape of a" (ConstantOfShape) is not converted: ${noSize}`,
  },
  {
    name: 'one number spread',
    input: ahead('Expand', [constant('c', [1], [1]), sizes([2 ** 13, 2 ** 13])]),
    fails: `The node "Expand of a" (Expand) is not converted: ${noSize}`,
  },
  {
    name: 'one number repeated',
    input: ahead('Tile', [constant('c', [1], [1]), sizes([huge])]),
    fails: `The node "Tile of a" (Tile) is not converted: ${noSize}`,
  },
  {
    name: 'a count',
    input: ahead('Range', [number(0, 'from'), number(huge, 'to'), number(1, 'by')]),
    fails: `The node "Range of a" (Range) is not converted: ${noSize}`,
  },
  {
    name: 'a sum of a row and a column',
    input: ahead('Add', [
      constant('row', [1, 2 ** 12], Array<number>(2 ** 12).fill(1)),
      constant('column', [2 ** 12, 1], Array<number>(2 ** 12).fill(1)),
    ]),
    fails: `The node "Add of a" (Add) is not converted: ${noSize}`,
  },
  {
    name: 'many constants of shapes alone',
    input: file(
      [
        ...Array.from({ length: 9 }, (_, at) => node('ConstantOfShape', ['sizes'], [`a${at}`])),
        node('Relu', ['x'], ['y']),
      ],
      [sizes([2 ** 19])],
    ),
    fails:
      'The node "ConstantOfShape of a8" (ConstantOfShape) is not converted: the constants that it is made of are many times those of the file.',
  },
  {
    name: 'weights of rows without columns',
    input: file([node('Gemm', ['x', 'w'], ['y'], [['transB', 1]])], [constant('w', [2 ** 28, 0], [])], [1, 4]),
    fails: `The constant "w" has a shape that no model has: [${2 ** 28}, 0].`,
  },
  {
    name: 'a picture within a frame',
    input: file([node('Pad', ['x', 'p'], ['y'])], [sizes([0, 0, huge, 0, 0, 0, 0, 0], 'p')]),
    fails: `The value "y" has a shape that no model has: [1, 1, ${huge + 2}, 2]. Export the model with the sizes that are meant.`,
  },
  {
    name: 'a picture whose edge is repeated',
    input: file([node('Pad', ['x', 'p'], ['y'], [['mode', 'edge']])], [sizes([0, 0, huge, 0, 0, 0, 0, 0], 'p')]),
    fails: 'The node "Pad of y" (Pad) is not converted: TensorFlow Lite Micro does not pad so far in the mode "edge".',
  },
  {
    name: 'a picture drawn large',
    input: file([node('Resize', ['x', '', '', 'sizes'], ['y'], [['mode', 'linear']])], [sizes([1, 1, large, 2])]),
    fails:
      'The node "Resize of y" (Resize) is not converted: its result is longer than 65536 places, which no microcontroller holds.',
  },
  {
    name: 'a value spread',
    input: file([node('Expand', ['x', 'sizes'], ['y'])], [sizes([1, huge, 2, 2])]),
    fails: `The value "y" has a shape that no model has: [1, ${huge}, 2, 2]. Export the model with the sizes that are meant.`,
  },
  {
    name: 'weights with zeros between them',
    input: file(
      [node('ConvTranspose', ['x', 'w'], ['y'], [['dilations', [2000, 2000]]])],
      [constant('w', [1, 1, 3, 3], Array<number>(9).fill(1))],
    ),
    fails:
      'The node "ConvTranspose of y" (ConvTranspose) is not converted: its groups or dilations would take more weights than a microcontroller holds.',
  },
  {
    name: 'zeros around a convolution',
    input: file([node('Conv', ['x', 'w'], ['y'], [['pads', [huge, 0, 0, 0]]])], [constant('w', [1, 1, 1, 1], [1])]),
    fails: `The value "x/1x2x2x1/padded" has a shape that no model has: [1, ${huge + 2}, 2, 1]. Export the model with the sizes that are meant.`,
  },
  {
    name: 'a factor for each window',
    input: file(
      [
        node(
          'AveragePool',
          ['x'],
          ['y'],
          [
            ['kernel_shape', [3, 3]],
            ['pads', [1, 1, 1, 1]],
            ['count_include_pad', 1],
            ['ceil_mode', 1],
            ['strides', [2, 2]],
          ],
        ),
      ],
      [],
      [1, 1, 2 ** 13, 2 ** 13],
    ),
    fails:
      'The node "AveragePool of y" (AveragePool) is not converted: it has more windows than 1048576, which no microcontroller holds a factor for.',
  },
  {
    name: 'channels in another order',
    input: file(
      [
        node(
          'DepthToSpace',
          ['x'],
          ['y'],
          [
            ['mode', 'CRD'],
            ['blocksize', 2],
          ],
        ),
      ],
      [],
      [1, 2 ** 22, 1, 1],
    ),
    fails: 'The node "DepthToSpace of y" (DepthToSpace) is not converted: its blocks do not fit its input.',
  },
]);
