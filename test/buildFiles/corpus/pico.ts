import type { ProjectRow } from './project';

const cmake = 'include(pico_sdk_import.cmake)\nproject(kws C CXX ASM)\npico_sdk_init()\n';

export const picoProjects: readonly ProjectRow[] = [
  {
    name: 'no board is named: the SDK takes a Pico',
    files: { 'CMakeLists.txt': cmake },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1'],
  },
  {
    name: 'a board that CMake sets',
    files: { 'CMakeLists.txt': `set(PICO_BOARD pico2 CACHE STRING "Board type")\n${cmake}` },
    expected: ['board raspberry_pi_pico2 CMakeLists.txt:1'],
  },
  {
    name: 'a board that depends on something is not known',
    files: { 'CMakeLists.txt': `if(NOT PICO_BOARD)\n  set(PICO_BOARD pico2)\nendif()\n${cmake}` },
    expected: [],
  },
  {
    name: 'a platform has a board of its own',
    files: { 'CMakeLists.txt': `set(PICO_PLATFORM rp2350-arm-s)\n${cmake}` },
    expected: ['board raspberry_pi_pico2 CMakeLists.txt:1'],
  },
  {
    name: 'a platform that depends on something',
    files: { 'CMakeLists.txt': `if(A)\n  set(PICO_PLATFORM rp2350)\nendif()\n${cmake}` },
    expected: [],
  },
  {
    name: 'the board of the last build',
    files: { 'CMakeLists.txt': `set(PICO_BOARD pico)\n${cmake}`, 'build/CMakeCache.txt': 'PICO_BOARD:STRING=pico2\n' },
    expected: ['board raspberry_pi_pico2 build/CMakeCache.txt:1'],
  },
  {
    name: 'a library that is fetched from a branch has a runtime and no version',
    files: {
      'CMakeLists.txt': `${cmake}FetchContent_Declare(t GIT_REPOSITORY https://github.com/raspberrypi/pico-tflmicro GIT_TAG main)\n`,
    },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1', 'runtime tflm-cmsis-nn CMakeLists.txt:4'],
  },
  {
    name: 'TFLM itself at a commit',
    files: {
      'CMakeLists.txt': `${cmake}FetchContent_Declare(t GIT_REPOSITORY https://github.com/tensorflow/tflite-micro.git GIT_TAG 90b983c2b3f1480642e040bbd2ddb37b998f3424)\n`,
    },
    expected: [
      'board raspberry_pi_pico CMakeLists.txt:1',
      'tflmVersion 90b983c2b3f1480642e040bbd2ddb37b998f3424 CMakeLists.txt:4',
    ],
  },
  {
    name: 'definitions of a target; of two targets that differ none',
    files: {
      'CMakeLists.txt': `${cmake}target_compile_definitions(a PRIVATE ARENA=1 X)\ntarget_compile_definitions(b PRIVATE ARENA=2)\n`,
    },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1'],
    defined: 'X=1 …',
  },
  {
    name: 'a library below, with a project of its own',
    files: {
      'CMakeLists.txt': cmake,
      'deps/lib/CMakeLists.txt': 'project(lib)\nadd_compile_definitions(OTHER=1)\nset(BOARD nrf52840dk)\n',
    },
    of: 'src/main.cc',
    expected: ['board raspberry_pi_pico CMakeLists.txt:1'],
    defined: '…',
  },
  {
    name: 'CMake of programs for this machine says nothing',
    files: { 'CMakeLists.txt': 'project(tool CXX)\nadd_executable(tool main.cc)\n' },
    expected: ['no project'],
  },
  {
    name: 'a library that is built in a folder of its name',
    files: { 'CMakeLists.txt': `${cmake}add_subdirectory("lib/pico-tflmicro" EXCLUDE_FROM_ALL)\n` },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1', 'runtime tflm-cmsis-nn CMakeLists.txt:4'],
  },
  {
    name: 'a library that is linked',
    files: { 'CMakeLists.txt': `${cmake}target_link_libraries(kws pico_stdlib\n  pico-tflmicro)\n` },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1', 'runtime tflm-cmsis-nn CMakeLists.txt:5'],
  },
  {
    name: 'a library in a branch is not known',
    files: { 'CMakeLists.txt': `${cmake}if(X)\n  add_subdirectory(pico-tflmicro)\nendif()\n` },
    expected: ['board raspberry_pi_pico CMakeLists.txt:1'],
  },
  {
    name: "a submodule in the project's folder",
    files: {
      'app/CMakeLists.txt': cmake,
      '.gitmodules':
        '[submodule "t"]\n\tpath = app/lib/pico-tflmicro\n\turl = https://github.com/raspberrypi/pico-tflmicro.git\n',
    },
    of: 'app/main.cpp',
    expected: ['board raspberry_pi_pico app/CMakeLists.txt:1', 'runtime tflm-cmsis-nn .gitmodules:3'],
  },
  {
    name: 'a submodule of another of two projects',
    files: {
      'app/CMakeLists.txt': cmake,
      'node/CMakeLists.txt': cmake,
      '.gitmodules':
        '[submodule "t"]\n  path = node/pico-tflmicro\n  url = git@github.com:raspberrypi/pico-tflmicro.git\n',
    },
    of: 'app/main.cpp',
    expected: ['board raspberry_pi_pico app/CMakeLists.txt:1'],
  },
];
