import type { ProjectRow } from './project';

const cmake = 'cmake_minimum_required(VERSION 3.16)\ninclude($ENV{IDF_PATH}/tools/cmake/project.cmake)\nproject(kws)\n';
const asks = 'dependencies:\n  espressif/esp-tflite-micro: "^1.3.1"\n';

const lock = (version: string): string =>
  `dependencies:\n  espressif/esp-tflite-micro:\n    version: ${version}\ntarget: esp32s3\nversion: 2.0.0\n`;

export const espIdfProjects: readonly ProjectRow[] = [
  {
    name: 'a lock file says chip and version',
    files: { 'CMakeLists.txt': cmake, 'main/idf_component.yml': asks, 'dependencies.lock': lock('1.3.5') },
    of: 'main/model.cc',
    expected: [
      'board esp32_s3_devkitc dependencies.lock:4',
      'runtime tflm-esp-nn dependencies.lock:3',
      'tflmVersion esp-tflite-micro-1.3.5 dependencies.lock:3',
    ],
  },
  {
    name: 'a range without a lock says no version',
    files: { 'CMakeLists.txt': cmake, 'main/idf_component.yml': asks, sdkconfig: 'CONFIG_IDF_TARGET="esp32s3"\n' },
    expected: ['board esp32_s3_devkitc sdkconfig:1', 'runtime tflm-esp-nn main/idf_component.yml:2'],
  },
  {
    name: 'a component that was fetched',
    files: {
      'CMakeLists.txt': cmake,
      'main/idf_component.yml': asks,
      'managed_components/espressif__esp-tflite-micro/idf_component.yml': 'version: 1.3.4\n',
      sdkconfig: 'CONFIG_IDF_TARGET="esp32"\n',
    },
    expected: [
      'board esp32_devkit sdkconfig:1',
      'runtime tflm-esp-nn managed_components/espressif__esp-tflite-micro/idf_component.yml:1',
      'tflmVersion esp-tflite-micro-1.3.4 managed_components/espressif__esp-tflite-micro/idf_component.yml:1',
    ],
  },
  {
    name: 'the configuration goes over its defaults; an option of the project is a name in the sources',
    files: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults': 'CONFIG_IDF_TARGET="esp32s3"\nCONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240=y\nCONFIG_ARENA_KB=10\n',
      sdkconfig:
        'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y\n# CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240 is not set\nCONFIG_ARENA_KB=20\n',
    },
    expected: ['board esp32_s3_devkitc sdkconfig.defaults:1', 'clockHz 160000000 sdkconfig:1'],
    defined: 'CONFIG_IDF_TARGET="esp32s3" CONFIG_ARENA_KB=20 CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=1 …',
  },
  {
    name: 'flash and caches',
    files: {
      'CMakeLists.txt': cmake,
      sdkconfig:
        'CONFIG_IDF_TARGET="esp32s3"\nCONFIG_ESPTOOLPY_FLASHMODE_QIO=y\nCONFIG_ESPTOOLPY_FLASHFREQ_120M=y\nCONFIG_ESP32S3_INSTRUCTION_CACHE_32KB=y\nCONFIG_ESP32S3_DATA_CACHE_64KB=y\n',
    },
    expected: [
      'board esp32_s3_devkitc sdkconfig:1',
      'flashMode qio sdkconfig:2',
      'flashHz 120000000 sdkconfig:3',
      'cacheBytes 32768 sdkconfig:4',
      'dcacheBytes 65536 sdkconfig:5',
    ],
  },
  {
    name: 'a mode of flash that is not known',
    files: { 'CMakeLists.txt': cmake, sdkconfig: 'CONFIG_IDF_TARGET="esp32s3"\nCONFIG_ESPTOOLPY_FLASHMODE_HPI=y\n' },
    expected: ['board esp32_s3_devkitc sdkconfig:1'],
  },
  {
    name: 'flash of a board that is not known',
    files: { 'CMakeLists.txt': cmake, 'sdkconfig.defaults': 'CONFIG_ESPTOOLPY_FLASHMODE_QIO=y\n' },
    expected: [],
  },
  {
    name: 'a whole configuration says what an attribute puts into external memory',
    files: {
      'CMakeLists.txt': cmake,
      sdkconfig:
        'CONFIG_IDF_FIRMWARE_CHIP_ID=0x0009\nCONFIG_SPIRAM=y\n# CONFIG_SPIRAM_ALLOW_BSS_SEG_EXTERNAL_MEMORY is not set\n',
    },
    expected: [],
    defined: 'CONFIG_IDF_FIRMWARE_CHIP_ID=0x0009 CONFIG_SPIRAM=1 … usesPsram:true putsDataInPsram:false',
  },
  {
    name: 'defaults of one chip hold for that chip',
    files: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults': 'CONFIG_IDF_TARGET="esp32s3"\n',
      'sdkconfig.defaults.esp32s3': 'CONFIG_ESP32S3_DEFAULT_CPU_FREQ_240=y\n',
      'sdkconfig.defaults.esp32': 'CONFIG_ESP32_DEFAULT_CPU_FREQ_80=y\n',
    },
    expected: ['board esp32_s3_devkitc sdkconfig.defaults:1', 'clockHz 240000000 sdkconfig.defaults.esp32s3:1'],
  },
  {
    name: 'several chips, none chosen',
    files: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults.esp32s3': 'CONFIG_SPIRAM=y\n',
      'sdkconfig.defaults.esp32': 'CONFIG_SPIRAM=n\n',
      'main/idf_component.yml': asks,
    },
    expected: [],
  },
  {
    name: 'the chip that CMake sets',
    files: { 'CMakeLists.txt': `set(IDF_TARGET esp32c3)\n${cmake}` },
    expected: ['board esp32_c3_devkit CMakeLists.txt:1'],
  },
  {
    name: 'a chip that is set in a branch is not known',
    files: { 'CMakeLists.txt': `if(X)\n  set(IDF_TARGET esp32c3)\nendif()\n${cmake}` },
    expected: [],
  },
  {
    name: 'the chip that an editor keeps',
    files: { 'CMakeLists.txt': cmake, '.vscode/settings.json': '{"idf.adapterTargetName": "esp32s3"}' },
    expected: ['board esp32_s3_devkitc .vscode/settings.json:1'],
  },
  {
    name: 'a chip that is not in the table',
    files: { 'CMakeLists.txt': cmake, sdkconfig: 'CONFIG_IDF_TARGET="esp32h2"\n' },
    expected: [],
  },
  {
    name: 'definitions of a component hold for its sources',
    files: {
      'CMakeLists.txt': `${cmake}add_compile_definitions(ALL=1)\n`,
      'main/CMakeLists.txt':
        'idf_component_register(SRCS "main.cc")\ntarget_compile_definitions(${COMPONENT_LIB} PRIVATE ARENA=8192)\n',
      'other/CMakeLists.txt': 'target_compile_definitions(x PRIVATE ARENA=1)\n',
    },
    of: 'main/main.cc',
    expected: [],
    defined: 'ALL=1 ARENA=8192 …',
  },
  {
    name: 'components of a repository at a commit',
    files: {
      'CMakeLists.txt': cmake,
      'dependencies.lock': [
        'dependencies:',
        '  tflite-lib:',
        '    source:',
        '      git: https://github.com/espressif/tflite-micro-esp-examples.git',
        '      path: components/tflite-lib',
        '    version: 83bc5ccf2e8f004219aa729ac25014f3c6eeba32',
        'target: esp32s3',
      ].join('\n'),
    },
    expected: ['board esp32_s3_devkitc dependencies.lock:7', 'runtime tflm-esp-nn dependencies.lock:6'],
  },
  {
    name: 'kernels without an interpreter that is known',
    files: {
      'dependencies.lock':
        'dependencies:\n  espressif/esp-nn:\n    version: 1.2.1\n  someone/inference-sdk:\n    version: 0.1.1\ntarget: esp32s3\n',
    },
    expected: [
      'board esp32_s3_devkitc dependencies.lock:6',
      'runtime tflm-esp-nn dependencies.lock:3',
      'kernelsVersion esp-nn-1.2.1 dependencies.lock:3',
    ],
  },
  {
    name: 'a copy of TFLM with kernels of Espressif',
    files: {
      'CMakeLists.txt': cmake,
      sdkconfig: 'CONFIG_IDF_TARGET="esp32s3"\n',
      'components/tflite-lib/tensorflow/lite/micro/kernels/conv.cc': '// one',
      'components/tflite-lib/tensorflow/lite/micro/kernels/esp_nn/conv.cc': '// other',
    },
    expected: [
      'board esp32_s3_devkitc sdkconfig:1',
      'runtime tflm-esp-nn components/tflite-lib/tensorflow/lite/micro/kernels/conv.cc:1',
    ],
  },
  {
    name: 'components of a folder beside the project',
    files: {
      'examples/a/CMakeLists.txt': `set(EXTRA_COMPONENT_DIRS ../../components/)\n${cmake}`,
      'examples/a/sdkconfig': 'CONFIG_IDF_TARGET="esp32"\n',
      'examples/b/CMakeLists.txt': cmake,
      'components/t/tensorflow/lite/micro/kernels/conv.cc': '// one',
    },
    of: 'examples/a/main/main.cc',
    expected: [
      'board esp32_devkit examples/a/sdkconfig:1',
      'runtime tflm-reference components/t/tensorflow/lite/micro/kernels/conv.cc:1',
    ],
  },
  {
    name: 'a component that is taken from a folder',
    files: {
      'examples/a/CMakeLists.txt': cmake,
      'examples/a/sdkconfig': 'CONFIG_IDF_TARGET="esp32s3"\n',
      'examples/a/main/idf_component.yml':
        'dependencies:\n  own/tflm:\n    version: "*"\n    override_path: "../../../"\n',
      'idf_component.yml': 'version: "1.4.0"\nurl: https://github.com/espressif/esp-tflite-micro\n',
    },
    of: 'examples/a/main/main.cc',
    expected: ['board esp32_s3_devkitc examples/a/sdkconfig:1', 'runtime tflm-esp-nn idf_component.yml:2'],
  },
  {
    name: 'folders that lead out of the workspace, and that are not plain',
    files: {
      'CMakeLists.txt': `set(EXTRA_COMPONENT_DIRS ../../x $ENV{HOME}/y)\n${cmake}`,
      sdkconfig: 'CONFIG_IDF_TARGET="esp32"\n',
    },
    expected: ['board esp32_devkit sdkconfig:1'],
  },
];
