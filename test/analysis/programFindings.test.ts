import { analyse } from '../../src/core/analysis/analyse';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { check } from '../support/check';

addForeignFormats();

/** A program of one model, whose layers begin in line 5. */
function program(input: string, layers: string, comment = ''): string {
  return `import keras\nfrom keras import layers\n# ${comment}\nmodel = keras.Sequential([keras.Input(${input}),\n${layers}])\n`;
}

const reshape = 'which computes the same.';
const copy = 'Convert a copy with the same weights whose input is keras.Input(..., batch_size=1)';

check(
  'what is found in a program, at its lines and in its words',
  (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const { report } = analyse({ path: 'train.py', bytes, target: {}, rules: { 'per-channel-dense': 'off' } });
    return report.findings.map(({ severity, code, origin, message }) => {
      const line = (origin?.place?.span?.line ?? -1) + 1;
      return `${severity} ${code} ${line} ${origin?.layer}: ${message}`;
    });
  },
  [
    { name: 'nothing of a plain model', input: program('(8, 8, 1)', 'layers.Conv2D(2, 3)'), expected: [] },
    {
      name: 'one finding of a layer whose eleven operators TFLM refuses for five reasons',
      input: program('(5, 3)', 'layers.Dense(2)'),
      expected: [
        'error operator-unsupported 5 dense: The layer "dense" (Dense) becomes eleven operators with REDUCE_PROD, which TensorFlow Lite Micro refuses, while the batch is open. ' +
          `${copy}, or use Conv1D or Conv2D with kernel_size=1, ${reshape}`,
      ],
    },
    {
      name: 'nothing of it where the batch is fixed in the program',
      input: program('(5, 3), batch_size=1', 'layers.Dense(2)'),
      expected: [],
    },
    {
      name: 'an activation',
      input: program('(4,)', 'layers.Dense(2),\nlayers.Activation("gelu")'),
      expected: [
        'error operator-unsupported 6 activation: The layer "activation" (Activation) becomes GELU, which TensorFlow Lite Micro does not have. Use relu or hard_silu.',
      ],
    },
    {
      name: 'a dilation',
      input: program('(8, 8, 1)', 'layers.Conv2D(2, 3, dilation_rate=2)'),
      expected: [
        'error shape-contradiction 5 conv2d: The layer "conv2d" (Conv2D) goes through blocks in the batch, of which TensorFlow Lite Micro computes a part only and answers wrongly, without a word. ' +
          `${copy}: the dilation is then an option of the convolution.`,
      ],
    },
    {
      name: 'what kills the converter before there is any operator',
      input: program('(5, 3)', 'layers.LSTM(4)'),
      expected: [
        'warning keras-recurrent-open-batch 5 lstm: The layer "lstm" (LSTM) is refused by the official converter while the batch is open, and ends its process with a fixed batch while it is quantized. ' +
          'Set unroll=True, quantize the trained file with "milliwatt quantize", or convert an LSTM with tf_keras and the batch fixed.',
      ],
    },
    {
      name: 'the same layer in Keras 2',
      input: program('(5, 3)', 'layers.LSTM(4)', 'milliwatt: keras=2'),
      expected: [
        'warning keras-recurrent-open-batch 5 lstm: The layer "lstm" (LSTM) is refused by the official converter while the batch is open. ' +
          `${copy}, set unroll=True, or convert the trained file with "milliwatt convert".`,
      ],
    },
    {
      name: 'what costs more than it would have to; nothing of ranges that nobody calibrated',
      input: program('(4,)', 'layers.LayerNormalization()'),
      expected: [
        'information keras-island 5 layer_normalization: The layer "layer_normalization" (LayerNormalization) computes a part in float between DEQUANTIZE and QUANTIZE though the rest is int8. ' +
          'Use BatchNormalization, which is folded into the layer before it.',
      ],
    },
    {
      name: 'weights in float, four bytes each: 4 x 2',
      input: program('(4,)', 'layers.Dense(2)', 'milliwatt: numbers=float32'),
      expected: [
        'information float-model 4 undefined: The model computes in float32: its weights take 32 bytes, four times what they take as int8, and so do its activations. ' +
          'Convert it to int8 with a representative data set.',
      ],
    },
  ],
);

check(
  'what a program costs whose recurrent layers are not converted as they are',
  (text: string) => {
    const { program: read } = analyse({ path: 'train.py', bytes: new TextEncoder().encode(text), target: {} });
    return [read?.isCosted, read?.layers.map(({ operators }) => operators.length), read?.assumptions[0]];
  },
  [
    {
      name: 'with the batch fixed, where that is enough',
      input: program('(5, 3)', 'layers.LSTM(4, return_sequences=True)', 'milliwatt: keras=2; numbers=int8'),
      expected: [
        true,
        [1],
        'The official converter does not convert the recurrent layers as they are: figures are of a conversion with the batch fixed to 1.',
      ],
    },
    {
      name: 'else as they are converted here',
      input: program('(5, 3)', 'layers.LSTM(4, return_sequences=True)'),
      expected: [
        true,
        [1],
        'The official converter does not convert the recurrent layers as they are: figures are of a conversion by "milliwatt convert".',
      ],
    },
  ],
);

check(
  'lines of layers that versions before September 2024 compute wrongly: one says it for all',
  (text: string) => {
    const { report } = analyse({ path: 'train.py', bytes: new TextEncoder().encode(text), target: {} });
    return report.findings.map(({ code, origin }) => `${code} ${origin?.layer}`);
  },
  [
    {
      name: 'of two',
      input: program('(4,)', 'layers.Dense(2),\nlayers.Dense(2)'),
      expected: ['per-channel-dense dense'],
    },
  ],
);

check(
  'the line that breaks a budget, and what would fix it',
  (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const { report } = analyse({ path: 'train.py', bytes, target: {}, budget: { ramBytes: 64 } });
    return report.findings
      .filter(({ code, layer }) => code === 'arena-over-region' && layer !== undefined)
      .map(({ origin, message }) => `${(origin?.place?.span?.line ?? -1) + 1} ${message.split('. ').at(-1)}`);
  },
  [
    {
      name: 'the second of two layers, which reads 8 x 8 x 4 and gives 8 x 8 x 8 values',
      input: program('(8, 8, 1)', 'layers.Conv2D(4, 1),\nlayers.Conv2D(8, 1)'),
      expected: ['6 Fewer filters, a larger stride or a smaller input here need less.'],
    },
  ],
);

check(
  'how the figures of a program are known, where those of a file are exact to the byte',
  (text: string) => {
    const { arena, flash } = analyse({ path: 'train.py', bytes: new TextEncoder().encode(text), target: {} }).report;
    return [arena?.basis, flash?.basis];
  },
  [
    {
      name: 'as modelled: a converter has yet to write the file',
      input: program('(8, 8, 1)', 'layers.Conv2D(2, 3)', 'milliwatt: numbers=int8'),
      expected: ['modelled', 'modelled'],
    },
  ],
);
