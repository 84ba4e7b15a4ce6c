import type { BuiltFiles } from '../../../src/core/lastBuild/lastBuild';
import { elfBytes, gnuMapText } from '../../lastBuild/built';
import { arduino } from './bases';
import type { Change, CorpusRow, Project } from './corpus';

const ino = 'sketch/sketch.ino';
const arena = { name: '_ZN12_GLOBAL__N_112tensor_arenaE', address: 0x20000030, bytes: 20_000 };
const built: BuiltFiles = { file: 'build/x.map', map: gnuMapText, program: elfBytes([arena]) };
const large: Project = { ...arduino, models: { 'sketch/model.cpp g_model': 'large' } };
const operators: readonly Change[] = [
  [ino, 'AddFullyConnected', 'AddRelu'],
  [ino, 'AddSoftmax', 'AddRelu6'],
  [ino, 'i < 64', 'i < 300000'],
];
/** What the dense model needs on the board. */
const enough: Change = [ino, '= 784', '= 800'];

/** A memory of 600,000 bytes, of which 20,048 are taken. */
const wide = gnuMapText.replace('0x00010000', '0x000927c0');

const task: Change = [
  ino,
  'void loop() {',
  'void run(void*) {\n  interpreter->Invoke();\n}\n\nvoid begin() {\n  xTaskCreatePinnedToCore(run, "run", 2048, nullptr, 1, nullptr, 0);\n}\n\nvoid loop() {',
];
const frames = (own: number): BuiltFiles => ({
  ...built,
  stackUsage: [
    `/p/sketch/sketch.ino:26:6:void run(void*)\t${own}\tstatic\n`,
    'lib/micro_interpreter.cc:285:14:TfLiteStatus tflite::MicroInterpreter::Invoke()\t120\tstatic\nlib/micro_interpreter_graph.cc:184:14:virtual TfLiteStatus tflite::MicroInterpreterGraph::InvokeSubgraph(int)\t88\tstatic\nlib/other.cc:1:1:void other::Invoke()\t9000\tstatic\n',
  ],
});

const compiled = (own: string, library: string): BuiltFiles => ({
  ...built,
  compileCommands: JSON.stringify([
    { directory: '/p/build', file: '/p/sketch/sketch.ino', command: `g++ ${own} -c x` },
    {
      directory: '/p/build',
      file: '/p/lib/tensorflow/lite/micro/micro_interpreter.cc',
      command: `g++ ${library} -c x`,
    },
    { directory: '/p/build', file: '/p/lib/tensorflow/lite/micro/kernels/add.cc', command: `g++ ${library} -c x` },
  ]),
});

const s3 = 'CONFIG_IDF_TARGET="esp32s3"\n';

/** What the last build and the configuration say against how the firmware is written. */
export const lastBuildRows: readonly CorpusRow[] = [
  { name: 'an arena that the last build has room for', project: arduino, built, expected: [] },
  {
    name: 'an arena that is larger than its memory has room for',
    project: arduino,
    built,
    changes: [[ino, '= 784', '= 65504']],
    expected: [`information firmware-arena-too-large ${ino}:9`, `error firmware-build-room ${ino}:9`],
    says: 'Set it to 784',
    fixed: [[ino, '= 65504', '= 784']],
  },
  {
    name: 'a byte that there is room for',
    project: arduino,
    built,
    changes: [[ino, '= 784', '= 65488']],
    expected: [`information firmware-arena-too-large ${ino}:9`],
    says: 'Set it to 784',
    fixed: [[ino, '= 65488', '= 784']],
  },
  {
    name: 'a model that needs more than its memory has room for',
    project: large,
    built: { ...built, map: wide },
    changes: [...operators, [ino, '= 784', '= 600400']],
    expected: [`error firmware-arena-too-small ${ino}:9`, `error firmware-build-room ${ino}:9`],
    fixed: [[ino, '= 600400', '= 600432']],
  },
  {
    name: 'an arena that is as large as the model needs, and more than its memory has room for',
    project: large,
    built: { ...built, map: wide },
    changes: [...operators, [ino, '= 784', '= 600432']],
    expected: [`error firmware-build-room ${ino}:9`],
    says: 'The arena of 600,432 bytes is 480 bytes more than data has room for: after the last build (build/x.map) 579,952 bytes are free beside the 20,000 bytes of tensor_arena.',
  },
  {
    name: 'a model that is larger than flash has room for',
    project: arduino,
    built: {
      ...built,
      map: gnuMapText.replace('0x00400000', '0x00000400'),
      program: elfBytes([arena, { name: 'g_model', address: 0x80, bytes: 40 }]),
    },
    expected: ['error firmware-build-flash sketch/model.cpp:2'],
    says: 'The 1,200 bytes of g_model are 344 bytes more than code has room for',
  },
  {
    name: 'an array that the last build does not have',
    project: arduino,
    built: { ...built, map: gnuMapText.replace('0x00400000', '0x00000400') },
    expected: [],
  },
  {
    name: 'a stack that is smaller than its frames',
    project: arduino,
    built: frames(2000),
    changes: [task],
    expected: [`error firmware-task-stack ${ino}:29`],
    says: 'needs 2,208 bytes at least to run the interpreter: run 2,000 bytes, Invoke 120 bytes, InvokeSubgraph 88 bytes',
    fixed: [[ino, '2048', '4096']],
  },
  { name: 'a stack with room for its frames', project: arduino, built: frames(1840), changes: [task], expected: [] },
  { name: 'frames that no build says', project: arduino, built, changes: [task], expected: [] },
  {
    name: 'TF_LITE_STATIC_MEMORY in the library alone',
    project: arduino,
    built: compiled('-Os', '-DTF_LITE_STATIC_MEMORY -Os'),
    expected: [`error firmware-compiled-apart ${ino}:18`],
    says: 'TF_LITE_STATIC_MEMORY is defined in the library and not here: tensors have other fields on both sides',
  },
  {
    name: 'another float ABI than the library',
    project: arduino,
    built: compiled('-mfloat-abi=softfp', '-mfloat-abi=hard'),
    expected: [`error firmware-compiled-apart ${ino}:18`],
    says: 'compile_commands.json has both: /p/sketch/sketch.ino, /p/lib/tensorflow/lite/micro/micro_interpreter.cc.',
  },
  {
    name: 'kernels that the library is not compiled with',
    project: arduino,
    built: compiled('-DCMSIS_NN', ''),
    expected: [`error firmware-compiled-apart ${ino}:18`],
  },
  {
    name: 'flags that both have, or that a file may add',
    project: arduino,
    built: compiled(
      '-DTF_LITE_STATIC_MEMORY -mfloat-abi=hard @flags',
      '-DTF_LITE_STATIC_MEMORY -DCMSIS_NN -mfloat-abi=hard',
    ),
    expected: [],
  },
  {
    name: 'a library that is not compiled alike itself',
    project: arduino,
    built: {
      ...built,
      compileCommands: JSON.stringify(
        ['sketch/sketch.ino', 'lib/tensorflow/lite/a.cc', 'lib/tensorflow/lite/b.cc'].map((file, index) => ({
          directory: '/p',
          file,
          command: index === 1 ? 'g++ -DTF_LITE_STATIC_MEMORY' : 'g++',
        })),
      ),
    },
    expected: [],
  },
  {
    name: 'an inference that is shorter than the task watchdog waits',
    project: arduino,
    board: 'esp32_devkit',
    files: { sdkconfig: 'CONFIG_IDF_TARGET="esp32"\nCONFIG_ESP_TASK_WDT_TIMEOUT_S=1\n' },
    changes: [enough],
    expected: [],
  },
  {
    name: 'an inference that may take longer than the task watchdog waits',
    project: { ...arduino, models: { 'sketch/model.cpp g_model': 'slow' } },
    board: 'esp32_devkit',
    files: { sdkconfig: 'CONFIG_IDF_TARGET="esp32"\nCONFIG_ESP_TASK_WDT_TIMEOUT_S=1\n' },
    changes: operators,
    expected: [`error firmware-arena-too-small ${ino}:9`, `information firmware-task-watchdog ${ino}:18`],
    fixed: [[ino, '= 784', '= 661520']],
  },
  {
    name: 'an idle task that is not watched',
    project: large,
    board: 'esp32_devkit',
    files: {
      sdkconfig: 'CONFIG_ESP_TASK_WDT_TIMEOUT_S=1\n# CONFIG_ESP_TASK_WDT_CHECK_IDLE_TASK_CPU1 is not set\n',
    },
    changes: operators,
    expected: [`error firmware-arena-too-small ${ino}:9`],
    fixed: [[ino, '= 784', '= 660480']],
  },
  {
    name: 'a clock below that of the board, in platformio.ini',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: { 'platformio.ini': '[env:a]\nboard = esp32dev\nboard_build.f_cpu = 80000000L\n' },
    expected: ['information build-slow-clock platformio.ini:3'],
    says: 'The core is built for 80 MHz, and',
    fixed: [['platformio.ini', '80000000L', '240000000L']],
  },
  {
    name: 'a clock below that of the board, as Kconfig wrote it',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: {
      sdkconfig:
        'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y\n# CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240 is not set\nCONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=160\n',
    },
    expected: ['information build-slow-clock sdkconfig:3'],
    fixed: [
      ['sdkconfig', 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y', '# CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160 is not set'],
      ['sdkconfig', '# CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240 is not set', 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240=y'],
      ['sdkconfig', 'MHZ=160', 'MHZ=240'],
    ],
  },
  {
    name: 'a clock by defaults alone',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough],
    files: { 'sdkconfig.defaults': 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y\n' },
    expected: ['information build-slow-clock sdkconfig.defaults:1'],
    fixed: [
      [
        'sdkconfig.defaults',
        'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y\n',
        'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240=y\n# CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160 is not set\n',
      ],
    ],
  },
  {
    name: 'the clock of the board',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: { sdkconfig: 'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=240\n' },
    expected: [],
  },
  {
    name: 'external memory that the configuration leaves off',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough, [ino, 'tensor_arena, kTensorArenaSize)', '(uint8_t*)ps_malloc(800), 800)']],
    files: { sdkconfig: `${s3}# CONFIG_SPIRAM is not set\n` },
    expected: [
      'warning build-psram-off sdkconfig:2',
      `information firmware-heap-alignment ${ino}:18`,
      `information firmware-arena-in-psram ${ino}:18`,
    ],
    says: 'sketch/sketch.ino asks for external memory for the arena',
    fixed: [['sdkconfig', '# CONFIG_SPIRAM is not set', 'CONFIG_SPIRAM=y']],
  },
  {
    name: 'flash that is read slowly, as Kconfig wrote it',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: {
      sdkconfig:
        '# CONFIG_ESPTOOLPY_FLASHMODE_QIO is not set\nCONFIG_ESPTOOLPY_FLASHMODE_DIO=y\nCONFIG_ESPTOOLPY_FLASHMODE="dio"\nCONFIG_ESPTOOLPY_FLASHFREQ_40M=y\nCONFIG_ESPTOOLPY_FLASHFREQ="40m"\n',
    },
    expected: ['information build-slow-flash sdkconfig:2'],
    says: 'Flash is read in DIO at 40 MHz, and the chip can read it in QIO at 80 MHz: weights that lie there are waited for',
    fixed: [
      ['sdkconfig', '# CONFIG_ESPTOOLPY_FLASHMODE_QIO is not set', 'CONFIG_ESPTOOLPY_FLASHMODE_QIO=y'],
      ['sdkconfig', 'CONFIG_ESPTOOLPY_FLASHMODE_DIO=y', '# CONFIG_ESPTOOLPY_FLASHMODE_DIO is not set'],
      [
        'sdkconfig',
        'CONFIG_ESPTOOLPY_FLASHFREQ_40M=y\n',
        'CONFIG_ESPTOOLPY_FLASHFREQ_80M=y\n# CONFIG_ESPTOOLPY_FLASHFREQ_40M is not set\n',
      ],
      ['sdkconfig', '"40m"', '"80m"'],
    ],
  },
  {
    name: 'flash that is read slowly, in platformio.ini',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough],
    files: {
      'platformio.ini':
        '[env:a]\nboard = x\nboard_build.flash_mode = dio ; as it was\nboard_build.f_flash = 80000000L\n',
    },
    expected: ['information build-slow-flash platformio.ini:3'],
    fixed: [['platformio.ini', 'dio', 'qio']],
  },
  {
    name: 'a clock of flash that is low, among options of a board: an edit would be of all of them',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: { 'sketch/sketch.yaml': 'default_fqbn: esp32:esp32:esp32:FlashMode=qio,FlashFreq=40\n' },
    expected: ['information build-slow-flash sketch/sketch.yaml:1'],
  },
  {
    name: 'flash that is read as fast as the chip can',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough],
    files: { sdkconfig: 'CONFIG_ESPTOOLPY_FLASHMODE_QIO=y\nCONFIG_ESPTOOLPY_FLASHFREQ_120M=y\n' },
    expected: [],
  },
  {
    name: 'flash over eight lines',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough],
    files: {
      'platformio.ini': '[env:a]\nboard_build.arduino.memory_type = opi_opi\nboard_build.f_flash = 40000000L\n',
    },
    expected: [],
  },
  {
    name: 'flash of a chip that has its own',
    project: arduino,
    board: 'nrf52840dk',
    files: { 'platformio.ini': '[env:a]\nboard_build.flash_mode = dio\n' },
    expected: [],
  },
  {
    name: 'external memory that runs slower than flash',
    project: arduino,
    board: 'esp32_devkit',
    changes: [enough],
    files: {
      sdkconfig:
        'CONFIG_IDF_TARGET="esp32"\nCONFIG_ESPTOOLPY_FLASHFREQ_80M=y\nCONFIG_SPIRAM=y\nCONFIG_SPIRAM_SPEED_40M=y\n',
    },
    expected: ['information build-slow-memory sdkconfig:4'],
    fixed: [
      ['sdkconfig', 'CONFIG_SPIRAM_SPEED_40M=y\n', 'CONFIG_SPIRAM_SPEED_80M=y\n# CONFIG_SPIRAM_SPEED_40M is not set\n'],
    ],
  },
  {
    name: 'external memory and a cache that are left slow',
    project: arduino,
    board: 'esp32_s3_devkitc',
    changes: [enough],
    files: { sdkconfig: `${s3}CONFIG_SPIRAM=y\nCONFIG_SPIRAM_SPEED_40M=y\nCONFIG_SPIRAM_SPEED=40\n` },
    expected: ['information build-slow-memory sdkconfig:3'],
    fixed: [
      ['sdkconfig', 'CONFIG_SPIRAM_SPEED_40M=y\n', 'CONFIG_SPIRAM_SPEED_80M=y\n# CONFIG_SPIRAM_SPEED_40M is not set\n'],
      ['sdkconfig', 'SPEED=40', 'SPEED=80'],
    ],
  },
  {
    name: 'a cache that Zephyr leaves off, of a core that has one',
    project: arduino,
    board: 'nucleo_h743zi',
    files: { 'prj.conf': 'CONFIG_DCACHE=n\n' },
    expected: ['information build-slow-memory prj.conf:1'],
    fixed: [['prj.conf', 'CONFIG_DCACHE=n', 'CONFIG_DCACHE=y']],
  },
  {
    name: 'a cache that Zephyr leaves off, of a core that has none',
    project: arduino,
    board: 'nrf52840dk',
    files: { 'prj.conf': 'CONFIG_DCACHE=n\n' },
    expected: [],
  },
];
