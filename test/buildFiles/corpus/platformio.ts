import type { ProjectRow } from './project';

const s3 = '[env:s3]\nplatform = espressif32\nboard = esp32-s3-devkitc-1\nframework = arduino\n';
const two = `${s3}[env:nano]\nplatform = nordicnrf52\nboard = nano33ble\nframework = arduino\n`;

export const platformioProjects: readonly ProjectRow[] = [
  {
    name: 'a board, and flags of the build',
    files: { 'platformio.ini': `${s3}build_flags = -DARENA_SIZE=40960 -DNAME=\\"x\\"\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
    defined: 'ARENA_SIZE=40960 NAME="x"',
  },
  {
    name: 'a flag that links what prints floats, and one that says that there is external memory',
    files: { 'platformio.ini': `${s3}build_flags =\n  -Wl,-u,_printf_float\n  -DBOARD_HAS_PSRAM\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
    defined: 'BOARD_HAS_PSRAM=1 usesPsram:true printsFloats:true',
  },
  {
    name: 'a clock and a library in an exact version',
    files: {
      'platformio.ini': `${s3}board_build.f_cpu = 80000000L\nlib_deps = tanakamasayuki/TensorFlowLite_ESP32@1.0.0\n`,
    },
    expected: [
      'board esp32_s3_devkitc platformio.ini:3',
      'clockHz 80000000 platformio.ini:5',
      'flashMode qio platformio.ini:3',
      'runtime tflm-reference platformio.ini:6',
      'tflmVersion tensorflowlite_esp32-1.0.0 platformio.ini:6',
      'environment s3',
    ],
  },
  {
    name: 'the copy that is installed says which version a range is',
    files: {
      'platformio.ini': `${s3}lib_deps =\n  tanakamasayuki/TensorFlowLite_ESP32@>=0.9\n`,
      '.pio/libdeps/s3/TensorFlowLite_ESP32/library.properties': 'name=TensorFlowLite_ESP32\nversion=0.9.0\n',
      '.pio/libdeps/other/TensorFlowLite_ESP32/library.properties': 'name=TensorFlowLite_ESP32\nversion=1.0.0\n',
    },
    expected: [
      'board esp32_s3_devkitc platformio.ini:3',
      'flashMode qio platformio.ini:3',
      'runtime tflm-reference .pio/libdeps/s3/TensorFlowLite_ESP32/library.properties:2',
      'tflmVersion tensorflowlite_esp32-0.9.0 .pio/libdeps/s3/TensorFlowLite_ESP32/library.properties:2',
      'environment s3',
    ],
  },
  {
    name: 'a library that does not run on the board',
    files: { 'platformio.ini': `${s3}lib_deps = spaziochirale/Chirale_TensorFLowLite@2.0.0\n` },
    expected: [
      'board esp32_s3_devkitc platformio.ini:3',
      'flashMode qio platformio.ini:3',
      'tflmVersion chirale_tensorflowlite-2.0.0 platformio.ini:5',
      'environment s3',
    ],
  },
  {
    name: 'a fork of a library is another library',
    files: { 'platformio.ini': `${s3}lib_deps = https://github.com/somebody/TensorFlowLite_ESP32.git\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
  },
  {
    name: 'two libraries that bring TFLM: none is said',
    files: {
      'platformio.ini': `${s3}lib_deps =\n  tanakamasayuki/TensorFlowLite_ESP32@1.0.0\n  EloquentTinyML@2.4.4\n`,
    },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
  },
  {
    name: 'several environments and nothing that says which: what they have in common',
    files: { 'platformio.ini': `${two}[env]\nbuild_unflags = -Os\nbuild_flags = -O3\n` },
    expected: ['optimization O3 platformio.ini:11'],
  },
  {
    name: 'the environment by default',
    files: { 'platformio.ini': `[platformio]\ndefault_envs = nano\n${two}` },
    expected: ['board arduino_nano33ble platformio.ini:9', 'environment nano'],
  },
  {
    name: 'two environments by default: the one that was built last',
    files: { 'platformio.ini': `[platformio]\ndefault_envs = nano, s3\n${two}` },
    choice: { newestBuilt: ['other', 's3', 'nano'] },
    expected: ['board esp32_s3_devkitc platformio.ini:5', 'flashMode qio platformio.ini:5', 'environment s3'],
  },
  {
    name: 'the environment that the user chose',
    files: { 'platformio.ini': `[platformio]\ndefault_envs = nano\n${two}` },
    choice: { chosen: 's3', newestBuilt: ['nano'] },
    expected: ['board esp32_s3_devkitc platformio.ini:5', 'flashMode qio platformio.ini:5', 'environment s3'],
  },
  {
    name: 'the environment that is simulated',
    files: { 'platformio.ini': two, 'wokwi.toml': '[wokwi]\nelf = ".pio/build/nano/firmware.elf"\n' },
    expected: ['board arduino_nano33ble platformio.ini:7', 'environment nano'],
  },
  {
    name: 'an environment of programs for this machine is none of a board',
    files: { 'platformio.ini': `${s3}[env:test]\nplatform = native\nbuild_flags = -DUNIT_TEST\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
    defined: '',
  },
  {
    name: 'sections that extend others, and [env] for all',
    files: {
      'platformio.ini': [
        '[env]',
        'framework = arduino',
        '[base]',
        'platform = espressif32',
        'board = esp32dev',
        'build_flags = -DARENA=1',
        '[more]',
        'board = esp32-s3-devkitc-1',
        'board_build.f_cpu = 160000000L',
        '[env:a]',
        'extends = base, more',
        'build_flags = ${base.build_flags} -DMORE=${more.board}',
      ].join('\n'),
    },
    expected: ['board esp32_devkit platformio.ini:5', 'clockHz 160000000 platformio.ini:9', 'environment a'],
    defined: 'ARENA=1 MORE=esp32-s3-devkitc-1',
  },
  {
    name: 'values of the system are not known',
    files: { 'platformio.ini': `[env:a]\nboard = \${sysenv.BOARD}\nbuild_flags = -DA=1 -DB=\${sysenv.B}\n` },
    expected: ['environment a'],
    defined: 'A=1 …',
  },
  {
    name: 'flags that a script adds are not known',
    files: { 'platformio.ini': `${s3}build_flags = -DA\n  !python flags.py\nextra_scripts = pre:x.py\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
    defined: 'A=1 …',
  },
  {
    name: 'a flag that is taken back',
    files: { 'platformio.ini': `${s3}build_flags = -DA=1 -DB=2 -DC -UB\nbuild_unflags = -DA\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
    defined: 'C=1',
  },
  {
    name: '-O2 alone comes before that of the framework, which holds',
    files: { 'platformio.ini': `${s3}build_flags = -O2\n` },
    expected: ['board esp32_s3_devkitc platformio.ini:3', 'flashMode qio platformio.ini:3', 'environment s3'],
  },
  {
    name: '-Ofast in the place of -Os',
    files: { 'platformio.ini': `${s3}build_unflags = -Os\nbuild_flags = -Ofast\n` },
    expected: [
      'board esp32_s3_devkitc platformio.ini:3',
      'flashMode qio platformio.ini:3',
      'optimization O3 platformio.ini:6',
      'environment s3',
    ],
  },
  {
    name: 'a board that is not in the table',
    files: { 'platformio.ini': '[env:m]\nboard = megaatmega2560\nboard_build.f_cpu = 16000000L\n' },
    expected: [
      'environment m',
      'platformio.ini names the board "megaatmega2560", which is not in the table. Choose the nearest one, or none.',
    ],
  },
  {
    name: 'firmware in a folder of its own, the model beside it',
    files: { 'firmware/platformio.ini': s3, 'training/x.py': '' },
    of: 'training/kws.tflite',
    expected: [
      'board esp32_s3_devkitc firmware/platformio.ini:3',
      'flashMode qio firmware/platformio.ini:3',
      'environment s3',
    ],
  },
  {
    name: 'two firmwares: each for its own files',
    files: { 'a/platformio.ini': s3, 'b/platformio.ini': '[env:p]\nboard = pico\nframework = arduino\n' },
    of: 'b/src/main.cpp',
    expected: ['board raspberry_pi_pico b/platformio.ini:2', 'environment p'],
  },
  {
    name: 'two firmwares, a model beside them: nothing',
    files: { 'a/platformio.ini': s3, 'b/platformio.ini': s3 },
    of: 'models/kws.tflite',
    expected: ['no project'],
  },
  {
    name: 'a sketch inside of a project of PlatformIO belongs to it',
    files: { 'platformio.ini': s3, 'src/main.ino': '#include <TensorFlowLite_ESP32.h>\n' },
    of: 'src/model.h',
    expected: [
      'board esp32_s3_devkitc platformio.ini:3',
      'flashMode qio platformio.ini:3',
      'runtime tflm-reference src/main.ino:1',
      'environment s3',
    ],
  },
  {
    name: 'ESP-IDF by PlatformIO, configured for its environment',
    files: {
      'platformio.ini': '[env:idf]\nboard = esp32dev\nframework = espidf\n',
      'sdkconfig.idf':
        'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=240\nCONFIG_ARENA_SIZE=1000\nCONFIG_COMPILER_OPTIMIZATION_SIZE=y\n',
      'sdkconfig.other': 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=80\n',
    },
    expected: ['board esp32_devkit platformio.ini:2', 'clockHz 240000000 sdkconfig.idf:1', 'environment idf'],
    defined: 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=240 CONFIG_ARENA_SIZE=1000 CONFIG_COMPILER_OPTIMIZATION_SIZE=1',
  },
  {
    name: 'a board that is not in the table, with the chip that is configured',
    files: {
      'platformio.ini': '[env:cam]\nboard = esp32cam\nframework = espidf\n',
      sdkconfig: 'CONFIG_IDF_TARGET="esp32"\nCONFIG_ESP32_DEFAULT_CPU_FREQ_MHZ=160\n',
    },
    expected: [
      'board esp32_devkit sdkconfig:1',
      'clockHz 160000000 sdkconfig:2',
      'environment cam',
      'platformio.ini names the board "esp32cam", which is not in the table. Choose the nearest one, or none.',
    ],
  },
  {
    name: "a copy of TFLM with TFLM's own kernels",
    files: {
      'platformio.ini': '[env:a]\nboard = esp32dev\n',
      'lib/tfmicro/tensorflow/lite/micro/kernels/conv.cc': '// one',
    },
    expected: [
      'board esp32_devkit platformio.ini:2',
      'runtime tflm-reference lib/tfmicro/tensorflow/lite/micro/kernels/conv.cc:1',
      'environment a',
    ],
  },
  {
    name: 'a copy with kernels of several, of which a build chooses',
    files: {
      'platformio.ini': '[env:a]\nboard = pico\n',
      'lib/tflm/tensorflow/lite/micro/kernels/conv.cc': '// one',
      'lib/tflm/tensorflow/lite/micro/kernels/cmsis_nn/conv.cc': '// other',
    },
    expected: ['board raspberry_pi_pico platformio.ini:2', 'environment a'],
  },
  {
    name: 'a copy with kernels for Cortex-M alone',
    files: {
      'platformio.ini': '[env:a]\nboard = pico\n',
      'lib/tflm/tensorflow/lite/micro/kernels/cmsis_nn/conv.cpp': '// other',
    },
    expected: [
      'board raspberry_pi_pico platformio.ini:2',
      'runtime tflm-cmsis-nn lib/tflm/tensorflow/lite/micro/kernels/cmsis_nn/conv.cpp:1',
      'environment a',
    ],
  },
  {
    name: 'a copy with kernels for other processors',
    files: {
      'platformio.ini': '[env:a]\nboard = pico\n',
      'lib/tflm/tensorflow/lite/micro/kernels/conv.cc': '// one',
      'lib/tflm/tensorflow/lite/micro/kernels/xtensa/conv.cc': '// other',
    },
    expected: ['board raspberry_pi_pico platformio.ini:2', 'environment a'],
  },
];
