import { arduino, espIdf } from './bases';
import type { Change, CorpusRow, Project } from './corpus';

const ino = 'sketch/sketch.ino';

/** A model that keeps a value, with the variables that it needs. */
const keeping: Project = {
  models: { 'sketch/model.cpp g_model': 'variable' },
  files: {
    ...arduino.files,
    [ino]: arduino.files[ino]
      .replace('<2>', '<3>')
      .replace('AddFullyConnected', 'AddVarHandle')
      .replace(
        '  if (resolver.AddSoftmax() != kTfLiteOk) return;\n',
        '  if (resolver.AddReadVariable() != kTfLiteOk) return;\n  if (resolver.AddAssignVariable() != kTfLiteOk) return;\n',
      )
      .replace(
        '  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);\n',
        `  static tflite::MicroAllocator* allocator = tflite::MicroAllocator::Create(tensor_arena, kTensorArenaSize);
  static tflite::MicroResourceVariables* variables = tflite::MicroResourceVariables::Create(allocator, 1);
  static tflite::MicroInterpreter static_interpreter(model, resolver, allocator, variables);
`,
      )
      .replace('i < 64', 'i < 8'),
  },
};
const alone =
  '  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);\n';
const made = keeping.files[ino].slice(
  keeping.files[ino].indexOf('  static tflite::MicroAllocator*'),
  keeping.files[ino].indexOf('  interpreter = &static_interpreter'),
);
const inLoop: Change = [ino, '  interpreter->Invoke();', '  interpreter->Invoke();\n  report();'];

/** What happens while the firmware runs: variables, what it prints, what it asks for in its loop. */
export const runningRows: readonly CorpusRow[] = [
  { name: 'a model that keeps a value is right', project: keeping, expected: [] },
  {
    name: 'an interpreter without variables for a model that keeps a value',
    project: keeping,
    changes: [
      [ino, made, alone],
      [ino, '= 784', '= 704'],
    ],
    expected: [`error firmware-resource-variables ${ino}:19`],
    says: 'g_model keeps 1 value in variables',
    fixed: [[ino, alone, made]],
  },
  {
    name: 'an interpreter that is handed no variables',
    project: keeping,
    changes: [[ino, 'allocator, variables)', 'allocator, nullptr)']],
    expected: [`error firmware-resource-variables ${ino}:21`],
  },
  {
    name: 'variables that have no room',
    project: keeping,
    changes: [[ino, 'Create(allocator, 1)', 'Create(allocator, 0)']],
    expected: [`error firmware-resource-variables ${ino}:20`],
    fixed: [[ino, 'Create(allocator, 0)', 'Create(allocator, 1)']],
  },
  {
    name: 'variables from a function that is not seen',
    project: keeping,
    changes: [[ino, 'tflite::MicroResourceVariables::Create(allocator, 1)', 'makeVariables(allocator)']],
    expected: [],
  },
  {
    name: 'a float printed by a library that leaves it out',
    project: arduino,
    board: 'arduino_zero',
    changes: [
      inLoop,
      [ino, 'void loop() {', 'void report() {\n  printf("score %.3f of %d\\n", 0.5, 4);\n}\n\nvoid loop() {'],
    ],
    expected: [`information firmware-float-print ${ino}:25`],
    fixed: [[ino, '#include "model.h"', '#include "model.h"\nasm(".global _printf_float");']],
  },
  {
    name: 'a float printed as the build says that it cannot be',
    project: espIdf,
    flags: { defined: {}, isComplete: true, printsFloats: false },
    changes: [
      [
        'main/main_functions.cc',
        '  interpreter = &',
        '  char text[20];\n  snprintf(text, sizeof(text), "%5.1f%%", 99.5);\n  interpreter = &',
      ],
    ],
    expected: ['information firmware-float-print main/main_functions.cc:18'],
    fixed: [
      ['main/main_functions.cc', '#include "operators.h"', '#include "operators.h"\nasm(".global _printf_float");'],
    ],
  },
  {
    name: 'integers are printed by every library',
    project: arduino,
    board: 'arduino_zero',
    changes: [
      inLoop,
      [ino, 'void loop() {', 'void report() {\n  printf("%d%% of %lu\\n", 50, 4ul);\n}\n\nvoid loop() {'],
    ],
    expected: [],
  },
  {
    name: 'a float printed by a library that is not known',
    project: arduino,
    changes: [inLoop, [ino, 'void loop() {', 'void report() {\n  printf("%f\\n", 0.5);\n}\n\nvoid loop() {']],
    expected: [],
  },
  {
    name: 'a float printed by Arduino itself',
    project: arduino,
    board: 'arduino_zero',
    changes: [[ino, '  interpreter->Invoke();', '  interpreter->Invoke();\n  Serial.println(0.25f, 3);']],
    expected: [],
  },
  {
    name: 'memory of the heap with every pass',
    project: arduino,
    changes: [
      [
        ino,
        '  interpreter->Invoke();',
        '  float* scores = new float[4];\n  interpreter->Invoke();\n  delete[] scores;',
      ],
    ],
    expected: [`information firmware-heap-in-loop ${ino}:28`],
    says: 'new asks for memory with every pass',
  },
  {
    name: 'memory of the heap in an endless loop of a task',
    project: espIdf,
    changes: [
      [
        'main/main_functions.cc',
        '  interpreter = &static_interpreter;\n',
        '  interpreter = &static_interpreter;\n  while (true) {\n    void* frame = malloc(9216);\n    interpreter->Invoke();\n    free(frame);\n  }\n',
      ],
    ],
    expected: ['information firmware-heap-in-loop main/main_functions.cc:19'],
  },
  {
    name: 'memory of the heap before the loop, and once in it',
    project: arduino,
    changes: [
      [
        ino,
        '  interpreter->Invoke();',
        '  static float* kept = new float[4];\n  static float* late = nullptr;\n  if (late == nullptr) late = new float[4];\n  interpreter->Invoke();',
      ],
      [
        ino,
        '  input = interpreter->input(0);',
        '  input = interpreter->input(0);\n  float* first = new float[4];\n  delete[] first;',
      ],
    ],
    expected: [],
  },
];
