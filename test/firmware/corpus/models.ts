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

export const corpusModels: Readonly<Record<CorpusModel, Model>> = { dense, conv, float };
