import { arduino } from './bases';
import type { CorpusRow, Project } from './corpus';

const data = '= {0x1c, 0x00, 0x00, 0x00, 0x54, 0x46, 0x4c, 0x33};\n';
const main = 'src/main.cpp';

/** Model, arena and operators that one flag chooses together. */
const flagged: Project = {
  models: { 'src/small.h model_small': 'dense', 'src/big.h model_big': 'conv' },
  files: {
    'src/config.h': '#pragma once\n#define USE_BIG 1\n',
    'src/small.h': `#pragma once\nalignas(16) const unsigned char model_small[] ${data}`,
    'src/big.h': `#pragma once\nalignas(16) const unsigned char model_big[] ${data}`,
    [main]: `#include "config.h"
#if USE_BIG
#include "big.h"
#define MODEL_DATA model_big
constexpr int kArenaSize = 2480;
#else
#include "small.h"
#define MODEL_DATA model_small
constexpr int kArenaSize = 784;
#endif
alignas(16) static uint8_t arena[kArenaSize];
static tflite::MicroMutableOpResolver<2> ops;
int main() {
#if USE_BIG
  if (ops.AddRelu() != kTfLiteOk) return 1;
  if (ops.AddRelu6() != kTfLiteOk) return 1;
#else
  if (ops.AddFullyConnected() != kTfLiteOk) return 1;
  if (ops.AddSoftmax() != kTfLiteOk) return 1;
#endif
  static tflite::MicroInterpreter interpreter(tflite::GetModel(MODEL_DATA), ops, arena, kArenaSize);
  return interpreter.AllocateTensors() == kTfLiteOk ? 0 : 1;
}
`,
  },
};
const config = 'src/config.h';

/** What conditions of the preprocessor choose and leave out. */
export const branchRows: readonly CorpusRow[] = [
  { name: 'a flag that chooses model, arena and operators is right', project: flagged, expected: [] },
  {
    name: 'the other branch of that flag is right',
    project: flagged,
    changes: [[config, 'USE_BIG 1', 'USE_BIG 0']],
    expected: [],
  },
  {
    name: 'a flag of the build that chooses all of them is right',
    project: flagged,
    changes: [[config, '#define USE_BIG 1\n', '']],
    flags: { defined: { USE_BIG: '0' }, isComplete: true },
    expected: [],
  },
  {
    name: 'a flag that is not known chooses nothing',
    project: flagged,
    changes: [
      [config, '#define USE_BIG 1\n', ''],
      [main, '2480', '1000'],
    ],
    expected: [],
  },
  {
    name: 'the arena of the branch that is compiled is too small',
    project: flagged,
    changes: [[main, '2480', '2000']],
    expected: [`error firmware-arena-too-small ${main}:5`],
    says: 'model_big needs',
    fixed: [[main, '2000', '2480']],
  },
  {
    name: 'nothing is said of the branch that is not compiled',
    project: flagged,
    changes: [
      [main, '784', '16'],
      [main, '  if (ops.AddSoftmax() != kTfLiteOk) return 1;\n', ''],
    ],
    expected: [],
  },
  {
    name: 'an operator is missing in the branch that is compiled',
    project: flagged,
    changes: [
      [main, '  if (ops.AddRelu6() != kTfLiteOk) return 1;\n', ''],
      [main, '<2>', '<1>'],
    ],
    expected: [`error firmware-operator-missing ${main}:12`],
    fixed: [
      [
        main,
        '  if (ops.AddRelu() != kTfLiteOk) return 1;',
        '  if (ops.AddRelu() != kTfLiteOk) return 1;\n  if (ops.AddRelu6() != kTfLiteOk) return 1;',
      ],
      [main, '<1>', '<2>'],
    ],
  },
  {
    name: 'a model that a macro of the project names',
    project: arduino,
    changes: [
      ['sketch/sketch.ino', '#include "model.h"', '#include "model.h"\n#define KEYWORD_MODEL (g_model)'],
      ['sketch/sketch.ino', 'GetModel(g_model)', 'GetModel(KEYWORD_MODEL)'],
      ['sketch/sketch.ino', '= 784', '= 640'],
    ],
    expected: ['error firmware-arena-too-small sketch/sketch.ino:10'],
    fixed: [['sketch/sketch.ino', '= 640', '= 784']],
  },
];
