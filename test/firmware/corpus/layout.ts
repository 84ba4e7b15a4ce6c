import { arduino, espIdf, pico, twoModels } from './bases';
import type { CorpusRow, Project } from './corpus';

const ino = 'sketch/sketch.ino';
const model = 'sketch/model.cpp';

/** Two arrays, of which the sketch runs one. */
const spare: Project = {
  models: { ...arduino.models, 'sketch/old.cpp g_old': 'float' },
  files: { ...arduino.files, 'sketch/old.cpp': 'unsigned char g_old[] = {0x1c, 0x00};\nunsigned int g_old_len = 2;\n' },
};

/** Where arrays, arenas, resolvers and interpreters lie, and how long they live. */
export const layoutRows: readonly CorpusRow[] = [
  {
    name: 'an array without alignment',
    project: arduino,
    changes: [[model, 'alignas(16) const unsigned', 'const unsigned']],
    expected: [`warning firmware-array-alignment ${model}:2`],
    fixed: [[model, 'const unsigned char', 'alignas(16) const unsigned char']],
  },
  { name: 'nothing is said of an array that the linker leaves out', project: spare, expected: [] },
  {
    name: 'an array that something unseen may run',
    project: spare,
    changes: [
      [ino, 'GetModel(g_model)', 'GetModel(chosenModel())'],
      ['sketch/model.h', 'int readPixel', 'const void* chosenModel();\nint readPixel'],
      ['sketch/old.cpp', 'unsigned int', 'const void* oldModel() { return g_old; }\nunsigned int'],
    ],
    expected: [
      'warning firmware-array-alignment sketch/old.cpp:1',
      'warning firmware-array-not-const sketch/old.cpp:1',
    ],
    fixed: [['sketch/old.cpp', 'unsigned char', 'alignas(16) unsigned char']],
  },
  {
    name: 'an array of words is aligned to 4 bytes',
    project: arduino,
    changes: [
      [model, 'alignas(16) const unsigned char', 'const uint32_t'],
      [model, '#include "model.h"', '#include <stdint.h>'],
      ['sketch/model.h', 'extern const unsigned char', 'extern const uint32_t'],
    ],
    expected: [],
  },
  {
    name: 'an array in a source that is included',
    project: arduino,
    changes: [
      [ino, '#include "model.h"', '#include "model.h"\n#include "model.cpp"'],
      [ino, '= 784', '= 512'],
    ],
    expected: [`error firmware-arena-too-small ${ino}:10`],
    fixed: [[ino, '= 512', '= 784']],
  },
  {
    name: 'an array in C without alignment',
    project: twoModels,
    changes: [['app/a.c', 'const __attribute__((aligned(16))) unsigned', 'const unsigned']],
    expected: ['warning firmware-array-alignment app/a.c:2'],
    fixed: [['app/a.c', 'const unsigned char', '__attribute__((aligned(16))) const unsigned char']],
  },
  {
    name: 'an attribute behind the name aligns',
    project: arduino,
    changes: [
      [model, 'alignas(16) const unsigned char g_model[]', 'const unsigned char g_model[] __attribute__((aligned(4)))'],
    ],
    expected: [],
  },
  {
    name: 'an earlier declaration aligns',
    project: arduino,
    changes: [
      [model, 'alignas(16) const unsigned', 'const unsigned'],
      ['sketch/model.h', 'extern const unsigned char', 'alignas(8) extern const unsigned char'],
    ],
    expected: [],
  },
  {
    name: 'a macro of the project aligns',
    project: arduino,
    changes: [
      [
        model,
        'alignas(16) const unsigned',
        '#define MODEL_ALIGN(n) __attribute__((aligned(n)))\nMODEL_ALIGN(16) const unsigned',
      ],
    ],
    expected: [],
  },
  {
    name: 'a macro that is not known may align',
    project: arduino,
    changes: [[model, 'alignas(16) const unsigned', 'VENDOR_DATA_ALIGN const unsigned']],
    expected: [],
  },
  {
    name: 'PROGMEM does not align',
    project: arduino,
    changes: [
      ['sketch/model.h', '#pragma once', '#include <Arduino.h>'],
      [model, 'alignas(16) const unsigned char g_model[] =', 'const unsigned char g_model[] PROGMEM ='],
    ],
    expected: [`warning firmware-array-alignment ${model}:2`],
    fixed: [[model, 'const unsigned char', 'alignas(16) const unsigned char']],
  },
  {
    name: 'an array that is not const, with its declaration',
    project: arduino,
    changes: [
      [model, 'alignas(16) const unsigned', 'alignas(16) unsigned'],
      ['sketch/model.h', 'extern const unsigned char', 'extern unsigned char'],
    ],
    expected: [`warning firmware-array-not-const ${model}:2`],
    says: '1,200 bytes',
    fixed: [
      [model, 'unsigned char', 'const unsigned char'],
      ['sketch/model.h', 'extern unsigned char', 'extern const unsigned char'],
    ],
  },
  {
    name: 'an array that is declared where it is used must stay visible',
    project: arduino,
    changes: [
      [model, '#include "model.h"\nalignas(16) const unsigned', 'alignas(16) unsigned'],
      [ino, '#include "model.h"', 'extern unsigned char g_model[]; int readPixel(int index);'],
      ['sketch/model.h', 'extern const unsigned char g_model[];\n', ''],
    ],
    expected: [`warning firmware-array-not-const ${model}:1`],
    fixed: [
      [model, 'unsigned char', 'extern const unsigned char'],
      [ino, 'extern unsigned char', 'extern const unsigned char'],
    ],
  },
  {
    name: 'an arena without alignment',
    project: arduino,
    changes: [[ino, 'alignas(16) uint8_t', 'uint8_t']],
    expected: [`information firmware-arena-alignment ${ino}:10`],
    fixed: [[ino, 'uint8_t tensor_arena', 'alignas(16) uint8_t tensor_arena']],
  },
  {
    name: 'an arena for DMA is aligned to 4 bytes',
    project: arduino,
    changes: [[ino, 'alignas(16) uint8_t', 'DMA_ATTR static uint8_t']],
    expected: [`information firmware-arena-alignment ${ino}:10`],
    fixed: [[ino, 'DMA_ATTR static uint8_t', 'DMA_ATTR alignas(16) static uint8_t']],
  },
  {
    name: 'a member without alignment',
    project: pico,
    changes: [['src/classifier.hpp', 'alignas(16) uint8_t', 'uint8_t']],
    expected: ['information firmware-arena-alignment src/classifier.hpp:9'],
    fixed: [['src/classifier.hpp', 'uint8_t arena_', 'alignas(16) uint8_t arena_']],
  },
  {
    name: 'an arena whose address is rounded up by hand needs no alignment',
    project: twoModels,
    changes: [
      ['app/main.cpp', 'arena_a[ARENA_A] __attribute__((aligned(16)));', 'arena_a[ARENA_A + 15];'],
      ['app/main.cpp', 'ops_a, arena_a, ARENA_A', 'ops_a, (uint8_t*)(((uintptr_t)arena_a + 15) & ~15), ARENA_A'],
    ],
    expected: [],
  },
  {
    name: 'an arena on the stack',
    project: arduino,
    changes: [
      [ino, 'alignas(16) uint8_t tensor_arena[kTensorArenaSize];\n', ''],
      [
        ino,
        '  static tflite::MicroInterpreter',
        '  alignas(16) uint8_t tensor_arena[kTensorArenaSize];\n  static tflite::MicroInterpreter',
      ],
    ],
    expected: [`warning firmware-arena-on-stack ${ino}:17`],
    says: '784 bytes',
    fixed: [[ino, 'uint8_t tensor_arena', 'static uint8_t tensor_arena']],
  },
  {
    name: 'a resolver on the stack that a static interpreter keeps',
    project: arduino,
    changes: [[ino, 'static tflite::MicroMutableOpResolver<2> resolver', 'tflite::MicroMutableOpResolver<2> resolver']],
    expected: [`error firmware-resolver-dangles ${ino}:15`],
    fixed: [[ino, 'tflite::MicroMutableOpResolver<2> resolver', 'static tflite::MicroMutableOpResolver<2> resolver']],
  },
  {
    name: 'a resolver on the stack that an interpreter from the heap keeps',
    project: arduino,
    changes: [
      [ino, 'static tflite::MicroMutableOpResolver<2> resolver', 'tflite::MicroMutableOpResolver<2> resolver'],
      [ino, 'static tflite::MicroInterpreter static_interpreter(', 'interpreter = new tflite::MicroInterpreter('],
      [ino, '  interpreter = &static_interpreter;\n', ''],
    ],
    expected: [`error firmware-resolver-dangles ${ino}:15`],
    fixed: [[ino, 'tflite::MicroMutableOpResolver<2> resolver', 'static tflite::MicroMutableOpResolver<2> resolver']],
  },
  {
    name: 'a function that never ends may keep all on its stack',
    project: arduino,
    changes: [
      [ino, 'static tflite::MicroMutableOpResolver<2> resolver', 'tflite::MicroMutableOpResolver<2> resolver'],
      [ino, '  input = interpreter->input(0);', '  while (true) interpreter->Invoke();'],
    ],
    expected: [],
  },
  {
    name: 'an interpreter on the stack whose address is kept',
    project: arduino,
    changes: [[ino, 'static tflite::MicroInterpreter', 'tflite::MicroInterpreter']],
    expected: [`error firmware-interpreter-dangles ${ino}:18`],
    fixed: [[ino, 'tflite::MicroInterpreter static_interpreter', 'static tflite::MicroInterpreter static_interpreter']],
  },
  {
    name: 'memory of a heap that aligns to less',
    project: espIdf,
    changes: [['main/main_functions.cc', 'heap_caps_aligned_alloc(16, kArenaBytes', 'heap_caps_malloc(kArenaBytes']],
    expected: ['information firmware-heap-alignment main/main_functions.cc:11'],
    fixed: [['main/main_functions.cc', 'heap_caps_malloc(kArenaBytes', 'heap_caps_aligned_alloc(16, kArenaBytes']],
  },
  {
    name: 'memory of malloc',
    project: espIdf,
    changes: [
      [
        'main/main_functions.cc',
        'heap_caps_aligned_alloc(16, kArenaBytes, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT)',
        'malloc(kArenaBytes)',
      ],
    ],
    expected: ['information firmware-heap-alignment main/main_functions.cc:11'],
  },
  {
    name: 'external memory though it fits',
    project: espIdf,
    board: 'arduino_nano_esp32',
    changes: [
      ['main/main_functions.cc', 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM'],
      ['main/settings.h', 'kScratch = 16', 'kScratch = 32'],
    ],
    expected: ['information firmware-arena-in-psram main/main_functions.cc:11'],
    fixed: [['main/main_functions.cc', 'MALLOC_CAP_SPIRAM', 'MALLOC_CAP_INTERNAL']],
  },
  {
    name: 'memory of one of two heaps is not known',
    project: espIdf,
    board: 'arduino_nano_esp32',
    changes: [
      ['main/settings.h', 'kScratch = 16', 'kScratch = 32'],
      ['main/main_functions.cc', 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM'],
      [
        'main/main_functions.cc',
        '  static OpResolver',
        '  if (arena == nullptr) arena = (uint8_t*)malloc(kArenaBytes);\n  static OpResolver',
      ],
    ],
    expected: [],
  },
  {
    name: 'two interpreters that live at once in one arena',
    project: arduino,
    changes: [
      [
        ino,
        '  interpreter = &static_interpreter;',
        '  static tflite::MicroInterpreter other(model, resolver, tensor_arena, kTensorArenaSize);\n  interpreter = &static_interpreter;',
      ],
    ],
    expected: [`error firmware-arena-shared ${ino}:19`],
    says: 'line 18',
  },
];
