import { arduino, espIdf, pico, twoModels } from './bases';
import type { CorpusRow } from './corpus';

const ino = 'sketch/sketch.ino';

/** What is written of a sketch's arena, and what stays silent. */
export const arenaRows: readonly CorpusRow[] = [
  { name: 'a sketch that is right', project: arduino, expected: [] },
  { name: 'an ESP-IDF component that is right', project: espIdf, expected: [] },
  { name: 'a class that is right', project: pico, expected: [] },
  { name: 'two models that are right', project: twoModels, expected: [] },
  {
    name: 'an arena that is too small by 16 bytes',
    project: arduino,
    changes: [[ino, '= 784', '= 768']],
    expected: [`error firmware-arena-too-small ${ino}:9`],
    says: 'The arena has 768 bytes, but g_model needs 784 bytes',
    fixed: [[ino, '= 768', '= 784']],
  },
  {
    name: 'an arena that is just a quarter larger is left alone',
    project: arduino,
    changes: [[ino, '= 784', '= 980']],
    expected: [],
  },
  {
    name: 'an arena that is more than a quarter larger',
    project: arduino,
    changes: [[ino, '= 784', '= 10 * 1024']],
    expected: [`information firmware-arena-too-large ${ino}:9`],
    says: '9,456 bytes of RAM come free',
    fixed: [[ino, '= 10 * 1024', '= 784']],
  },
  {
    name: 'a sum through a macro and a constant of a header',
    project: espIdf,
    changes: [['main/settings.h', 'KB(1) / 2 + 256 + kScratch', 'KB(2) + kScratch']],
    expected: ['information firmware-arena-too-large main/settings.h:5'],
    fixed: [['main/settings.h', 'KB(2) + kScratch', '784']],
  },
  {
    name: 'a member of a class whose arena is too small',
    project: pico,
    changes: [['src/classifier.hpp', '784', '0x200u']],
    expected: ['error firmware-arena-too-small src/classifier.hpp:8'],
    fixed: [['src/classifier.hpp', '0x200u', '784']],
  },
  {
    name: 'the second of two models, by the size of the array',
    project: twoModels,
    changes: [['app/main.cpp', '(3 * 1024)', '(1 << 10)']],
    expected: ['error firmware-arena-too-small app/main.cpp:3'],
    says: 'model_b needs',
    fixed: [['app/main.cpp', '(1 << 10)', '2480']],
  },
  {
    name: 'arenas that share a constant take the larger need',
    project: twoModels,
    changes: [['app/main.cpp', 'arena_a, ARENA_A)', 'arena_a, ARENA_B)']],
    expected: [],
  },
  {
    name: 'a default that a flag of the build beats',
    project: arduino,
    changes: [
      [
        ino,
        'constexpr int kTensorArenaSize = 784;',
        '#ifndef ARENA\n#define ARENA 784\n#endif\nconstexpr int kTensorArenaSize = ARENA;',
      ],
    ],
    flags: { defined: { ARENA: '512' }, isComplete: true },
    expected: [`error firmware-arena-too-small ${ino}:21`],
    says: 'Set ARENA to 784 bytes where the build sets it.',
  },
  {
    name: 'a default without such a flag',
    project: arduino,
    changes: [
      [
        ino,
        'constexpr int kTensorArenaSize = 784;',
        '#ifndef ARENA\n#define ARENA 700\n#endif\nconstexpr int kTensorArenaSize = ARENA;',
      ],
    ],
    expected: [`error firmware-arena-too-small ${ino}:10`],
    fixed: [[ino, 'ARENA 700', 'ARENA 784']],
  },
  {
    name: 'the branch of a flag that is set counts',
    project: arduino,
    changes: [
      [
        ino,
        'constexpr int kTensorArenaSize = 784;',
        '#if BIG > 1\nconstexpr int kTensorArenaSize = 90000;\n#else\nconstexpr int kTensorArenaSize = 784;\n#endif',
      ],
    ],
    flags: { defined: { BIG: '2' }, isComplete: true },
    expected: [`information firmware-arena-too-large ${ino}:10`],
    fixed: [[ino, '90000', '784']],
  },
  {
    name: 'nothing is said where the branch is not known',
    project: arduino,
    changes: [
      [
        ino,
        'constexpr int kTensorArenaSize = 784;',
        '#ifdef ESP32\nconstexpr int kTensorArenaSize = 90000;\n#else\nconstexpr int kTensorArenaSize = 16;\n#endif',
      ],
    ],
    expected: [],
  },
  {
    name: 'nothing is said of a size that is not known',
    project: arduino,
    changes: [[ino, '= 784', '= computeSize()']],
    expected: [],
  },
  {
    name: 'a pointer that is rounded up by hand',
    project: twoModels,
    changes: [
      ['app/main.cpp', 'ops_a, arena_a, ARENA_A', 'ops_a, (uint8_t*)(((uintptr_t)arena_a + 15) & ~15), ARENA_A'],
      ['app/main.cpp', 'ARENA_A 784', 'ARENA_A 256'],
    ],
    expected: ['error firmware-arena-too-small app/main.cpp:2'],
    fixed: [['app/main.cpp', 'ARENA_A 256', 'ARENA_A 784']],
  },
  {
    name: 'a recording interpreter takes 112 bytes more',
    project: arduino,
    changes: [[ino, 'static tflite::MicroInterpreter', 'static tflite::RecordingMicroInterpreter']],
    expected: [`error firmware-arena-too-small ${ino}:9`],
    fixed: [[ino, '= 784', '= 896']],
  },
];
