import { arduino, pico } from './bases';
import type { CorpusRow } from './corpus';

const ino = 'sketch/sketch.ino';
const write = 'input->data.int8[i] = static_cast<int8_t>(readPixel(i) - 128);';

/** What the firmware writes into the model's input and takes for its output. */
export const valueRows: readonly CorpusRow[] = [
  {
    name: 'a float written to an int8 input',
    project: arduino,
    changes: [[ino, write, 'input->data.f[i] = readPixel(i) / 255.0f;']],
    expected: [`error firmware-element-type ${ino}:26`],
    says: "floats of 4 bytes, but the model's input is int8",
    fixed: [
      [
        ino,
        'input->data.f[i] = readPixel(i) / 255.0f',
        'input->data.int8[i] = static_cast<int8_t>(lroundf((readPixel(i) / 255.0f) / input->params.scale) + input->params.zero_point)',
      ],
    ],
  },
  {
    name: 'a float written to an int8 input, past the pointer',
    project: arduino,
    changes: [
      [ino, 'void loop() {', 'float* values = nullptr;\nvoid loop() {\n  values = input->data.f;'],
      [ino, write, 'values[i] = 0.5f;'],
    ],
    expected: [`error firmware-element-type ${ino}:28`],
  },
  {
    name: 'a float written to an int8 input in a function that nothing calls',
    project: arduino,
    changes: [[ino, 'void loop() {', 'void predictFloat() {\n  input->data.f[0] = 0.5f;\n}\n\nvoid loop() {']],
    expected: [`information firmware-element-type ${ino}:25`],
    fixed: [
      [
        ino,
        'input->data.f[0] = 0.5f',
        'input->data.int8[0] = static_cast<int8_t>(lroundf((0.5f) / input->params.scale) + input->params.zero_point)',
      ],
    ],
  },
  {
    name: 'a float written to an int8 input in a function that a task is started with',
    project: arduino,
    changes: [
      [
        ino,
        'void loop() {',
        'void predictFloat(void*) {\n  input->data.f[0] = 0.5f;\n}\nvoid (*const task)(void*) = predictFloat;\n\nvoid loop() {',
      ],
    ],
    expected: [`error firmware-element-type ${ino}:25`],
    fixed: [
      [
        ino,
        'input->data.f[0] = 0.5f',
        'input->data.int8[0] = static_cast<int8_t>(lroundf((0.5f) / input->params.scale) + input->params.zero_point)',
      ],
    ],
  },
  {
    name: 'a float written to a float input',
    project: { ...arduino, models: { 'sketch/model.cpp g_model': 'float' } },
    changes: [
      [ino, write, 'input->data.f[i] = 1;'],
      [ino, '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n', ''],
      [ino, 'AddFullyConnected', 'AddLogistic'],
      [ino, '<2>', '<1>'],
      [ino, 'i < 64', 'i < 8'],
      [ino, '= 784', '= 496'],
    ],
    expected: [],
  },
  {
    name: 'pixels that are only cast',
    project: arduino,
    changes: [
      [ino, 'void loop() {', 'uint8_t frame[64];\nvoid loop() {'],
      [ino, 'static_cast<int8_t>(readPixel(i) - 128)', '(int8_t)frame[i]'],
    ],
    expected: [`warning firmware-raw-pixels ${ino}:27`],
    fixed: [[ino, '(int8_t)frame[i]', 'static_cast<int8_t>(frame[i] - 128)']],
  },
  {
    name: 'pixels from which 128 is taken',
    project: arduino,
    changes: [
      [ino, 'void loop() {', 'uint8_t frame[64];\nvoid loop() {'],
      [ino, 'static_cast<int8_t>(readPixel(i) - 128)', '(int8_t)(frame[i] - 128)'],
    ],
    expected: [],
  },
  {
    name: 'bytes that are signed need nothing taken off',
    project: arduino,
    changes: [
      [ino, 'void loop() {', 'int8_t frame[64];\nvoid loop() {'],
      [ino, 'static_cast<int8_t>(readPixel(i) - 128)', 'frame[i]'],
    ],
    expected: [],
  },
  {
    name: 'a loop beyond the end of the input',
    project: arduino,
    changes: [[ino, 'i < 64', 'i < 28 * 28']],
    expected: [`error firmware-input-length ${ino}:25`],
    says: 'writes 784 elements',
  },
  {
    name: 'a copy of another length',
    project: arduino,
    changes: [
      ['sketch/model.h', 'int readPixel', 'extern uint8_t frame[64];\nint readPixel'],
      [ino, '  interpreter->Invoke();', '  memcpy(input->data.int8, frame, 60);\n  interpreter->Invoke();'],
    ],
    expected: [`warning firmware-input-length ${ino}:28`],
    says: 'copies 60 bytes',
  },
  {
    name: 'a copy where the type of the input was asked for',
    project: arduino,
    changes: [
      ['sketch/model.h', 'int readPixel', 'extern float frame[64];\nint readPixel'],
      [
        ino,
        '  interpreter->Invoke();',
        '  if (input->type == kTfLiteFloat32) memcpy(input->data.f, frame, sizeof(frame));\n  interpreter->Invoke();',
      ],
    ],
    expected: [],
  },
  {
    name: "a scale that is not the model's",
    project: arduino,
    changes: [
      [
        ino,
        'void loop() {',
        'const float input_scale = 0.0078125f;\nconst int input_zero_point = -128;\nvoid loop() {',
      ],
    ],
    expected: [`warning firmware-quantization-differs ${ino}:24`],
    fixed: [[ino, '0.0078125f', '0.00392156886f']],
  },
  {
    name: 'a scale and a zero point of the model',
    project: arduino,
    changes: [
      [
        ino,
        'void loop() {',
        'const float kOutputScale = 1.0f / 256;\nconst int kInputZeroPoint = -128;\nvoid loop() {',
      ],
    ],
    expected: [],
  },
  {
    name: 'a zero point of which the name does not say whose it is',
    project: arduino,
    changes: [[ino, 'void loop() {', 'float scale = 0.25f;\nint zero_point = -1;\nint bin_scale = 3;\nvoid loop() {']],
    expected: [],
  },
  {
    name: 'a function that asks for the type of the input writes what fits',
    project: arduino,
    changes: [[ino, write, 'if (input->type == kTfLiteFloat32) input->data.f[i] = 0.5f;']],
    expected: [],
  },
  {
    name: 'labels that are fewer than the classes',
    project: arduino,
    changes: [[ino, 'void loop() {', 'const char* kLabels[] = {"zero", "one", "two"};\nvoid loop() {']],
    expected: [`warning firmware-label-count ${ino}:24`],
    says: 'kLabels has 3 names, but g_model has 4 classes',
  },
  {
    name: 'as many labels as classes',
    project: arduino,
    changes: [[ino, 'void loop() {', 'const char* kLabels[] = {"zero", "one", "two", "three"};\nvoid loop() {']],
    expected: [],
  },
  {
    name: 'a float written through the interpreter of a class',
    project: pico,
    changes: [
      [
        'src/classifier.cpp',
        '  if (resolver_.AddSoftmax',
        '  interpreter_.input(0)->data.f[0] = 1.0f;\n  if (resolver_.AddSoftmax',
      ],
    ],
    expected: ['error firmware-element-type src/classifier.cpp:7'],
    fixed: [
      [
        'src/classifier.cpp',
        'interpreter_.input(0)->data.f[0] = 1.0f',
        'interpreter_.input(0)->data.int8[0] = static_cast<int8_t>(lroundf((1.0f) / interpreter_.input(0)->params.scale) + interpreter_.input(0)->params.zero_point)',
      ],
    ],
  },
];
