import type { ProjectRow } from './project';

const cmake = 'find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})\nproject(app)\n';
const asks = 'CONFIG_CPP=y\nCONFIG_TENSORFLOW_LITE_MICRO=y\n';

export const zephyrProjects: readonly ProjectRow[] = [
  {
    name: 'an application alone names no board',
    files: { 'CMakeLists.txt': cmake, 'prj.conf': asks },
    expected: [],
    defined: 'CONFIG_CPP=1 CONFIG_TENSORFLOW_LITE_MICRO=1 …',
  },
  {
    name: 'the last build says board and kernels',
    files: {
      'CMakeLists.txt': cmake,
      'prj.conf': asks,
      'build/zephyr/.config': [
        'CONFIG_BOARD="nrf52840dk"',
        'CONFIG_BOARD_QUALIFIERS="nrf52840"',
        'CONFIG_BOARD_TARGET="nrf52840dk/nrf52840"',
        'CONFIG_TENSORFLOW_LITE_MICRO_CMSIS_NN_KERNELS=y',
        'CONFIG_SPEED_OPTIMIZATIONS=y',
      ].join('\n'),
    },
    expected: [
      'board nrf52840dk build/zephyr/.config:3',
      'runtime tflm-cmsis-nn build/zephyr/.config:4',
      'optimization O2 build/zephyr/.config:5',
    ],
  },
  {
    name: 'an earlier Zephyr: the board alone',
    files: { 'prj.conf': asks, 'build/zephyr/.config': 'CONFIG_BOARD="nrf52840dk_nrf52840"\n' },
    expected: ['board nrf52840dk build/zephyr/.config:1'],
  },
  {
    name: 'a build of several images',
    files: { 'prj.conf': asks, 'build/app/zephyr/.config': 'CONFIG_BOARD_TARGET="nrf5340dk/nrf5340/cpuapp"\n' },
    expected: ['board nrf5340dk build/app/zephyr/.config:1'],
  },
  {
    name: 'the cache of CMake',
    files: { 'CMakeLists.txt': cmake, 'build/CMakeCache.txt': 'BOARD:STRING=xiao_ble/nrf52840/sense\n' },
    expected: ['board seeed_xiao_nrf52840_sense build/CMakeCache.txt:1'],
  },
  {
    name: 'another cluster of the chip is another target',
    files: { 'prj.conf': asks, 'build/zephyr/.config': 'CONFIG_BOARD_TARGET="nrf5340dk/nrf5340/cpunet"\n' },
    expected: [
      '.config names the board "nrf5340dk/nrf5340/cpunet", which is not in the table. Choose the nearest one, or none.',
    ],
  },
  {
    name: 'optimization for size',
    files: { 'CMakeLists.txt': cmake, 'prj.conf': `${asks}CONFIG_SIZE_OPTIMIZATIONS=y\n` },
    expected: ['optimization Os prj.conf:3'],
  },
  {
    name: 'kernels of CMSIS-NN on a board that an editor sets',
    files: {
      'CMakeLists.txt': cmake,
      'prj.conf': `${asks}CONFIG_TENSORFLOW_LITE_MICRO_CMSIS_NN_KERNELS=y\n`,
      '.vscode/settings.json': '{"cmake.configureSettings": {"BOARD": "nrf52840dk/nrf52840"}}',
    },
    expected: ['board nrf52840dk .vscode/settings.json:1', 'runtime tflm-cmsis-nn prj.conf:3'],
  },
];
