import { laidOut, layoutSentences, type EdgeLayout } from '../../../src/core/compress/tflm/channelsLast';
import { offersFor } from '../../../src/core/compress/offers';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { prepare } from '../../../src/core/execute/prepare';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { readOnnx } from '../../../src/core/onnx/reader';
import { check } from '../../support/check';
import { constant, node, onnxFile, type OnnxFile } from '../../support/onnxFile';

/** Operators, layouts and values of a file with its channels last, for inputs that count 1, 2, 3 …. */
function turned(file: OnnxFile): unknown {
  const made = laidOut(readOnnx(onnxFile(file)).model);
  const model = readTflite(writeTflite(made)).model;
  const [{ operators, tensors, inputs }] = model.graphs;
  const given = inputs.map((index) => {
    const count = tensors[index].shape.reduce((product, size) => product * size, 1);
    return new Uint8Array(Float32Array.from({ length: count }, (_, at) => at + 1).buffer);
  });
  const values = prepare(model, { rounding: 'double' })
    .invoke(given)
    .map(({ bytes }) => [...new Float32Array(bytes.slice().buffer)]);
  return { operators: operators.map(({ kind }) => kind).join(' '), layouts: layoutSentences(made.graphs[0]), values };
}

const picture = ['x', [1, 2, 1, 3]] as const;
/** Channel 0 is the first and the second, channel 1 ten times the first. */
const weights = constant('w', [2, 2, 1, 1], [1, 1, 10, 0]);

check('inputs and outputs with their channels last', turned, [
  {
    // Places hold (1, 2), (3, 4) and (5, 6).
    name: 'transposes of a picture at both edges',
    input: { nodes: [node('Conv', ['x', 'w'], ['y'])], inputs: [picture], outputs: ['y'], constants: [weights] },
    expected: {
      operators: 'CONV_2D',
      layouts: [
        'Input: 1×1×3×2, channels last; the file has 1×2×1×3, channels first.',
        'Output: 1×1×3×2, channels last; the file has 1×2×1×3, channels first.',
      ],
      values: [[3, 10, 7, 30, 11, 50]],
    },
  },
  {
    name: 'a value that is given out and read on keeps the order of the file',
    input: {
      nodes: [node('Conv', ['x', 'w'], ['y']), node('Flatten', ['x'], ['z'])],
      inputs: [picture],
      outputs: ['y', 'z'],
      constants: [weights],
    },
    // Channels 1, 2, 3 and 4, 5, 6.
    expected: {
      operators: 'TRANSPOSE CONV_2D RESHAPE',
      layouts: [
        'Input "x": 1×2×1×3, in the order of the file.',
        'Output "y": 1×1×3×2, channels last; the file has 1×2×1×3, channels first.',
      ],
      values: [
        [5, 10, 7, 20, 9, 30],
        [1, 2, 3, 4, 5, 6],
      ],
    },
  },
  {
    name: 'what nothing turns stays',
    input: { nodes: [node('Relu', ['x'], ['y'])], inputs: [picture], outputs: ['y'], constants: [] },
    expected: {
      operators: 'RELU',
      layouts: ['Input: 1×2×1×3, in the order of the file.', 'Output: 1×2×1×3, in the order of the file.'],
      values: [[1, 2, 3, 4, 5, 6]],
    },
  },
]);

const oneConvolution = {
  nodes: [node('Conv', ['x', 'w'], ['y'])],
  inputs: [picture],
  outputs: ['y'],
  constants: [weights],
};

async function titlesOf(layout: EdgeLayout): Promise<readonly string[]> {
  const model = laidOut(readOnnx(onnxFile(oneConvolution)).model, layout);
  const offers = await offersFor({ model, path: 'a.onnx', target: resolveTarget({}).target, limits: {} });
  return offers.map(({ offer }) => offer.title);
}

check(
  'what compressions would bring, as the file has its picture, and with its channels last',
  async () => {
    const [asInFile, last] = [await titlesOf('file'), await titlesOf('nhwc')];
    return [asInFile.length > 1, asInFile.filter((title, index) => title !== last[index])];
  },
  // The file has two transposes that no result has.
  [{ name: 'is the same', input: undefined, expected: [true, []] }],
);
