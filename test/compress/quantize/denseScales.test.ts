import { hasPerChannelDense, saidOfDenseScales } from '../../../src/core/compress/quantize/denseScales';
import { perChannelDenseStanding } from '../../../src/core/runtimes/tflm/denseScales';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { check } from '../../support/check';

const noneChosen = {};
const newEnough = { settings: { tflmVersion: '2024-09-27' } };
const before = { settings: { tflmVersion: '2024-09-26' } };
/** Arduino's library, which is assumed for this board, is of 2021. */
const arduino = { board: 'arduino_nano33ble_sense_rev2' };

check(
  'what is known of dense weights with several scales',
  (choice: object) => perChannelDenseStanding(resolveTarget(choice).target),
  [
    { name: 'no version chosen', input: noneChosen, expected: 'open' },
    { name: 'the first day', input: newEnough, expected: 'right' },
    { name: 'the day before', input: before, expected: 'wrong' },
    { name: 'an older library that is assumed', input: arduino, expected: 'wrong' },
  ],
);

check(
  'whether dense weights get a scale for each output',
  ([activations, perChannelDense, choice]: readonly ['int8' | 'int16', 'auto' | 'on' | 'off', object]) =>
    hasPerChannelDense({ activations, perChannelDense }, resolveTarget(choice).target),
  [
    { name: 'int8, version open', input: ['int8', 'auto', noneChosen], expected: false },
    { name: 'int16, version open', input: ['int16', 'auto', noneChosen], expected: true },
    { name: 'int8, version right', input: ['int8', 'auto', newEnough], expected: true },
    { name: 'int16, version wrong', input: ['int16', 'auto', before], expected: false },
    { name: 'asked for', input: ['int8', 'on', before], expected: true },
    { name: 'asked not', input: ['int16', 'off', newEnough], expected: false },
  ],
);

const openWords =
  'Dense weights have a scale for each output, since beside 16-bit activations rounding them is most of the error. TensorFlow Lite Micro computes that right from September 2024 on; for an older one, quantize with --no-per-channel-dense.';

check(
  'what is said of it',
  ([perChannelDense, choice, hasSeveral]: readonly ['auto' | 'on', object, boolean]) =>
    saidOfDenseScales({ activations: 'int16', perChannelDense }, resolveTarget(choice).target, hasSeveral),
  [
    { name: 'version open', input: ['auto', noneChosen, true], expected: [openWords] },
    {
      name: 'version right',
      input: ['auto', newEnough, true],
      expected: [
        'Dense weights have a scale for each output, which the chosen version of TensorFlow Lite Micro computes right.',
      ],
    },
    { name: 'asked for', input: ['on', noneChosen, true], expected: [] },
    { name: 'no such weights', input: ['auto', noneChosen, false], expected: [] },
  ],
);
