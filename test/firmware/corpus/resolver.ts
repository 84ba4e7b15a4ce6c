import { arduino, espIdf, pico, twoModels } from './bases';
import type { CorpusRow } from './corpus';

const ino = 'sketch/sketch.ino';

const resolverLines = `  static tflite::MicroMutableOpResolver<2> resolver;
  if (resolver.AddFullyConnected() != kTfLiteOk) return;
  if (resolver.AddSoftmax() != kTfLiteOk) return;
`;

export const resolverRows: readonly CorpusRow[] = [
  {
    name: 'an operator that is missing is added in the form of the others, with room for it',
    project: arduino,
    changes: [
      [ino, '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n', ''],
      [ino, 'Resolver<2>', 'Resolver<1>'],
    ],
    expected: [`error firmware-operator-missing ${ino}:15`],
    says: 'g_model uses SOFTMAX',
    fixed: [
      [
        ino,
        '  static tflite::MicroInterpreter',
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n  static tflite::MicroInterpreter',
      ],
      [ino, 'Resolver<1>', 'Resolver<2>'],
    ],
  },
  {
    name: 'a helper in another file and an alias of the type',
    project: espIdf,
    changes: [
      ['main/operators.cc', '  TF_LITE_ENSURE_STATUS(op_resolver.AddSoftmax());\n', ''],
      ['main/operators.h', '<2>', '<1>'],
    ],
    expected: ['error firmware-operator-missing main/main_functions.cc:13'],
    fixed: [
      [
        'main/operators.cc',
        '  return kTfLiteOk',
        '  TF_LITE_ENSURE_STATUS(op_resolver.AddSoftmax());\n  return kTfLiteOk',
      ],
      ['main/operators.h', '<1>', '<2>'],
    ],
  },
  {
    name: 'a resolver with less room than operators',
    project: pico,
    changes: [['src/classifier.hpp', '<2>', '<1>']],
    expected: ['error firmware-resolver-room src/classifier.hpp:10'],
    fixed: [['src/classifier.hpp', '<1>', '<2>']],
  },
  {
    name: 'a resolver with more room than operators',
    project: twoModels,
    changes: [['app/main.cpp', 'Resolver<2> ops_b', 'Resolver<12> ops_b']],
    expected: ['information firmware-resolver-room app/main.cpp:7'],
    says: '360 bytes of RAM come free',
    fixed: [['app/main.cpp', 'Resolver<12> ops_b', 'Resolver<2> ops_b']],
  },
  {
    name: 'room in the helper that takes the resolver by reference follows',
    project: {
      ...arduino,
      files: {
        ...arduino.files,
        'sketch/helper.h': 'void more(tflite::MicroMutableOpResolver<5>& r);\n',
        'sketch/helper.cpp':
          '#include <Arduino.h>\nvoid more(tflite::MicroMutableOpResolver<5>& r) {\n  Serial.println(r.AddFullyConnected());\n  Serial.println(r.AddSoftmax());\n}\n',
      },
    },
    changes: [
      [
        ino,
        '  if (resolver.AddFullyConnected() != kTfLiteOk) return;\n  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  more(resolver);\n',
      ],
      [ino, 'Resolver<2>', 'Resolver<5>'],
      [ino, '#include "model.h"', '#include "model.h"\n#include "helper.h"'],
    ],
    expected: [`information firmware-resolver-room ${ino}:16`],
    fixed: [
      [ino, 'Resolver<5>', 'Resolver<2>'],
      ['sketch/helper.h', '<5>', '<2>'],
      ['sketch/helper.cpp', '<5>', '<2>'],
    ],
  },
  {
    name: 'an operator that no model uses',
    project: arduino,
    changes: [
      [
        ino,
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n  if (resolver.AddConv2D() != kTfLiteOk) return;\n',
      ],
      [ino, 'Resolver<2>', 'Resolver<3>'],
    ],
    expected: [`information firmware-operator-unused ${ino}:18`],
    says: 'No model uses CONV_2D',
    fixed: [
      [ino, '  if (resolver.AddConv2D() != kTfLiteOk) return;\n', ''],
      [ino, 'Resolver<3>', 'Resolver<2>'],
    ],
  },
  {
    name: 'a custom operator that no model uses, whose kernel nobody has measured',
    project: arduino,
    changes: [
      [
        ino,
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n  if (resolver.AddCustom("Fold", fold()) != kTfLiteOk) return;\n',
      ],
      [ino, 'Resolver<2>', 'Resolver<3>'],
    ],
    expected: [`information firmware-operator-unused ${ino}:18`],
    says: 'No model uses Fold, which is added here: its kernel takes flash. Take it out.',
    fixed: [
      [ino, '  if (resolver.AddCustom("Fold", fold()) != kTfLiteOk) return;\n', ''],
      [ino, 'Resolver<3>', 'Resolver<2>'],
    ],
  },
  {
    name: 'an operator that is missing for the second of two models',
    project: {
      models: { ...arduino.models, 'sketch/other.cpp g_other': 'float' },
      files: { ...arduino.files, 'sketch/other.cpp': 'alignas(16) const unsigned char g_other[] = {0x1c};\n' },
    },
    changes: [
      ['sketch/model.h', 'int readPixel', 'extern const unsigned char g_other[];\nint readPixel'],
      [
        ino,
        '  input = interpreter->input(0);\n',
        '  input = interpreter->input(0);\n  alignas(16) static uint8_t other_arena[592];\n  static tflite::MicroInterpreter other(tflite::GetModel(g_other), resolver, other_arena, 592);\n',
      ],
    ],
    expected: [`error firmware-operator-missing ${ino}:15`],
    says: 'g_other uses LOGISTIC, which is not added to resolver',
    fixed: [
      [
        ino,
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n  if (resolver.AddLogistic() != kTfLiteOk) return;\n',
      ],
      [ino, 'Resolver<2>', 'Resolver<3>'],
    ],
  },
  {
    name: 'adds chained by && stop after the first that succeeds',
    project: arduino,
    changes: [
      [
        ino,
        '  if (resolver.AddFullyConnected() != kTfLiteOk) return;\n  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (resolver.AddFullyConnected() != kTfLiteOk && resolver.AddSoftmax() != kTfLiteOk) return;\n',
      ],
    ],
    expected: [`error firmware-operators-chained ${ino}:16`],
    says: 'AddSoftmax is not called',
    fixed: [[ino, '&&', '||']],
  },
  {
    name: 'adds chained by && on success all run',
    project: arduino,
    changes: [
      [
        ino,
        '  if (resolver.AddFullyConnected() != kTfLiteOk) return;\n  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (!(resolver.AddFullyConnected() == kTfLiteOk && resolver.AddSoftmax() == kTfLiteOk)) return;\n',
      ],
    ],
    expected: [],
  },
  {
    name: 'adds whose status is dropped',
    project: arduino,
    changes: [[ino, 'if (resolver.AddSoftmax() != kTfLiteOk) return;', 'resolver.AddSoftmax();']],
    expected: [`hint firmware-add-status-dropped ${ino}:17`],
    fixed: [[ino, 'resolver.AddSoftmax();', 'if (resolver.AddSoftmax() != kTfLiteOk) return;']],
  },
  {
    name: 'a resolver of all operators in a function',
    project: arduino,
    changes: [
      [ino, '#include "model.h"', '#include "model.h"\n#include "tensorflow/lite/micro/all_ops_resolver.h"'],
      [
        ino,
        'static tflite::MicroMutableOpResolver<2> resolver;\n  if (resolver.AddFullyConnected() != kTfLiteOk) return;\n  if (resolver.AddSoftmax() != kTfLiteOk) return;',
        'static tflite::AllOpsResolver resolver;',
      ],
    ],
    expected: [`warning firmware-all-operators ${ino}:16`],
    says: 'FULLY_CONNECTED, SOFTMAX',
    fixed: [
      [ino, 'all_ops_resolver.h', 'micro_mutable_op_resolver.h'],
      [
        ino,
        'tflite::AllOpsResolver resolver;',
        'tflite::MicroMutableOpResolver<2> resolver;\n  resolver.AddFullyConnected();\n  resolver.AddSoftmax();',
      ],
    ],
  },
  {
    name: 'a resolver of all operators behind a flag that is not known',
    project: arduino,
    changes: [
      [
        ino,
        resolverLines,
        `#if USE_ALL_OPERATORS
  static tflite::AllOpsResolver resolver;
#else
${resolverLines}#endif
`,
      ],
      [ino, '<TensorFlowLite.h>', '<TensorFlowLite.h>\n#include "tensorflow/lite/micro/all_ops_resolver.h"'],
    ],
    expected: [],
  },
  {
    name: 'a global resolver of all operators',
    project: arduino,
    changes: [
      [
        ino,
        '  static tflite::MicroMutableOpResolver<2> resolver;\n  if (resolver.AddFullyConnected() != kTfLiteOk) return;\n  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '',
      ],
      [ino, 'TfLiteTensor* input = nullptr;', 'TfLiteTensor* input = nullptr;\ntflite::AllOpsResolver resolver;'],
    ],
    expected: [`warning firmware-all-operators ${ino}:8`],
    fixed: [
      [ino, 'tflite::AllOpsResolver', 'tflite::MicroMutableOpResolver<2>'],
      [
        ino,
        '  static tflite::MicroInterpreter',
        '  resolver.AddFullyConnected();\n  resolver.AddSoftmax();\n  static tflite::MicroInterpreter',
      ],
    ],
  },
  {
    name: 'nothing is said of a resolver that is handed to a function that is not seen',
    project: arduino,
    changes: [[ino, '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n', '  addTheOthers(&resolver);\n']],
    expected: [],
  },
  {
    name: 'a resolver through a pointer to its base class',
    project: twoModels,
    changes: [
      ['app/main.cpp', 'int main() {', 'int main() {\n  tflite::MicroOpResolver* chosen = &ops_a;'],
      ['app/main.cpp', 'GetModel(model_a), ops_a,', 'GetModel(model_a), *chosen,'],
      ['app/main.cpp', '  if (ops_a.AddSoftmax() != kTfLiteOk) return 1;\n', ''],
      ['app/main.cpp', 'Resolver<2> ops_a', 'Resolver<1> ops_a'],
    ],
    expected: ['error firmware-operator-missing app/main.cpp:6'],
    fixed: [
      [
        'app/main.cpp',
        '  if (ops_b.AddRelu()',
        '  if (ops_a.AddSoftmax() != kTfLiteOk) return 1;\n  if (ops_b.AddRelu()',
      ],
      ['app/main.cpp', 'Resolver<1> ops_a', 'Resolver<2> ops_a'],
    ],
  },
];
