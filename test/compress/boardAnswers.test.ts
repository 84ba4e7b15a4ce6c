import { rewriteModel } from '../../src/core/compress/tflm/rewriteModel';
import { cellLoop } from './tflm/cellLoop';
import { boardAnswerTexts, mendedTexts, mendsAnswers } from '../../src/core/compress/boardAnswers';
import type { Model } from '../../src/core/model/model';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** TANH whose output has this scale: the kernel writes 1/128. */
const tanh = (scale: number): Model =>
  model(
    graph(
      [
        tensor('x', 'int8', [2], { quantization: quantized(0.5) }),
        tensor('y', 'int8', [2], { quantization: quantized(scale) }),
      ],
      [operator('TANH', [0], [1])],
      { inputs: [0], outputs: [1] },
    ),
  );

const message =
  'TANH: The int8 kernel writes values at a scale of 1/128 and a zero point of 0, and the file declares others: the board answers wrongly, without a word. Give its output the scale 1/128 and the zero point 0, and put a QUANTIZE behind it where another scale is needed.';

check(
  'what a proof says of a board that answers otherwise',
  ([source, result]: readonly [number, number]) => boardAnswerTexts(tanh(source), tanh(result)),
  [
    { name: 'neither', input: [1 / 128, 1 / 128], expected: [] },
    {
      name: 'the result',
      input: [1 / 128, 1 / 64],
      expected: [`A board does not answer as the result means. ${message}`],
    },
    {
      name: 'the source',
      input: [1 / 64, 1 / 128],
      expected: [],
    },
    {
      name: 'both',
      input: [1 / 64, 1 / 64],
      expected: [`A board answers neither as the source nor as the result means. ${message}`],
    },
  ],
);

check(
  'what a proof says of an answer that is mended',
  ([source, result]: readonly [number, number]) => mendedTexts(tanh(source), tanh(result)),
  [
    { name: 'neither', input: [1 / 128, 1 / 128], expected: [] },
    { name: 'both', input: [1 / 64, 1 / 64], expected: [] },
    {
      name: 'the source',
      input: [1 / 64, 1 / 128],
      expected: [
        'A board answers as the result means, and not as the source did. TANH: The int8 kernel writes values at a scale of 1/128 and a zero point of 0, and the file declares others: the board answers wrongly, without a word.',
      ],
    },
  ],
);

check(
  'whether a result mends what a board answers',
  ([source, result]: readonly [Model, Model]) => mendsAnswers(source, result),
  [
    { name: 'a loop that is rewritten', input: [cellLoop(), rewriteModel(cellLoop()).model], expected: true },
    { name: 'a loop as it was', input: [cellLoop(), cellLoop()], expected: false },
    {
      name: 'what was right',
      input: [rewriteModel(cellLoop()).model, rewriteModel(cellLoop()).model],
      expected: false,
    },
  ],
);
