import { islandCostText } from '../../../src/core/compress/quantize/islandCost';
import { optionText, withChange } from '../../../src/core/compress/quantize/change';
import { constantExtremes } from '../../../src/core/compress/quantize/scaleClasses';
import { unknownValues, unusedOptions } from '../../../src/core/compress/quantize/converted';
import { checkKeepFloat, withKeptClamps } from '../../../src/core/compress/quantize/keepFloat';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import type { QuantizeOptions } from '../../../src/core/compress/quantize/request';
import { whyNotQuantizable } from '../../../src/core/compress/quantize/repair/refuse';
import { isHybrid, isIntegerReal } from '../../../src/core/compress/quantize/repair/integerReal';
import { isFakeQuantized, isUint8Model } from '../../../src/core/compress/quantize/repair/uint8';
import { checkSamples } from '../../../src/core/compress/quantize/sampleChecks';
import { schemeOf } from '../../../src/core/compress/quantize/schemes/schemes';
import { suggestionsFor } from '../../../src/core/compress/quantize/suggestions';
import { syntheticCount, syntheticSamples } from '../../../src/core/compress/quantize/syntheticSamples';
import { unevenFeatures } from '../../../src/core/compress/quantize/unevenFeatures';
import { warningsOf } from '../../../src/core/compress/quantize/warnings';
import { specOf, stage, valuesOf } from '../../../src/core/compress/quantize/work';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import type { Graph, Model, Operator, Tensor } from '../../../src/core/model/model';
import type { Samples } from '../../../src/core/samples/samples';
import { floats, graph, model, operator, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const float = (name: string, shape: readonly number[] = [1, 2]): Tensor => tensor(name, 'float32', shape);
const int8 = (name: string, more: Partial<Tensor> = {}): Tensor =>
  tensor(name, 'int8', [1, 2], { quantization: quantized(0.5), ...more });
const uint8 = (name: string, more: Partial<Tensor> = {}): Tensor =>
  tensor(name, 'uint8', [1, 2], { quantization: quantized(0.5, 128), ...more });

function samplesOf(values: readonly (readonly number[])[], count: number, more: Partial<Samples> = {}): Samples {
  return {
    source: 'data.csv',
    isSynthetic: false,
    count,
    inputs: values.map((list) => Float32Array.from(list)),
    remarks: [],
    ...more,
  };
}

const twoInputs = graph([float('a'), float('b', [1])], [], { inputs: [0, 1] });
const good = samplesOf(
  [
    [1, 2, 3, 4],
    [5, 6],
  ],
  2,
);

check(
  'samples that do not fit',
  ([calibration, test]: readonly [Samples, Samples]) => checkSamples(twoInputs, { calibration, test }),
  [
    { name: 'good ones', input: [good, good], expected: undefined },
    {
      name: 'none',
      input: [good, { ...good, count: 0 }],
      fails: 'data.csv: there are no samples. Give at least one, better a hundred.',
    },
    {
      name: 'one input of two',
      input: [samplesOf([[1, 2]], 1), good],
      fails: 'data.csv: there are values for 1 input, but the model has 2. Give one file for each input, in order.',
    },
    {
      name: 'a value too few of the second input',
      input: [good, samplesOf([[1, 2, 3, 4], [5]], 2)],
      fails:
        'data.csv: 2 samples have 1 value, but the input "b" of shape [1] takes 2. Give samples of the input\'s shape.',
    },
    {
      name: 'a value too many of the first',
      input: [
        samplesOf(
          [
            [1, 2, 3, 4, 5],
            [5, 6],
          ],
          2,
        ),
        good,
      ],
      fails:
        'data.csv: 2 samples have 5 values, but the input "a" of shape [1,2] takes 4. Give samples of the input\'s shape.',
    },
    {
      name: 'an infinite value of the second sample',
      input: [
        samplesOf(
          [
            [1, 2, 3, Infinity],
            [5, 6],
          ],
          2,
        ),
        good,
      ],
      fails: 'data.csv: Sample 2 has the value Infinity for the input "a". Leave it out or repair it.',
    },
    {
      name: 'no number in a file that has a name',
      input: [
        good,
        samplesOf(
          [
            [1, 2, 3, 4],
            [NaN, 6],
          ],
          2,
          { names: ['first.wav', 'second.wav'] },
        ),
      ],
      fails: 'data.csv: first.wav has the value NaN for the input "b". Leave it out or repair it.',
    },
  ],
);

interface Synthetic {
  readonly tensor: Tensor;
  readonly range?: { readonly min: number; readonly max: number };
}

/** Of 1,000 samples: mean and deviation, extremes, and whether all are whole. */
check(
  'random samples',
  ({ tensor: input, range }: Synthetic) => {
    const made = syntheticSamples(graph([input], [], { inputs: [0] }), 1000, 7, range && new Map([[0, range]]));
    const again = syntheticSamples(graph([input], [], { inputs: [0] }), 1000, 7, range && new Map([[0, range]]));
    const [values] = made.inputs;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const within = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 0.1;
    return {
      ...{ source: made.source, isSynthetic: made.isSynthetic, count: made.count, length: values.length },
      isSame: values.every((value, index) => value === again.inputs[0][index]),
      mean: [0, 0.5, 3].find((each) => within(mean, each)),
      deviation: [0.5, 1, 2 / Math.sqrt(12)].find((each) => within(deviation, each)),
      bounds: values.every((value) => value >= 2 && value <= 4),
      isWhole: values.every(Number.isInteger),
    };
  },
  [
    {
      name: 'floats: normally distributed',
      input: { tensor: float('x', [1, 3]) },
      expected: {
        source: '1000 random samples (seed 7)',
        isSynthetic: true,
        count: 1000,
        length: 3000,
        isSame: true,
        mean: 0,
        deviation: 1,
        bounds: false,
        isWhole: false,
      },
    },
    {
      name: 'of a range that is known: evenly within it',
      input: { tensor: float('x', [1, 3]), range: { min: 2, max: 4 } },
      expected: {
        source: '1000 random samples (seed 7)',
        isSynthetic: true,
        count: 1000,
        length: 3000,
        isSame: true,
        mean: 3,
        deviation: 0.5,
        bounds: true,
        isWhole: false,
      },
    },
    {
      name: 'integers: 0 or 1',
      input: { tensor: tensor('x', 'int32', [1, 3]) },
      expected: {
        source: '1000 random samples (seed 7)',
        isSynthetic: true,
        count: 1000,
        length: 3000,
        isSame: true,
        mean: 0.5,
        deviation: 0.5,
        bounds: false,
        isWhole: true,
      },
    },
  ],
);

check(
  'how many random samples there are',
  (sizes: readonly number[]) =>
    syntheticCount(
      graph(
        sizes.map((size) => float('x', [1, size])),
        [],
        { inputs: [...sizes.keys()] },
      ),
    ),
  [
    { name: 'enough for ranges to settle', input: [1_000_000], expected: 40 },
    { name: 'as many as 256 MB hold of all inputs', input: [2 ** 23, 2 ** 23], expected: 4 },
    { name: 'one at least', input: [2 ** 27], expected: 1 },
    { name: 'without inputs', input: [], expected: 40 },
  ],
);

check(
  'another seed gives other samples',
  ([first, second]: readonly [number, number]) => {
    const [a, b] = [first, second].map((seed) => syntheticSamples(twoInputs, 3, seed).inputs[0]);
    return a.filter((value, index) => value === b[index]).length;
  },
  [
    { name: 'the same one', input: [1, 1], expected: 6 },
    { name: 'another', input: [1, 2], expected: 0 },
  ],
);

const one = (x: Tensor, kind = 'RELU', more: Partial<Operator> = {}, y: Tensor = { ...x, name: 'y' }): Model =>
  model(graph([x, y], [operator(kind, [0], [1], more)], { inputs: [0], outputs: [1] }));

check('why a model is not quantized', (source: Model) => whyNotQuantizable(source)?.code, [
  { name: 'float: it is', input: one(float('x')), expected: undefined },
  { name: 'uint8: it is converted', input: one(uint8('x')), expected: undefined },
  { name: 'no graph', input: model([]), expected: 'quantize-graphs' },
  {
    name: 'another format',
    input: { ...one(float('x')), format: 'kerasSource' } as unknown as Model,
    expected: 'quantize-format',
  },
  {
    name: 'compressed',
    input: { ...one(float('x')), metadata: [{ name: 'COMPRESSION_METADATA', data: new Uint8Array(0) }] },
    expected: 'quantize-compressed',
  },
  { name: 'int16: it is quantized to 8 bits', input: one({ ...int8('x'), type: 'int16' }), expected: undefined },
  {
    name: 'int16 before int8',
    input: one({ ...int8('x'), type: 'int16' }, 'QUANTIZE', {}, int8('y')),
    expected: 'quantize-already',
  },
  { name: 'int8 inside', input: one(float('x'), 'QUANTIZE', {}, int8('y')), expected: 'quantize-already' },
  {
    name: 'integers without a scale are no quantization',
    input: one(int8('x', { quantization: undefined }), 'CAST', {}, float('y')),
    expected: undefined,
  },
  { name: 'a batch that is open is 1', input: one({ ...float('x'), shapeSignature: [-1, 2] }), expected: undefined },
  {
    name: 'another axis that is open',
    input: one({ ...float('x'), shapeSignature: [1, -1] }),
    expected: 'quantize-dynamic-shape',
  },
  { name: 'an empty batch', input: one(float('x', [0, 2])), expected: 'quantize-dynamic-shape' },
  {
    name: 'a custom operator',
    input: one(float('x'), 'CUSTOM', { customCode: 'Mine' }),
    expected: 'quantize-custom-operator',
  },
  { name: 'integers alone', input: one(tensor('x', 'int32', [1, 2])), expected: 'quantize-no-float' },
]);

const chain = (tensors: readonly Tensor[], kinds: readonly string[]): Graph =>
  graph(
    tensors,
    kinds.map((kind, place) => operator(kind, [place], [place + 1])),
    { inputs: [0], outputs: [kinds.length] },
  );

check('older and fake quantization', (of: Graph) => [isUint8Model(of), isFakeQuantized(of)] as const, [
  { name: 'float', input: chain([float('x'), float('y')], ['RELU']), expected: [false, false] },
  { name: 'uint8', input: chain([uint8('x'), uint8('y')], ['RELU']), expected: [true, false] },
  {
    name: 'uint8 inside alone',
    input: chain([float('x'), uint8('m'), float('y')], ['QUANTIZE', 'DEQUANTIZE']),
    expected: [true, false],
  },
  {
    name: 'pictures of bytes are no quantization',
    input: chain([tensor('x', 'uint8', [1, 2]), float('y')], ['CAST']),
    expected: [false, false],
  },
  {
    name: 'a pair around an operator',
    input: chain([float('x'), int8('q'), float('f'), float('y')], ['QUANTIZE', 'DEQUANTIZE', 'RELU']),
    expected: [false, true],
  },
  {
    name: 'a pair alone',
    input: chain([float('x'), int8('q'), float('f')], ['QUANTIZE', 'DEQUANTIZE']),
    expected: [false, false],
  },
  {
    name: 'integers given out',
    input: chain(
      [float('x'), int8('q'), float('f'), float('y'), int8('o')],
      ['QUANTIZE', 'DEQUANTIZE', 'RELU', 'QUANTIZE'],
    ),
    expected: [false, false],
  },
  {
    name: 'an operator on integers',
    input: chain([float('x'), int8('q'), int8('r'), float('f'), float('y')], ['QUANTIZE', 'RELU', 'DEQUANTIZE', 'NEG']),
    expected: [false, false],
  },
]);

const weights = tensor('w', 'int8', [1, 2], { data: new Uint8Array(2), quantization: quantized(0.5) });

check(
  'integer weights under float activations',
  ({
    kind = 'FULLY_CONNECTED',
    input = float('x'),
    constant = weights,
    output = float('y'),
  }: {
    readonly kind?: string;
    readonly input?: Tensor;
    readonly constant?: Tensor;
    readonly output?: Tensor;
  }) => isHybrid(operator(kind, [0, 1, -1], [2]), graph([input, constant, output], [])),
  [
    { name: 'hybrid', input: {}, expected: true },
    { name: 'integers throughout', input: { input: int8('x'), output: int8('y') }, expected: false },
    { name: 'float weights', input: { constant: floats('w', [1, 2], [1, 2]) }, expected: false },
    { name: 'computed integers', input: { constant: int8('w') }, expected: false },
    {
      name: 'indices have no scale',
      input: { constant: tensor('w', 'int8', [1, 2], { data: new Uint8Array(2) }) },
      expected: false,
    },
    { name: 'DEQUANTIZE itself', input: { kind: 'DEQUANTIZE' }, expected: false },
  ],
);

check(
  'integers that stand for real numbers',
  (type: Tensor['type']) => isIntegerReal(tensor('t', type, [1], { quantization: quantized(1) })),
  [
    { name: 'int8', input: 'int8', expected: true },
    { name: 'uint8', input: 'uint8', expected: true },
    { name: 'int16', input: 'int16', expected: true },
    { name: 'int4', input: 'int4', expected: true },
    { name: 'int32', input: 'int32', expected: false },
    { name: 'float32', input: 'float32', expected: false },
  ],
);

check(
  'what was asked for in vain where all ranges are known',
  (more: Partial<QuantizeOptions>) => unusedOptions({ ...defaultQuantizeOptions, ...more }),
  [
    { name: 'nothing', input: {}, expected: [] },
    { name: 'what is off', input: { equalise: 'off', biasCorrection: 'off', weightFeedback: 'off' }, expected: [] },
    {
      name: 'a method',
      input: { method: 'mse' },
      expected: [
        'All ranges were known already and stay as they are, so that nothing came of what was asked for: the method mse.',
      ],
    },
    {
      name: 'everything',
      input: { method: 'entropy', equalise: 'on', biasCorrection: 'on', weightFeedback: 'on' },
      expected: [
        'All ranges were known already and stay as they are, so that nothing came of what was asked for: the method entropy, levelled channels, corrected biases, weights rounded so that their errors cancel.',
      ],
    },
  ],
);

/** x -> NEG m -> LOGISTIC p -> RELU y. */
const mixed = model(chain([float('x'), float('m'), float('p'), float('y')], ['LEAKY_RELU', 'LOGISTIC', 'RELU']));
const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [] } as const;

check(
  'values whose range has to be found',
  ({
    known = [],
    ...more
  }: {
    readonly known?: readonly number[];
    readonly io?: 'float';
    readonly keepFloat?: readonly string[];
  }) =>
    [...unknownValues(mixed, { ...spec, ...more }, new Map(known.map((index) => [index, { min: 0, max: 1 }])))].sort(),
  [
    { name: 'all but what a kernel fixes', input: {}, expected: [0, 1, 3] },
    { name: 'less those that are known', input: { known: [0, 3] }, expected: [1] },
    { name: 'none', input: { known: [0, 1, 3] }, expected: [] },
    { name: 'of a layer that stays float those that others take', input: { keepFloat: ['y'] }, expected: [0, 1, 3] },
    { name: 'not those at float ends', input: { io: 'float', keepFloat: ['y'] }, expected: [0, 1] },
  ],
);

check('layers that are to stay float', (wanted: readonly string[]) => checkKeepFloat(mixed.graphs[0], wanted), [
  { name: 'none', input: [], expected: undefined },
  { name: 'two that exist', input: ['m', 'y'], expected: undefined },
  {
    name: 'the second does not',
    input: ['m', 'yy'],
    fails: 'The model has no layer "yy" that could stay float. Did you mean "y"?',
  },
]);

check(
  'clamps of layers that stay float become operators',
  (wanted: readonly string[]) => {
    const result = withKeptClamps(
      {
        model: mixed,
        clamps: new Map([
          [1, { least: 0 }],
          [3, { most: 4 }],
        ]),
      },
      wanted,
    );
    const { operators } = result.model.graphs[0];
    return { kinds: operators.map(({ kind }) => kind), left: [...result.clamps.keys()], keepFloat: result.keepFloat };
  },
  [
    { name: 'none', input: [], expected: { kinds: ['LEAKY_RELU', 'LOGISTIC', 'RELU'], left: [1, 3], keepFloat: [] } },
    {
      name: 'another layer',
      input: ['p'],
      expected: { kinds: ['LEAKY_RELU', 'LOGISTIC', 'RELU'], left: [1, 3], keepFloat: ['p'] },
    },
    {
      name: 'one',
      input: ['m'],
      expected: { kinds: ['LEAKY_RELU', 'RELU', 'LOGISTIC', 'RELU'], left: [3], keepFloat: ['m', 'unclamped', 'm'] },
    },
  ],
);

/** An operator in a quantized graph with weights of so many scales and an output of this type. */
function suggested({
  kind,
  scales = 1,
  type = 'int8',
}: {
  readonly kind: string;
  readonly scales?: number;
  readonly type?: 'int8' | 'int16';
}): readonly string[] {
  const w = tensor('w', 'int8', [2, 2], {
    data: new Uint8Array(4),
    quantization: quantized(new Array<number>(scales).fill(1)),
  });
  const source = graph([tensor('x', type, [1, 2]), w, tensor('y', type, [1, 2])], [operator(kind, [0, 1, -1], [2])]);
  const quantizedGraph = {
    model: model(source),
    activations: type,
    origins: [0],
    islands: new Map(),
    affines: new Map(),
  };
  return suggestionsFor(operator(kind, [0, 1, -1], [2]), 'dense_1', quantizedGraph, 0).map(({ change }) =>
    optionText(change),
  );
}

check('what would lower the error of a layer', suggested, [
  { name: 'a dense layer of one scale', input: { kind: 'FULLY_CONNECTED' }, expected: ['--per-channel-dense'] },
  {
    name: 'a dense layer of several',
    input: { kind: 'FULLY_CONNECTED', scales: 2 },
    expected: ['--activations int16', '--keep-float dense_1'],
  },
  { name: 'a convolution', input: { kind: 'CONV_2D' }, expected: ['--activations int16', '--keep-float dense_1'] },
  { name: 'of 16 bits', input: { kind: 'CONV_2D', type: 'int16' }, expected: ['--keep-float dense_1'] },
  { name: 'a softmax, whose scale is its own', input: { kind: 'SOFTMAX' }, expected: [] },
  { name: 'a reshape, which only copies', input: { kind: 'RESHAPE' }, expected: [] },
  {
    name: 'an operator that has no scheme',
    input: { kind: 'SIN' },
    expected: ['--activations int16', '--keep-float dense_1'],
  },
]);

check(
  'a suggestion taken',
  (layer: string) =>
    withChange({ ...defaultQuantizeOptions, keepFloat: ['a'] }, { option: 'keepFloat', layer }).keepFloat,
  [
    { name: 'another layer', input: 'b', expected: ['a', 'b'] },
    { name: 'the same one', input: 'a', expected: ['a'] },
  ],
);

interface Warned {
  readonly calibration: Samples;
  readonly test?: Samples;
  readonly isCalibrated?: boolean;
  readonly sqnrDb?: number;
}

const many = samplesOf([[1]], 20);
const random = { ...many, isSynthetic: true };

check(
  'what to know before a quantized model is used',
  ({ calibration, test = { ...many }, isCalibrated = true, sqnrDb = 40 }: Warned) =>
    warningsOf({
      quantized: { model: model([]), activations: 'int8', origins: [], islands: new Map(), affines: new Map() },
      samples: { calibration, test },
      fidelity: { sqnrDb, meanSquareError: 0 },
      after: {} as never,
      isCalibrated,
    }).map((text) => text.slice(0, 42)),
  [
    { name: 'nothing', input: { calibration: many }, expected: [] },
    {
      name: 'random numbers for ranges',
      input: { calibration: random },
      expected: ['No data were given: ranges come from random'],
    },
    {
      name: 'random numbers for errors alone',
      input: { calibration: random, isCalibrated: false },
      expected: ['No data were given: the errors come from ra'],
    },
    {
      name: '19 samples',
      input: { calibration: samplesOf([[1]], 19) },
      expected: ['Only 19 samples were used for calibration;'],
    },
    {
      name: '19 where nothing was calibrated',
      input: { calibration: samplesOf([[1]], 19), isCalibrated: false },
      expected: [],
    },
    {
      name: 'the same samples twice',
      input: { calibration: many, test: many },
      expected: ['The errors were measured on the sample tha'],
    },
    {
      name: 'one sample twice',
      input: ((single) => ({ calibration: single, test: { ...single } }))(samplesOf([[1]], 1)),
      expected: ['Only 1 sample was used for calibration; va', 'The errors were measured on the sample tha'],
    },
    {
      name: 'much noise',
      input: { calibration: many, sqnrDb: 3 },
      expected: ['The outputs carry much noise (3.0 dB).'],
    },
    {
      name: 'noise of random numbers says nothing',
      input: { calibration: random, sqnrDb: 3 },
      expected: ['No data were given: ranges come from random'],
    },
  ].map((row) => ({ ...row, expected: row.expected.map((text) => text.slice(0, 42)) })),
);

interface Features {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly scale?: number;
  readonly activations?: 'int8' | 'int16';
}

check(
  'features of an input that are lost in the scale of others',
  ({ shape, values, scale = 1, activations = 'int8' }: Features) => {
    const features = graph([float('x', shape)], [], { inputs: [0] });
    const affines = new Map([[0, { scale, zeroPoint: 0 }]]);
    return unevenFeatures(features, { affines, activations }, samplesOf([values], 2));
  },
  [
    { name: 'all reach as far', input: { shape: [1, 2], values: [0, 9, 200, 100] }, expected: [] },
    {
      // 0.75 - 0.25 is half a step, 3 - 1 are two.
      name: 'two of three do not',
      input: { shape: [1, 3], values: [0.25, 0, 1, 0.75, 250, 3] },
      expected: [
        'Of the input "x" 2 of 3 features span less than 4 steps of the scale that all share: feature 0 goes from 0.25 to 0.75, and a step is 1. Bring features to one range before the model, in training and on the device; a normalization inside of the model comes too late. Activations of 16 bits have finer steps, too.',
      ],
    },
    {
      name: 'in another row, with 16 bits',
      input: { shape: [1, 2, 2], values: [0, 1, 300, 1, 0, 1, 300, 2.5], scale: 1, activations: 'int16' },
      expected: [
        'Of the input "x" 1 of 2 features span less than 4 steps of the scale that all share: feature 1 goes from 1 to 2.5, and a step is 1. Bring features to one range before the model, in training and on the device; a normalization inside of the model comes too late.',
      ],
    },
    { name: 'one that never changes tells nothing', input: { shape: [1, 2], values: [5, 0, 5, 255] }, expected: [] },
    { name: 'a single value', input: { shape: [1, 1], values: [0, 1] }, expected: [] },
    {
      name: 'a row of 65 values is a spectrum',
      input: { shape: [1, 65], values: Array.from({ length: 130 }, (_, place) => place / 100) },
      expected: [],
    },
  ],
);

check(
  'extremes of a constant',
  (values: readonly number[] | undefined) => constantExtremes(values && Float32Array.from(values)),
  [
    { name: 'of both signs', input: [1, -3, 2], expected: { min: -3, max: 2 } },
    { name: 'one', input: [5], expected: { min: 5, max: 5 } },
    { name: 'none', input: [], expected: undefined },
    { name: 'not known', input: undefined, expected: undefined },
  ],
);

/** Scheme of a kind in one line: what it shares, fixes and weighs, and its versions. */
check(
  'how a kind is quantized',
  (kind: string) => {
    const scheme = schemeOf(kind);
    if (scheme === undefined) return 'stays float';
    const { weights: rule, isEqualScale, fixedOutput, recurrent, versions, options: own } = scheme;
    return [
      ...(rule === undefined
        ? []
        : [
            `weights ${rule.weights} of ${rule.input} along ${rule.axis}, bias ${rule.bias}${rule.isDense === true ? ', dense' : ''}`,
          ]),
      ...(isEqualScale === true ? ['one scale'] : []),
      ...(fixedOutput === undefined
        ? []
        : [`int8 ${fixedOutput.int8?.scale} ${fixedOutput.int8?.zeroPoint}, int16 ${fixedOutput.int16?.scale}`]),
      ...(recurrent === undefined ? [] : [`${recurrent.matrices.length} matrices`]),
      ...(own === undefined ? [] : [JSON.stringify(own)]),
      `v${versions.int8} v${versions.int16}`,
    ].join('; ');
  },
  [
    { name: 'a convolution', input: 'CONV_2D', expected: 'weights 1 of 0 along 0, bias 2; v3 v4' },
    { name: 'a depthwise one', input: 'DEPTHWISE_CONV_2D', expected: 'weights 1 of 0 along 3, bias 2; v3 v5' },
    { name: 'a transposed one', input: 'TRANSPOSE_CONV', expected: 'weights 1 of 2 along 0, bias 3; v3 v4' },
    { name: 'a dense layer', input: 'FULLY_CONNECTED', expected: 'weights 1 of 0 along 0, bias 2, dense; v4 v7' },
    { name: 'a softmax', input: 'SOFTMAX', expected: 'int8 0.00390625 -128, int16 0.000030517578125; v2 v3' },
    {
      name: 'a logistic function',
      input: 'LOGISTIC',
      expected: 'int8 0.00390625 -128, int16 0.000030517578125; v2 v3',
    },
    { name: 'a tanh', input: 'TANH', expected: 'int8 0.0078125 0, int16 0.000030517578125; v2 v3' },
    { name: 'a log-softmax', input: 'LOG_SOFTMAX', expected: 'int8 0.0625 127, int16 undefined; v2 v2' },
    { name: 'a pool', input: 'AVERAGE_POOL_2D', expected: 'one scale; v2 v3' },
    { name: 'a reshape', input: 'RESHAPE', expected: 'one scale; v1 v1' },
    { name: 'a sum', input: 'ADD', expected: '{"int16":{"potScaleInt16":false}}; v2 v3' },
    { name: 'a difference', input: 'SUB', expected: '{"int16":{"potScaleInt16":false}}; v2 v5' },
    { name: 'a product', input: 'MUL', expected: 'v2 v4' },
    { name: 'a mean', input: 'MEAN', expected: 'v2 v3' },
    { name: 'an LSTM', input: 'UNIDIRECTIONAL_SEQUENCE_LSTM', expected: '8 matrices; v1 v1' },
    { name: 'an SVDF', input: 'SVDF', expected: '2 matrices; v3 v3' },
    { name: 'a sine', input: 'SIN', expected: 'stays float' },
    { name: 'a name of the language', input: 'constructor', expected: 'stays float' },
  ],
);

check('float values of a model', (source: Model) => [...valuesOf(source)], [
  { name: 'inputs and what operators compute', input: mixed, expected: [0, 1, 2, 3] },
  { name: 'no integers', input: model(chain([tensor('x', 'int32', [1]), float('y')], ['CAST'])), expected: [1] },
]);

check(
  'shares of a stage within the whole work',
  ([from, width]: readonly [number, number]) => {
    const told: string[] = [];
    const tell = stage(
      { engine: {} as never, progress: ({ stage: name, share }) => void told.push(`${name} ${share}`) },
      'Measuring',
      from,
      width,
    );
    [0, 0.5, 1].forEach(tell);
    return told;
  },
  [
    {
      name: 'a fifth from 70 % on',
      input: [0.5, 0.25],
      expected: ['Measuring 0.5', 'Measuring 0.625', 'Measuring 0.75'],
    },
  ],
);

check(
  'what a person asked for, with the kernels that will run it',
  (more: Partial<QuantizeOptions>) => {
    const request = {
      target: resolveTarget({ board: 'arduino_nano33ble_sense_rev2' }).target,
      options: { ...defaultQuantizeOptions, ...more },
    };
    const { library, knownWeights, ...rest } = specOf({ request: request as never, knownWeights: new Map() });
    return { ...rest, hasLibrary: library !== undefined, known: knownWeights!.size };
  },
  [
    { name: 'the defaults', input: {}, expected: { ...spec, keepFloat: [], hasLibrary: true, known: 0 } },
    {
      name: 'all of it',
      input: { activations: 'int16', io: 'float', perChannelDense: 'on', keepFloat: ['a'] },
      expected: {
        activations: 'int16',
        io: 'float',
        perChannelDense: true,
        keepFloat: ['a'],
        hasLibrary: true,
        known: 0,
      },
    },
  ],
);

check(
  'no sentence where nothing stays float',
  (count: number) =>
    islandCostText(
      {
        model: mixed,
        activations: 'int8',
        origins: [],
        islands: new Map(Array.from({ length: count }, (_, place) => [place, ''])),
        affines: new Map(),
      },
      { layers: [] } as never,
    ) !== undefined,
  [
    { name: 'none', input: 0, expected: false },
    { name: 'two', input: 2, expected: true },
  ],
);
