import type { TensorCard } from '../../src/core/analysis/analysis';
import type { LayerFacts, Report } from '../../src/core/estimate/report';
import { operatorHover, tensorHover } from '../../src/host/placed/hoverText';
import { check } from '../support/check';

const weights: TensorCard = {
  graph: 0,
  tensor: 4,
  name: 'conv/weights',
  type: 'int8',
  shape: [2, 1, 1, 8],
  bytes: 16,
  constant: true,
  variable: false,
  quantization: 'per channel along axis 0: 2 scales from 0.01 to 0.02',
};
const image: TensorCard = {
  graph: 0,
  tensor: 0,
  name: 'image',
  type: 'int8',
  shape: [1, 8, 8, 1],
  shapeSignature: [-1, 8, 8, 1],
  bytes: 64,
  constant: false,
  variable: false,
};

check('tensor hover', ([card, range]: readonly [TensorCard, TensorCard['range']]) => tensorHover(card, range), [
  {
    name: 'an activation with a dimension that is not fixed',
    input: [image, undefined],
    expected: '**`image`** activation, tensor 0 of graph 0\n\n`int8[?,8,8,1]`, 64 bytes\n\nNot quantized.',
  },
  {
    name: 'a constant with its range',
    input: [weights, { min: -127, max: 100, zeros: 4, unit: 'stored' }],
    expected:
      '**`conv/weights`** constant, tensor 4 of graph 0\n\n`int8[2,1,1,8]`, 16 bytes\n\n' +
      'Quantized: per channel along axis 0: 2 scales from 0.01 to 0.02.\n\nValues: -127 to 100 as stored, 25 % zeros.',
  },
  {
    name: 'a name that would end the code or the line',
    input: [{ ...image, name: 'a`b\nc' }, undefined],
    expected: "**`a'b c`** activation, tensor 0 of graph 0\n\n`int8[?,8,8,1]`, 64 bytes\n\nNot quantized.",
  },
]);

const report: Report = {
  model: { path: 'm.tflite', format: 'tflite', bytes: 1000, operators: 1, macs: 1024, parameters: 16 },
  target: { boardName: 'Board', runtime: 'tflm-reference', tflmVersion: 'v', optimization: 'Os', rounding: 'double' },
  arena: {
    minimumBytes: 2000,
    usedBytes: 2000,
    plannedBytes: 192,
    persistentBytes: 1808,
    scratchBytes: 0,
    peakOperator: 0,
    basis: 'exact',
  },
  flash: { modelBytes: 1000, totalBytes: 9000, basis: 'modelled' },
  latency: { cycles: 20_000, ms: 1, basis: 'modelled', source: 'Measured elsewhere.' },
  layers: [],
  findings: [],
};
const layer: LayerFacts = {
  index: 0,
  graph: 0,
  position: 0,
  operator: 'CONV_2D',
  name: 'conv',
  macs: 1024,
  ramBytes: 192,
  flashBytes: 4016,
  weightBytes: 16,
  kernelBytes: 4000,
  instructions: 10_000,
  instructionsLow: 9_000,
  instructionsHigh: 12_000,
  cycles: 15_000,
  ms: 0.75,
  variant: 'conv 1x1 s8',
  variantReason: 'The filter is 1x1.',
  basis: 'modelled',
};
const card = {
  graph: 0,
  index: 0,
  kind: 'CONV_2D',
  summary: 'Convolves.',
  version: 3,
  inputs: [0, 4],
  outputs: [5],
  options: [['strideW', '1']] as const,
};

/** The lines of the hover that give figures. */
function figureLines(facts: LayerFacts, of: Report): readonly string[] {
  const text = operatorHover({ layer: facts, card }, [], { report: of } as never);
  return text.split('\n').filter((line) => line.startsWith('- '));
}

check('operator hover', (make: () => unknown) => make(), [
  {
    name: 'every figure says where it comes from',
    input: () => figureLines(layer, report),
    expected: [
      '- MACs 1,024: from the shapes',
      "- RAM at this step 192 bytes, the peak: tensors and scratch buffers alive in TFLM's memory plan (exact)",
      '- Flash 4,016 bytes: constants 16 bytes (exact, from the file), kernel code 4,000 bytes (modelled), counted where it is first used',
      '- Instructions 10,000, band 9.00 k to 12.0 k (modelled); kernel `conv 1x1 s8` (The filter is 1x1.)',
      '- Cycles 15,000 (75 % of the model), 0.75 ms on Board (modelled). Measured elsewhere.',
    ],
  },
  {
    name: 'what is not known is said to be so',
    input: () =>
      figureLines({ index: 0, graph: 0, position: 0, operator: 'X', name: 'x' }, { ...report, latency: undefined }),
    expected: [
      '- RAM at this step is not known: a size needed for the memory plan is missing',
      '- Instructions are not known for this operator: the total is a lower bound',
    ],
  },
  {
    name: 'operands and options follow',
    input: () =>
      operatorHover(
        { layer, card },
        [
          { place: 'in 0', card: image },
          { place: 'in 1', card: weights, range: { min: -1, max: 1, zeros: 0, unit: 'stored' } },
        ],
        { report } as never,
      )
        .split('\n\n')
        .slice(-2),
    expected: [
      '- in 0 `image`: `int8[?,8,8,1]`\n' +
        '- in 1 `conv/weights`: `int8[2,1,1,8]`, per channel along axis 0: 2 scales from 0.01 to 0.02, values -1 to 1 as stored, no zeros',
      'Options: `strideW` `1`',
    ],
  },
]);
