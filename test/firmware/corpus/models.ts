import type { Model } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import type { CorpusModel } from './corpus';

const pixels = quantized(1 / 255, -128);
const answers = quantized(1 / 256, -128);

/** 64 pixels to four classes: FULLY_CONNECTED, SOFTMAX. */
const dense: Model = model(
  graph(
    [
      tensor('image', 'int8', [1, 64], { quantization: pixels }),
      tensor('weights', 'int8', [4, 64], { quantization: quantized(0.01), data: new Uint8Array(256) }),
      tensor('bias', 'int32', [4], { quantization: quantized(0.01 / 255), data: new Uint8Array(16) }),
      tensor('logits', 'int8', [1, 4], { quantization: quantized(0.1) }),
      tensor('classes', 'int8', [1, 4], { quantization: answers }),
    ],
    [
      operator('FULLY_CONNECTED', [0, 1, 2], [3], {
        options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }),
      }),
      operator('SOFTMAX', [3], [4], { options: options('SoftmaxOptions', { beta: 1 }) }),
    ],
    { inputs: [0], outputs: [4] },
  ),
  { fileBytes: 1200 },
);

/** The same with a scale for each class: TFLM before May 29, 2024 takes the first for all. */
const scaled: Model = {
  ...dense,
  graphs: dense.graphs.map((each) => ({
    ...each,
    tensors: each.tensors.map((one) =>
      one.name === 'weights' ? { ...one, quantization: quantized([0.01, 0.02, 0.01, 0.02]) } : one,
    ),
  })),
};

/** 32 x 32 pixels through two RELUs of 1,024 bytes and a RESHAPE. */
const conv: Model = model(
  graph(
    [
      tensor('image', 'int8', [1, 1024], { quantization: pixels }),
      tensor('a', 'int8', [1, 1024], { quantization: pixels }),
      tensor('b', 'int8', [1, 1024], { quantization: pixels }),
    ],
    [operator('RELU', [0], [1]), operator('RELU6', [1], [2])],
    { inputs: [0], outputs: [2] },
  ),
  { fileBytes: 900 },
);

/** One float in, one float out. */
const float: Model = model(
  graph([tensor('x', 'float32', [1, 8]), tensor('y', 'float32', [1, 8])], [operator('LOGISTIC', [0], [1])], {
    inputs: [0],
    outputs: [1],
  }),
  { fileBytes: 600 },
);

/** Two RELUs of 300,000 bytes. */
const large: Model = model(
  graph(
    ['image', 'a', 'b'].map((name) => tensor(name, 'int8', [1, 300_000], { quantization: pixels })),
    [operator('RELU', [0], [1]), operator('RELU6', [1], [2])],
    { inputs: [0], outputs: [2] },
  ),
  { fileBytes: 900 },
);

/** The same, sixteen times one after the other: about 0.85 s on an ESP32, and up to 1.3 s. */
const slow: Model = model(
  graph(
    Array.from({ length: 17 }, (_, index) => tensor(`x${index}`, 'int8', [1, 300_000], { quantization: pixels })),
    Array.from({ length: 16 }, (_, index) => operator(index % 2 === 0 ? 'RELU' : 'RELU6', [index], [index + 1])),
    { inputs: [0], outputs: [16] },
  ),
  { fileBytes: 900 },
);

/** Eight bytes that are kept in a variable from one run to the next. */
const variable: Model = model(
  graph(
    [tensor('state', 'resource', []), tensor('x', 'int8', [1, 8]), tensor('y', 'int8', [1, 8])],
    [
      operator('VAR_HANDLE', [], [0], { options: options('VarHandleOptions', { sharedName: 'state' }) }),
      operator('READ_VARIABLE', [0], [2]),
      operator('ASSIGN_VARIABLE', [0, 1], []),
    ],
    { inputs: [1], outputs: [2] },
  ),
  { fileBytes: 700 },
);

export const corpusModels: Readonly<Record<CorpusModel, Model>> = { dense, scaled, conv, float, large, slow, variable };
