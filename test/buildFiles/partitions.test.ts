import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { buildFilePlaceOf } from '../../src/core/buildFiles/buildFiles';
import { largerTable } from '../../src/core/buildFiles/partitions/knownTables';
import { check } from '../support/check';

const cmake = 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)\nproject(x)\n';
const own = [
  '# Name,   Type, SubType, Offset,  Size, Flags',
  'nvs,      data, nvs,     0x9000,  24K,',
  'factory,  app,  factory, 0x10000, 1M,',
  'ota_0,    0,    ota_0,   ,        1500K',
  'models,   data, 0x40,    ,        0x80000,',
].join('\n');

/** `name bytes table kind file:line` of the program's partition, then what is wrong with files. */
function partitionIn(files: Readonly<Record<string, string>>): readonly string[] {
  const projects = new FolderProjects();
  for (const [path, text] of Object.entries(files)) projects.set(path, text);
  return projects.targets.flatMap(({ partition, problems }) => [
    ...(partition === undefined
      ? []
      : [
          `${partition.name} ${partition.bytes} ${partition.table} ${partition.kind} ${partition.place.file}:${partition.place.span.line + 1}`,
        ]),
    ...problems,
  ]);
}

check('the partition that a program must fit into', partitionIn, [
  {
    name: "ESP-IDF's own table, where nobody chose one",
    input: { 'CMakeLists.txt': cmake },
    expected: ['factory 1048576 partitions_singleapp.csv usual CMakeLists.txt:1'],
  },
  {
    name: 'a choice of Kconfig',
    input: { 'CMakeLists.txt': cmake, 'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y\n' },
    expected: ['factory 1536000 partitions_singleapp_large.csv chosen sdkconfig.defaults:1'],
  },
  {
    name: 'a table of the project: the largest of several for programs',
    input: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_CUSTOM=y\n',
      'partitions.csv': own,
    },
    expected: ['ota_0 1536000 partitions.csv own partitions.csv:4'],
  },
  {
    name: 'a table by its file, which the whole configuration does not take',
    input: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults':
        'CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_PARTITION_TABLE_CUSTOM_FILENAME="tables/partitions_a.csv"\n',
      sdkconfig: 'CONFIG_PARTITION_TABLE_FILENAME="partitions_two_ota.csv"\n',
      'tables/partitions_a.csv': own,
    },
    expected: ['factory 1048576 partitions_two_ota.csv chosen sdkconfig:1'],
  },
  {
    name: 'a table by its file, in a project below',
    input: {
      'app/CMakeLists.txt': cmake,
      'app/sdkconfig.defaults':
        'CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_PARTITION_TABLE_CUSTOM_FILENAME="tables/partitions_a.csv"\n',
      'app/tables/partitions_a.csv': own,
      'partitions.csv': 'factory, app, factory, , 2M\n',
    },
    expected: ['ota_0 1536000 app/tables/partitions_a.csv own app/tables/partitions_a.csv:4'],
  },
  {
    name: 'a table that is not there',
    input: { 'CMakeLists.txt': cmake, 'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_CUSTOM=y\n' },
    expected: [],
  },
  {
    name: 'half of a table says nothing',
    input: {
      'CMakeLists.txt': cmake,
      'sdkconfig.defaults': 'CONFIG_PARTITION_TABLE_CUSTOM=y\n',
      'partitions.csv': own.slice(0, own.indexOf('00K')),
    },
    expected: ['partitions.csv is read up to line 4, which is not understood. Correct it there.'],
  },
  {
    name: 'another table of such a name is none, and no project',
    input: { 'data/partitions.csv': 'subject,label\n1,2\n' },
    expected: [],
  },
  {
    name: 'PlatformIO: a table of the framework',
    input: { 'platformio.ini': '[env:a]\nframework = arduino\nboard = x\nboard_build.partitions = huge_app.csv\n' },
    expected: ['app0 3145728 huge_app.csv chosen platformio.ini:4'],
  },
  {
    name: 'PlatformIO: the table of the board',
    input: { 'platformio.ini': '[env:a]\nframework = arduino\nboard = esp32-s3-devkitc-1\n' },
    expected: ['app0 3342336 default_8MB.csv usual platformio.ini:3'],
  },
  {
    name: 'PlatformIO: a table of the project, whatever the configuration of ESP-IDF says',
    input: {
      'platformio.ini': '[env:a]\nframework = espidf\nboard = x\nboard_build.partitions = my_partitions.csv\n',
      sdkconfig: 'CONFIG_PARTITION_TABLE_FILENAME="partitions_two_ota.csv"\n',
      'CMakeLists.txt': cmake,
      'my_partitions.csv': own,
    },
    expected: ['ota_0 1536000 my_partitions.csv own my_partitions.csv:4'],
  },
  {
    name: 'PlatformIO: a board whose table is not known',
    input: { 'platformio.ini': '[env:a]\nframework = arduino\nboard = x\n' },
    expected: [],
  },
  {
    name: 'Arduino: a scheme of the board',
    input: { 'x/x.ino': '', 'x/sketch.yaml': 'default_fqbn: esp32:esp32:esp32:PartitionScheme=no_ota\n' },
    expected: ['app0 2097152 no_ota.csv chosen x/sketch.yaml:1'],
  },
  {
    name: 'Arduino: a table beside the sketch goes first; the loader of TinyUF2 is no program',
    input: {
      'x/x.ino': '',
      'x/sketch.yaml': 'default_fqbn: esp32:esp32:esp32:PartitionScheme=no_ota\n',
      'x/partitions.csv': 'uf2, app, factory, 0x2d0000, 256K\r\n  app0 , app , ota_0, 0x10000, 131072 ,\r\n',
    },
    expected: ['app0 131072 x/partitions.csv own x/partitions.csv:2'],
  },
  {
    name: 'another chip has none',
    input: { 'platformio.ini': '[env:a]\nframework = arduino\nboard = nano33ble\n' },
    expected: [],
  },
]);

check(
  'a larger table for as much flash',
  ({ name, bytes }: { name: string; bytes: number }) => largerTable(name, bytes),
  [
    {
      name: 'the next',
      input: { name: 'default.csv', bytes: 0x140001 },
      expected: { name: 'min_spiffs.csv', appBytes: 0x1e0000 },
    },
    {
      name: 'one of a single program',
      input: { name: 'default', bytes: 0x1e0001 },
      expected: { name: 'no_ota.csv', appBytes: 0x200000 },
    },
    { name: 'none', input: { name: 'huge_app.csv', bytes: 0x300001 }, expected: undefined },
    {
      name: 'of 8 MB',
      input: { name: 'default_8MB.csv', bytes: 0x330001 },
      expected: { name: 'max_app_8MB.csv', appBytes: 0x7e0000 },
    },
    { name: 'of a table that is not known', input: { name: 'mine.csv', bytes: 1 }, expected: undefined },
  ],
);

check('names of tables that are looked for', (name: string) => buildFilePlaceOf(name)?.kind.id, [
  { name: 'usual', input: 'a/partitions.csv', expected: 'partitions.csv' },
  { name: 'by size', input: 'boards/default_16MB.csv', expected: 'partitions.csv' },
  { name: 'samples', input: 'data/wave.csv', expected: undefined },
]);
