import type { BuiltFiles } from '../../../src/core/lastBuild/lastBuild';
import { elfBytes, gnuMapText } from '../../lastBuild/built';
import { arduino } from './bases';
import type { Change, CorpusRow } from './corpus';

const arena = { name: '_ZN12_GLOBAL__N_112tensor_arenaE', address: 0x20000030, bytes: 20_000 };
const built: BuiltFiles = { file: 'build/x.map', map: gnuMapText };
/** What the dense model needs on the board. */
const enough: Change = ['sketch/sketch.ino', '= 784', '= 800'];
const dense = { name: 'g_model', address: 0x80, bytes: 1000 };
const image = (bytes?: number): BuiltFiles => ({
  ...built,
  program: elfBytes([arena, dense]),
  ...(bytes === undefined ? {} : { imageBytes: bytes }),
});
const pio = '[env:a]\nframework = arduino\nboard = esp32dev\n';

/** Programs of 1,200 bytes with the model, which took 1,000 in the last build, and the partition that they go to. */
export const partitionRows: readonly CorpusRow[] = [
  {
    name: 'a program that its partition has room for, to the byte',
    project: arduino,
    changes: [enough],
    board: 'esp32_devkit',
    built: image(1_310_720 - 200),
    files: { 'platformio.ini': pio },
    expected: [],
  },
  {
    name: 'a byte more, of the table that the board has by itself: no place for a choice',
    project: arduino,
    changes: [enough],
    board: 'esp32_devkit',
    built: image(1_310_720 - 199),
    files: { 'platformio.ini': pio },
    expected: ['error build-partition platformio.ini:3'],
    says: 'The program takes 1,310,721 bytes of flash (build/x.map, and models have 200 bytes more since), 1 byte more than the 1,310,720 bytes that the partition app0 of default.csv has. Choose min_spiffs.csv, which has 1,966,080 bytes, or give it 65,536 bytes of spiffs (1,441,792 bytes) in a table of your own, or make the model or the program 1 byte smaller.',
  },
  {
    name: 'a program that is larger than the partition of the table that was chosen',
    project: arduino,
    changes: [enough],
    board: 'esp32_devkit',
    built: image(2_000_000),
    files: { 'platformio.ini': `${pio}board_build.partitions = min_spiffs.csv\n` },
    expected: ['error build-partition platformio.ini:4'],
    says: 'Choose no_ota.csv, which has 2,097,152 bytes',
    fixed: [['platformio.ini', 'min_spiffs.csv', 'no_ota.csv']],
  },
  {
    name: 'a program that no table of the framework has room for',
    project: arduino,
    changes: [enough],
    board: 'esp32_devkit',
    built: image(3_145_728),
    files: { 'platformio.ini': `${pio}board_build.partitions = huge_app.csv\n` },
    expected: ['error build-partition platformio.ini:4'],
    says: '200 bytes more than the 3,145,728 bytes that the partition app0 of huge_app.csv has. Give it 65,536 bytes of spiffs (917,504 bytes) in a table of your own',
  },
  {
    name: 'a table of the project, at the partition; the size is that of the sections',
    project: arduino,
    changes: [enough],
    board: 'esp32_devkit',
    built: image(),
    files: {
      'platformio.ini': `${pio}board_build.partitions = partitions.csv\n`,
      'partitions.csv': 'nvs, data, nvs, , 0x5000\napp0, app, ota_0, , 0\nstore, data, littlefs, , 0x20000\n',
    },
    expected: ['error build-partition partitions.csv:2'],
    says: 'The program takes at least 408 bytes of flash (build/x.map, and models have 200 bytes more since), 408 bytes more than the 0 bytes that the partition app0 of partitions.csv has. Give it 65,536 bytes of store (131,072 bytes), or make',
  },
  {
    name: 'a choice of ESP-IDF',
    project: arduino,
    changes: [enough],
    board: 'esp32_s3_devkitc',
    built: image(1_048_400),
    files: {
      'CMakeLists.txt': 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)\nproject(x)\n',
      sdkconfig:
        'CONFIG_PARTITION_TABLE_SINGLE_APP=y\n# CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE is not set\nCONFIG_PARTITION_TABLE_FILENAME="partitions_singleapp.csv"\n',
    },
    expected: ['error build-partition sdkconfig:3'],
    says: '24 bytes more than the 1,048,576 bytes that the partition factory of partitions_singleapp.csv has. Choose partitions_singleapp_large.csv, which has 1,536,000 bytes',
    fixed: [
      ['sdkconfig', 'CONFIG_PARTITION_TABLE_SINGLE_APP=y', '# CONFIG_PARTITION_TABLE_SINGLE_APP is not set'],
      [
        'sdkconfig',
        '# CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE is not set',
        'CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y',
      ],
      ['sdkconfig', 'partitions_singleapp.csv', 'partitions_singleapp_large.csv'],
    ],
  },
];
