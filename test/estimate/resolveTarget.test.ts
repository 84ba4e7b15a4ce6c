import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { TargetChoice } from '../../src/core/estimate/choice';
import { check } from '../support/check';

check(
  'target of a choice',
  (choice: TargetChoice) => {
    const { target } = resolveTarget(choice);
    const { board, core, clockHz, runtime, optimization, arenaRegion, weightsRegion, enumBytes } = target;
    return [board?.id, core.id, clockHz, runtime, optimization, arenaRegion, weightsRegion, enumBytes];
  },
  [
    {
      name: 'nothing chosen: the core of the figures, without a clock',
      input: {},
      expected: [undefined, 'cortex-m4f', undefined, 'tflm-cmsis-nn', 'O2', undefined, undefined, 1],
    },
    {
      name: 'an Arduino board builds -Os',
      input: { board: 'arduino_nano33ble_sense_rev2' },
      expected: ['arduino_nano33ble_sense_rev2', 'cortex-m4f', 64e6, 'tflm-cmsis-nn', 'Os', 'RAM', 'flash', 1],
    },
    {
      name: "an ESP32-S3: Espressif's kernels and -O3, enumerations of four bytes",
      input: { board: 'esp32_s3_devkitc' },
      expected: ['esp32_s3_devkitc', 'xtensa-lx7', 240e6, 'tflm-esp-nn', 'O3', 'SRAM1', 'flash', 4],
    },
    {
      name: 'a Teensy copies constants to RAM',
      input: { board: 'teensy41' },
      expected: ['teensy41', 'cortex-m7', 600e6, 'tflm-cmsis-nn', 'O2', 'RAM1', 'RAM1', 1],
    },
    {
      name: 'a Cortex-M0+ runs CMSIS-NN in plain C',
      input: { board: 'raspberry_pi_pico' },
      expected: ['raspberry_pi_pico', 'cortex-m0plus', 133e6, 'tflm-cmsis-nn', 'O3', 'RAM', 'flash', 1],
    },
    {
      name: 'settings as a command line gives them',
      input: {
        board: 'teensy41',
        runtime: 'tflm-reference',
        settings: {
          optimization: '-o3',
          clockHz: '528 MHz',
          arenaRegion: 'ram2',
          weightsRegion: 'FLASH',
          enumBytes: '4',
        },
      },
      expected: ['teensy41', 'cortex-m7', 528e6, 'tflm-reference', 'O3', 'RAM2', 'flash', 4],
    },
    {
      name: 'a memory by the name of one of its parts, and the one outside the chip',
      input: { board: 'stm32f746g_disco', settings: { arenaRegion: 'PSRAM', weightsRegion: 'SRAM' } },
      expected: ['stm32f746g_disco', 'cortex-m7', 216e6, 'tflm-cmsis-nn', 'Os', 'SDRAM', 'DTCM+SRAM', 1],
    },
    {
      name: 'a core without a board',
      input: { settings: { core: 'cortex-m55', clockHz: 250e6 } },
      expected: [undefined, 'cortex-m55', 250e6, 'tflm-cmsis-nn', 'O2', undefined, undefined, 1],
    },
  ],
);

check(
  'the other settings',
  (settings: NonNullable<TargetChoice['settings']>) => {
    const { target } = resolveTarget({ settings });
    const { tflmVersion, rounding, resourceVariableSlots, preserveAllTensors, logStrings, int8Registrations } = target;
    return [tflmVersion, rounding, resourceVariableSlots, preserveAllTensors, logStrings, int8Registrations];
  },
  [
    { name: 'defaults', input: {}, expected: ['90b983c2', 'double', undefined, false, false, false] },
    {
      name: 'all of them, as text',
      input: {
        tflmVersion: '90B983C2B3F1',
        rounding: 'Single',
        resourceVariableSlots: '6',
        preserveAllTensors: 'true',
        logStrings: 'true',
        int8Registrations: 'true',
      },
      expected: ['90b983c2b3f1', 'single', 6, true, true, true],
    },
    {
      name: 'all of them, as values of JSON',
      input: { resourceVariableSlots: 0, preserveAllTensors: true, logStrings: false, int8Registrations: true },
      expected: ['90b983c2', 'double', 0, true, false, true],
    },
  ],
);

check('the FPU of the part', (board: string) => resolveTarget({ board }).target.core.floatingPoint, [
  { name: 'the STM32F746 has a Cortex-M7 with single precision', input: 'stm32f746g_disco', expected: 'single' },
  { name: 'the STM32H743 has one with double precision', input: 'nucleo_h743zi', expected: 'double' },
]);

check(
  'where values come from',
  (choice: TargetChoice) => {
    const { origins } = resolveTarget(choice).target;
    return [origins.board, origins.core, origins.runtime, origins.optimization, origins.clockHz];
  },
  [
    {
      name: 'defaults of a board',
      input: { board: 'nrf52840dk' },
      expected: ['chosen', 'board', 'fastest for the core', 'board default (Zephyr)', 'board default'],
    },
    {
      name: 'what was chosen keeps its origin',
      input: {
        board: 'nrf52840dk',
        runtime: 'tflm-reference',
        settings: { optimization: 'O2' },
        origins: { board: 'milliwatt.json', runtime: 'setting', optimization: 'command line' },
      },
      expected: ['milliwatt.json', 'board', 'setting', 'command line', 'board default'],
    },
    {
      name: 'no board',
      input: {},
      expected: [undefined, 'default', 'fastest for the core', 'default', 'default'],
    },
  ],
);

check('problems of a choice', (choice: TargetChoice) => resolveTarget(choice).problems, [
  {
    name: 'kernels for another processor',
    input: { board: 'esp32_devkit', runtime: 'tflm-cmsis-nn' },
    expected: [
      {
        code: 'runtime-not-for-core',
        severity: 'warning',
        message:
          'The runtime "tflm-cmsis-nn" is not made for the Xtensa LX6; the figures are those of "tflm-esp-nn". Choose another runtime or another board.',
      },
    ],
  },
  {
    name: 'reference kernels run everywhere',
    input: { board: 'esp32_devkit', runtime: 'tflm-reference' },
    expected: [],
  },
]);

check('choices that are not understood', (choice: TargetChoice) => resolveTarget(choice).target.core.id, [
  {
    name: 'a board that is not there',
    input: { board: 'nucleo_f446' },
    fails: 'There is no board "nucleo_f446"; did you mean "nucleo_f446re"? `milliwatt boards` lists all.',
  },
  {
    name: 'a board with a letter wrong',
    input: { board: 'tensy41' },
    fails: 'There is no board "tensy41"; did you mean "teensy41"? `milliwatt boards` lists all.',
  },
  {
    name: 'a runtime that is not there',
    input: { runtime: 'tflite' },
    fails: 'There is no runtime "tflite"; it must be "tflm-reference", "tflm-cmsis-nn" or "tflm-esp-nn".',
  },
  {
    name: 'a key that is not there',
    input: { settings: { optimisation: 'O2' } },
    fails:
      'There is no target setting "optimisation"; did you mean "optimization"? The settings are core, tflmVersion, kernelsVersion, optimization, clockHz, arenaRegion, weightsRegion, flashMode, flashHz, cacheBytes, dcacheBytes, resourceVariableSlots, preserveAllTensors, enumBytes, rounding, logStrings, int8Registrations.',
  },
  {
    name: 'an optimization that GCC has not',
    input: { settings: { optimization: 'O5' } },
    fails: 'The target setting optimization must be "Os", "O2" or "O3", not "O5".',
  },
  {
    name: 'a clock that is no number',
    input: { settings: { clockHz: 'fast' } },
    fails: 'The target setting clockHz must be a clock in hertz, for instance 64000000 or "64MHz", not "fast".',
  },
  {
    name: 'a clock of nothing',
    input: { settings: { clockHz: 0 } },
    fails: 'The target setting clockHz must be a clock in hertz, for instance 64000000 or "64MHz", not "0".',
  },
  {
    name: 'slots that are not whole',
    input: { settings: { resourceVariableSlots: 1.5 } },
    fails: 'The target setting resourceVariableSlots must be a whole number, 0 or more, not "1.5".',
  },
  {
    name: 'enumerations of two bytes',
    input: { settings: { enumBytes: 2 } },
    fails: 'The target setting enumBytes must be "1" or "4", not "2".',
  },
  {
    name: 'a version with a space',
    input: { settings: { tflmVersion: 'the newest' } },
    fails: 'The target setting tflmVersion must be a commit or a release, for instance "90b983c2", not "the newest".',
  },
  {
    name: 'a memory that the board has not',
    input: { board: 'frdm_k64f', settings: { arenaRegion: 'DTCM' } },
    fails: 'The target setting arenaRegion must be "SRAM_U" or "SRAM_L" on the board "frdm_k64f", not "DTCM".',
  },
  {
    name: 'weights in a memory that the board has not',
    input: { board: 'nrf52840dk', settings: { weightsRegion: 'PSRAM' } },
    fails: 'The target setting weightsRegion must be "flash" or "RAM" on the board "nrf52840dk", not "PSRAM".',
  },
  {
    name: 'a memory without a board',
    input: { settings: { arenaRegion: 'RAM' } },
    fails: 'The target setting arenaRegion names a memory of a board; choose a board as well.',
  },
  {
    name: 'a core against the board',
    input: { board: 'teensy41', settings: { core: 'cortex-m55' } },
    fails:
      'The target setting core must be "cortex-m7" on the board "teensy41"; leave the board out to choose a core, not "cortex-m55".',
  },
]);

check(
  'the version of TFLM of a choice, and why',
  (choice: TargetChoice) => {
    const { target } = resolveTarget(choice);
    return [target.tflmVersion, target.isVersionAssumed, target.origins.tflmVersion];
  },
  [
    { name: 'no board: that of the figures', input: {}, expected: ['90b983c2', undefined, 'default'] },
    {
      name: 'an Arduino board',
      input: { board: 'arduino_nano33ble' },
      expected: ['arduino-2.4.0', true, 'assumed: Arduino_TensorFlowLite, usual with Arduino Mbed core'],
    },
    {
      name: 'the same with kernels that the library does not have',
      input: { board: 'arduino_nano33ble', runtime: 'tflm-reference' },
      expected: ['90b983c2', true, 'default'],
    },
    {
      name: "a board of Espressif's framework",
      input: { board: 'esp32_s3_devkitc' },
      expected: ['esp-tflite-micro-1.4.0', true, 'assumed: esp-tflite-micro, usual with ESP-IDF with esp-tflite-micro'],
    },
    {
      name: 'a board of the Pico SDK',
      input: { board: 'raspberry_pi_pico' },
      expected: ['pico-tflmicro-2024-12-26', true, 'assumed: pico-tflmicro, usual with Pico SDK'],
    },
    {
      name: 'a release',
      input: { board: 'arduino_nano33ble', settings: { tflmVersion: 'Chirale_TensorFLowLite-2.0.0' } },
      expected: ['chirale_tensorflowlite-2.0.0', undefined, 'chosen'],
    },
    {
      name: 'a day',
      input: { settings: { tflmVersion: '2024-05-29' } },
      expected: ['2024-05-29', undefined, 'chosen'],
    },
    {
      name: 'a commit',
      input: { settings: { tflmVersion: '71fba59b5' } },
      expected: ['71fba59b5', undefined, 'chosen'],
    },
    {
      name: 'a near miss',
      input: { settings: { tflmVersion: 'esp-tflite-micro-1.3.6' } },
      fails:
        'There is no version "esp-tflite-micro-1.3.6" for tflmVersion; did you mean "esp-tflite-micro-1.3.5", "esp-tflite-micro-1.3.8" or "esp-tflite-micro-1.3.7"? A commit of tensorflow/tflite-micro or a day such as "2024-05-29" will do, too.',
    },
    {
      name: 'a near miss of a library of kernels',
      input: { settings: { kernelsVersion: 'esp-nn-1.2.4' } },
      fails:
        'There is no version "esp-nn-1.2.4" for kernelsVersion; did you mean "esp-nn-1.2.3", "esp-nn-1.2.2" or "esp-nn-1.2.1"?',
    },
  ],
);

check(
  'how an external flash chip is read, and the caches before it',
  (choice: TargetChoice) => {
    const { target } = resolveTarget(choice);
    const { flashMode, flashHz, cacheBytes, dcacheBytes, origins } = target;
    return [flashMode, flashHz, cacheBytes, dcacheBytes, origins.flashMode];
  },
  [
    {
      name: "a board's framework without choices",
      input: { board: 'esp32_devkit' },
      expected: ['dio', 40e6, 32768, 0, 'board default (ESP-IDF with esp-tflite-micro)'],
    },
    {
      name: 'chosen',
      input: {
        board: 'esp32_s3_devkitc',
        settings: { flashMode: 'QIO', flashHz: '80MHz', cacheBytes: '32KB', dcacheBytes: 65536 },
        origins: { flashMode: 'sdkconfig' },
      },
      expected: ['qio', 80e6, 32768, 65536, 'sdkconfig'],
    },
    {
      name: 'flash inside the chip has no mode',
      input: { board: 'arduino_nano33ble_sense_rev2' },
      expected: [undefined, undefined, 0, 0, 'board default (Arduino Mbed core)'],
    },
  ],
);
