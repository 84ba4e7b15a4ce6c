import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { check } from '../support/check';

interface Asked {
  readonly files: Readonly<Record<string, string>>;
  /** Kinds of facts that are asked for. */
  readonly kinds: readonly string[];
}

/** The last fact of each kind, as `kind value file:line`. */
function factsOf({ files, kinds }: Asked): readonly string[] {
  const projects = new FolderProjects();
  for (const [path, text] of Object.entries(files)) projects.set(path, text);
  const facts = projects.factsFor('main.cc') ?? [];
  return kinds.flatMap((kind) => {
    const last = facts.filter((fact) => fact.kind === kind).at(-1);
    return last === undefined
      ? []
      : [`${kind} ${JSON.stringify(last.value)} ${last.place.file}:${String(last.place.span.line + 1)}`];
  });
}

const memory = ['clockHz', 'flashMode', 'flashHz', 'psram', 'psramHz', 'cacheBytes', 'dcacheBytes'];

check('how memory outside the core is reached, as build files say', factsOf, [
  {
    // Written by menuconfig of ESP-IDF v5.2 for QIO at 120 MHz: the tool is given "dio" and "80m".
    name: 'an ESP32-S3 in a quad mode',
    input: {
      kinds: memory,
      files: {
        sdkconfig: [
          'CONFIG_ESPTOOLPY_FLASHMODE_QIO=y',
          '# CONFIG_ESPTOOLPY_FLASHMODE_DIO is not set',
          'CONFIG_ESPTOOLPY_FLASHMODE="dio"',
          'CONFIG_ESPTOOLPY_FLASHFREQ_120M=y',
          'CONFIG_ESPTOOLPY_FLASHFREQ="80m"',
          'CONFIG_ESP32S3_INSTRUCTION_CACHE_32KB=y',
          'CONFIG_ESP32S3_INSTRUCTION_CACHE_SIZE=0x8000',
          'CONFIG_ESP32S3_INSTRUCTION_CACHE_8WAYS=y',
          'CONFIG_ESP32S3_DATA_CACHE_16KB=y',
          'CONFIG_ESP32S3_DATA_CACHE_SIZE=0x8000',
          'CONFIG_ESP32S3_DATA_CACHE_LINE_32B=y',
          'CONFIG_SPIRAM=y',
          'CONFIG_SPIRAM_SPEED_80M=y',
          'CONFIG_SPIRAM_SPEED=80',
          'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y',
          'CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=160',
        ].join('\n'),
      },
    },
    expected: [
      'clockHz 160000000 sdkconfig:16',
      'flashMode "qio" sdkconfig:1',
      'flashHz 120000000 sdkconfig:4',
      'psram true sdkconfig:12',
      'psramHz 80000000 sdkconfig:14',
      'cacheBytes 32768 sdkconfig:6',
      'dcacheBytes 16384 sdkconfig:9',
    ],
  },
  {
    name: 'an ESP32-P4 by its defaults',
    input: { kinds: memory, files: { 'sdkconfig.defaults': 'CONFIG_CACHE_L2_CACHE_256KB=y\n' } },
    expected: ['cacheBytes 262144 sdkconfig.defaults:1'],
  },
  {
    name: 'an environment of PlatformIO',
    input: {
      kinds: memory,
      files: {
        'platformio.ini':
          '[env:a]\nboard_build.f_cpu = 160000000L\nboard_build.f_flash = 80000000L\nboard_build.flash_mode = QIO\n',
      },
    },
    expected: [
      'clockHz 160000000 platformio.ini:2',
      'flashMode "qio" platformio.ini:4',
      'flashHz 80000000 platformio.ini:3',
    ],
  },
  {
    name: 'options of a board of Arduino: a mode that has its clock with it',
    input: {
      kinds: memory,
      files: { 'sketch.yaml': 'default_fqbn: esp32:esp32:esp32s3:FlashMode=qio120,PSRAM=opi,CPUFreq=80\n' },
    },
    expected: [
      'clockHz 80000000 sketch.yaml:1',
      'flashMode "qio" sketch.yaml:1',
      'flashHz 120000000 sketch.yaml:1',
      'psram true sketch.yaml:1',
    ],
  },
  {
    name: 'options of a board of Arduino: a mode alone, and one that is none',
    input: { kinds: memory, files: { 'sketch.yaml': 'default_fqbn: esp32:esp32:esp32:FlashMode=,FlashFreq=80\n' } },
    expected: ['flashHz 80000000 sketch.yaml:1'],
  },
]);
