import { arduino, espIdf, pico, twoModels } from './bases';
import type { Change, CorpusRow } from './corpus';

const ino = 'sketch/sketch.ino';
const nano = 'arduino_nano_esp32';
const declaration = 'alignas(16) uint8_t tensor_arena[kTensorArenaSize];';
/** What the dense model needs on that board. */
const enough: Change = [ino, '= 784', '= 800'];
const functions = 'main/main_functions.cc';
const settings: Change = ['main/settings.h', 'kScratch = 16', 'kScratch = 32'];

/** How memory for an arena is declared, asked for and handed on, and in which memory of the board it lies. */
export const memoryRows: readonly CorpusRow[] = [
  {
    name: 'external memory by an attribute, though it fits',
    project: arduino,
    board: nano,
    changes: [enough, [ino, declaration, `EXT_RAM_BSS_ATTR ${declaration}`]],
    expected: [`information firmware-arena-in-psram ${ino}:10`],
    says: 'Leave EXT_RAM_BSS_ATTR out',
    fixed: [[ino, 'EXT_RAM_BSS_ATTR ', '']],
  },
  {
    name: 'external memory by the older attribute behind the type',
    project: arduino,
    board: nano,
    changes: [enough, [ino, declaration, 'alignas(16) static uint8_t EXT_RAM_ATTR tensor_arena[kTensorArenaSize];']],
    expected: [`information firmware-arena-in-psram ${ino}:10`],
    fixed: [[ino, 'EXT_RAM_ATTR ', '']],
  },
  {
    name: 'external memory by a section, which goes and leaves the alignment',
    project: arduino,
    board: nano,
    changes: [
      enough,
      [
        ino,
        declaration,
        'static uint8_t tensor_arena[kTensorArenaSize] __attribute__((aligned(16), section(".ext_ram.bss")));',
      ],
    ],
    expected: [`information firmware-arena-in-psram ${ino}:10`],
    fixed: [[ino, '__attribute__((aligned(16), section(".ext_ram.bss")))', '__attribute__((aligned(16)))']],
  },
  {
    name: 'external memory by a section behind the name',
    project: arduino,
    board: nano,
    changes: [
      enough,
      [
        ino,
        declaration,
        'alignas(16) static uint8_t tensor_arena[kTensorArenaSize] __attribute__((section(".ext_ram.bss")));',
      ],
    ],
    expected: [`information firmware-arena-in-psram ${ino}:10`],
    says: 'Leave its section out',
    fixed: [[ino, ' __attribute__((section(".ext_ram.bss")))', '']],
  },
  {
    name: 'external memory of ps_malloc, though it fits',
    project: espIdf,
    board: nano,
    changes: [
      settings,
      [
        functions,
        'heap_caps_aligned_alloc(16, kArenaBytes, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT)',
        'ps_malloc(kArenaBytes)',
      ],
    ],
    expected: [
      `information firmware-heap-alignment ${functions}:11`,
      `information firmware-arena-in-psram ${functions}:11`,
    ],
  },
  {
    name: 'external memory by an attribute on a board that is not known',
    project: arduino,
    changes: [[ino, declaration, `EXT_RAM_BSS_ATTR ${declaration}`]],
    expected: [],
  },
  {
    name: 'external memory that is needed',
    project: { ...twoModels, models: { 'app/a.c model_a': 'dense', 'app/b.c model_b': 'large' } },
    board: nano,
    changes: [
      ['app/main.cpp', 'ARENA_A 784', 'ARENA_A 800'],
      ['app/main.cpp', '(3 * 1024)', '(600 * 1024)'],
      ['app/main.cpp', 'alignas(16) static uint8_t arena_b', 'EXT_RAM_BSS_ATTR alignas(16) static uint8_t arena_b'],
    ],
    expected: [],
  },
  {
    name: 'a static arena that the memory of the chip has no room for',
    project: { ...twoModels, models: { 'app/a.c model_a': 'dense', 'app/b.c model_b': 'large' } },
    board: nano,
    changes: [
      ['app/main.cpp', 'ARENA_A 784', 'ARENA_A 800'],
      ['app/main.cpp', '(3 * 1024)', '(600 * 1024)'],
    ],
    expected: ['warning firmware-arena-region app/main.cpp:5'],
    says: 'The arena of 614,400 bytes is to lie in SRAM1, which has 334 KB: the program cannot be linked.',
    fixed: [
      ['app/main.cpp', 'alignas(16) static uint8_t arena_b', 'alignas(16) EXT_RAM_BSS_ATTR static uint8_t arena_b'],
    ],
  },
  {
    name: 'an arena of the heap that the memory of the chip has no room for',
    project: { ...espIdf, models: { 'main/model_data.cc g_person_model': 'large' } },
    board: nano,
    changes: [
      ['main/settings.h', 'KB(1) / 2 + 256 + kScratch', 'KB(600)'],
      ['main/operators.cc', 'AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8())', 'AddRelu()'],
      ['main/operators.cc', 'AddSoftmax', 'AddRelu6'],
    ],
    expected: [`warning firmware-arena-region ${functions}:11`],
    says: 'there is no memory for it when the program runs',
    fixed: [[functions, 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM']],
  },
  {
    name: 'external memory on a board without any',
    project: espIdf,
    board: 'esp32_c3_devkit',
    changes: [settings, [functions, 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM']],
    expected: [`information firmware-arena-in-psram ${functions}:11`],
    fixed: [[functions, 'MALLOC_CAP_SPIRAM', 'MALLOC_CAP_INTERNAL']],
  },
  {
    name: 'external memory that is needed on a board without any',
    project: { ...espIdf, models: { 'main/model_data.cc g_person_model': 'large' } },
    board: 'esp32_c3_devkit',
    changes: [
      ['main/settings.h', 'KB(1) / 2 + 256 + kScratch', '700000'],
      [functions, 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM'],
      ['main/operators.cc', 'AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8())', 'AddRelu()'],
      ['main/operators.cc', 'AddSoftmax', 'AddRelu6'],
    ],
    expected: [`information firmware-arena-region ${functions}:11`],
    says: 'which ESP32-C3',
  },
  {
    name: 'external memory that the configuration switches on, though the table of the board has none',
    project: espIdf,
    board: 'esp32_c3_devkit',
    flags: { defined: {}, isComplete: false, usesPsram: true },
    changes: [settings, [functions, 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM']],
    expected: [`information firmware-arena-in-psram ${functions}:11`],
    fixed: [[functions, 'MALLOC_CAP_SPIRAM', 'MALLOC_CAP_INTERNAL']],
  },
  {
    name: 'external memory by an attribute that the configuration leaves without effect',
    project: arduino,
    board: nano,
    flags: { defined: {}, isComplete: false, putsDataInPsram: false },
    changes: [enough, [ino, declaration, `EXT_RAM_BSS_ATTR ${declaration}`]],
    expected: [`information firmware-psram-attribute ${ino}:10`],
    says: 'EXT_RAM_BSS_ATTR has no effect',
  },
  {
    name: 'external memory by an attribute that the configuration lets take effect',
    project: arduino,
    board: nano,
    flags: { defined: {}, isComplete: false, putsDataInPsram: true },
    changes: [enough, [ino, declaration, `EXT_RAM_BSS_ATTR ${declaration}`]],
    expected: [`information firmware-arena-in-psram ${ino}:10`],
    fixed: [[ino, 'EXT_RAM_BSS_ATTR ', '']],
  },
  {
    name: 'a fallback to the other heap is right',
    project: espIdf,
    board: nano,
    changes: [
      settings,
      [functions, 'MALLOC_CAP_INTERNAL', 'MALLOC_CAP_SPIRAM'],
      [
        functions,
        '  static OpResolver',
        '  if (!arena) {\n    arena = static_cast<uint8_t*>(heap_caps_aligned_alloc(16, kArenaBytes, MALLOC_CAP_INTERNAL));\n  }\n  static OpResolver',
      ],
    ],
    expected: [],
  },
  {
    name: 'an arena of std::array is right',
    project: arduino,
    changes: [
      [ino, declaration, 'alignas(16) std::array<uint8_t, kTensorArenaSize> tensor_arena;'],
      [ino, 'tensor_arena, kTensorArenaSize)', 'tensor_arena.data(), tensor_arena.size())'],
    ],
    expected: [],
  },
  {
    name: 'an arena of std::array that is too small and not aligned',
    project: arduino,
    changes: [
      [ino, 'constexpr int kTensorArenaSize = 784;\n', ''],
      [ino, declaration, 'std::array<uint8_t, 512> tensor_arena;'],
      [ino, 'tensor_arena, kTensorArenaSize)', 'tensor_arena.data(), sizeof(tensor_arena))'],
    ],
    expected: [`error firmware-arena-too-small ${ino}:9`, `information firmware-arena-alignment ${ino}:9`],
    says: 'needs 800 bytes as it is not aligned',
    fixed: [[ino, '512', '800']],
  },
  {
    name: 'a size by division of sizes',
    project: arduino,
    changes: [
      [ino, 'tensor_arena, kTensorArenaSize)', 'tensor_arena, sizeof(tensor_arena) / sizeof(tensor_arena[0]))'],
    ],
    expected: [],
  },
  {
    name: 'words of 4 bytes as an arena are right',
    project: arduino,
    changes: [
      [ino, declaration, 'alignas(16) uint32_t tensor_arena[kTensorArenaSize / 4];'],
      [ino, 'tensor_arena, kTensorArenaSize)', 'reinterpret_cast<uint8_t*>(tensor_arena), sizeof(tensor_arena))'],
    ],
    expected: [],
  },
  {
    name: 'a pointer variable that is rounded up',
    project: arduino,
    changes: [
      [
        ino,
        declaration,
        'uint8_t raw[kTensorArenaSize + 15];\nuint8_t* tensor_arena = (uint8_t*)((uintptr_t(raw) + 15) & ~15);',
      ],
    ],
    expected: [],
  },
  {
    name: 'size and pointer through a class',
    project: pico,
    changes: [
      [
        'src/classifier.hpp',
        '#pragma once\n',
        `#pragma once
class Arena {
 public:
  uint8_t* data() { return bytes_; }
  size_t size() const { return kBytes; }

 private:
  static constexpr size_t kBytes = 640;
  alignas(16) uint8_t bytes_[kBytes];
};
`,
      ],
      [
        'src/classifier.hpp',
        '  static constexpr size_t kArena = 784;\n  alignas(16) uint8_t arena_[kArena];',
        '  Arena arena_;',
      ],
      ['src/classifier.cpp', 'arena_, kArena', 'arena_.data(), arena_.size()'],
    ],
    expected: ['error firmware-arena-too-small src/classifier.hpp:8'],
    says: 'The arena has 640 bytes',
    fixed: [['src/classifier.hpp', 'kBytes = 640', 'kBytes = 784']],
  },
  {
    name: 'a constant of another class',
    project: pico,
    changes: [
      ['src/classifier.hpp', '#pragma once\n', '#pragma once\n#include "config.hpp"\n'],
      ['src/classifier.hpp', 'size_t kArena = 784', 'size_t kArena = config::Memory::kArenaKilobytes * 1024'],
      ['src/model.h', '#pragma once\n', '#pragma once\n'],
    ],
    files: {
      'src/config.hpp':
        '#pragma once\nnamespace config {\nstruct Memory {\n  static constexpr size_t kArenaKilobytes = 4;\n};\n}\n',
    },
    expected: ['information firmware-arena-too-large src/classifier.hpp:9'],
    fixed: [['src/classifier.hpp', 'config::Memory::kArenaKilobytes * 1024', '784']],
  },
];
