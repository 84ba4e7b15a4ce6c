import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Model } from '../../src/core/model/model';
import { supportOf } from '../../src/core/operators/operators';
import { findProblems } from '../../src/core/rules/rules';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';

interface Case {
  readonly of: Model;
  readonly board?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The findings that hang on the version of the library. */
function problemsOf({ of, board, settings }: Case): readonly string[] {
  const { target } = resolveTarget({ board, settings });
  const estimated = estimate(of, 'a.tflite', target, {});
  const support = new Map(estimated.placed.map(({ operator: each, graph: main }) => [each, supportOf(each, main)]));
  return findProblems({ model: of, target, limits: {}, estimate: estimated, support }, {})
    .filter(({ code }) => ['kernel-fault', 'operator-not-yet', 'per-channel-dense'].includes(code))
    .map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

const dense: Model = model(
  graph(
    [
      tensor('x', 'int8', [1, 4], { quantization: quantized(0.5) }),
      tensor('w', 'int8', [2, 4], { quantization: quantized([0.5, 0.25]), data: new Uint8Array(8) }),
      tensor('y', 'int8', [1, 2], { quantization: quantized(0.5) }),
    ],
    [operator('FULLY_CONNECTED', [0, 1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

const reversed: Model = model(
  graph(
    [
      tensor('x', 'float32', [4]),
      tensor('axis', 'int32', [1], { data: new Uint8Array(4) }),
      tensor('y', 'float32', [4]),
    ],
    [operator('REVERSE_V2', [0, 1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

const ignored =
  'FULLY_CONNECTED: The kernel takes the first scale of the weights for all outputs, though the file has one for each: the board answers wrongly, without a word. ' +
  'Take a library with TFLM of September 27, 2024 or later, or convert with one scale for these weights (_experimental_disable_per_channel_quantization_for_dense_layers).';
const open =
  'warning per-channel-dense: The weights have 2 scales, one per output channel. TensorFlow Lite Micro before September 2024 uses only the first and gives wrong results without an error. Use a newer version in the firmware, or convert the model with one scale for these weights.';

check('findings of a version', problemsOf, [
  { name: 'nothing says which, and no board', input: { of: dense }, expected: [open] },
  {
    name: 'the library of the framework, assumed, has the fault',
    input: { of: dense, board: 'arduino_nano33ble' },
    expected: [
      `warning kernel-fault: ${ignored} Nothing says which version the firmware links: arduino-2.4.0 is assumed; set tflmVersion where it is another.`,
    ],
  },
  {
    name: 'the library of the framework, assumed, does not have it',
    input: { of: dense, board: 'esp32_s3_devkitc' },
    expected: [open],
  },
  {
    name: 'a version with the fault',
    input: { of: dense, settings: { tflmVersion: 'arduino-2.4.0' } },
    expected: [`error kernel-fault: ${ignored}`],
  },
  { name: 'a version without it', input: { of: dense, settings: { tflmVersion: '2024-09-27' } }, expected: [] },
  {
    name: 'an operator that came later',
    input: { of: reversed, settings: { tflmVersion: 'esp-tflite-micro-1.3.3' } },
    expected: [
      'error operator-not-yet: esp-tflite-micro-1.3.3 holds TensorFlow Lite Micro of 2025-01-07, which has no kernel for REVERSE_V2: that came on 2025-07-10. Take a newer library, or build the model without it.',
    ],
  },
  {
    name: 'the same, assumed',
    input: { of: reversed, board: 'raspberry_pi_pico' },
    expected: [
      'warning operator-not-yet: pico-tflmicro-2024-12-26 holds TensorFlow Lite Micro of 2024-12-23, which has no kernel for REVERSE_V2: that came on 2025-07-10. It is assumed, as nothing says which version the firmware links: set tflmVersion where it is another.',
    ],
  },
  { name: 'an operator that is there', input: { of: reversed, settings: { tflmVersion: '2025-07-10' } }, expected: [] },
]);
