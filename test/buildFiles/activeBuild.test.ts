import type { EnvironmentChoice } from '../../src/core/buildFiles/activeEnvironment';
import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { check } from '../support/check';

interface Asked extends EnvironmentChoice {
  readonly files: Readonly<Record<string, string>>;
}

/** The environment, the build folder and the board that count. */
function counting({ files, ...choice }: Asked): readonly (string | undefined)[] {
  const projects = new FolderProjects();
  for (const [path, text] of Object.entries(files)) projects.set(path, text);
  projects.choose('', choice);
  const { environment, build, target } = projects.targetFor('main.cc')!;
  const board = target.values.find(({ key }) => key === 'board');
  return [environment, build, board === undefined ? undefined : `${board.value} ${board.place.file}`];
}

const zephyr = { 'CMakeLists.txt': 'find_package(Zephyr)\nproject(x)\n' };
const cache = (board: string): string => `BOARD:STRING=${board}\n`;
const two = {
  ...zephyr,
  'build-a/CMakeCache.txt': cache('nrf52840dk/nrf52840'),
  'build-b/CMakeCache.txt': cache('nucleo_f401re'),
};
const settings = (key: string, folder: string): Record<string, string> => ({
  '.vscode/settings.json': JSON.stringify({ [key]: folder }),
});
const presets = {
  'CMakeLists.txt': 'include(pico_sdk_import.cmake)\nproject(x)\n',
  'CMakePresets.json': JSON.stringify({
    configurePresets: [
      {
        name: 'base',
        hidden: true,
        binaryDir: '${sourceDir}/out/${presetName}',
        cacheVariables: { PICO_BOARD: 'pico' },
      },
      { name: 'one', inherits: 'base' },
      { name: 'two', inherits: ['base'], cacheVariables: { PICO_BOARD: { type: 'STRING', value: 'pico2' } } },
      { name: 'desk', binaryDir: 'build-desk' },
    ],
  }),
};

const targetBoard = 'com.st.stm32cube.ide.mcu.gnu.managedbuild.option.target_board';
const cproject = [
  `<configuration name="Debug"><option superClass="${targetBoard}" value="NUCLEO-F401RE"/></configuration>`,
  `<configuration name="Release"><option superClass="${targetBoard}" value="NUCLEO-F411RE"/></configuration>`,
].join('\n');

check('the build that counts', counting, [
  { name: 'none', input: { files: zephyr }, expected: [undefined, undefined, undefined] },
  {
    name: 'the one that was written last, whose board is that of its own files',
    input: { files: two, builds: ['build-a', 'build-b'] },
    expected: [undefined, 'build-a', 'nrf52840dk build-a/CMakeCache.txt'],
  },
  {
    name: 'the one that the user chose',
    input: { files: two, builds: ['build-a', 'build-b'], chosen: 'build-b' },
    expected: [undefined, 'build-b', 'nucleo_f401re build-b/CMakeCache.txt'],
  },
  {
    name: 'a choice that is not there any more',
    input: { files: two, builds: ['build-a', 'build-b'], chosen: 'build-c' },
    expected: [undefined, 'build-a', 'nrf52840dk build-a/CMakeCache.txt'],
  },
  {
    name: "the one that CMake Tools' setting names",
    input: {
      files: { ...two, ...settings('cmake.buildDirectory', '${workspaceFolder}/build-b') },
      builds: ['build-a', 'build-b'],
    },
    expected: [undefined, 'build-b', 'nucleo_f401re build-b/CMakeCache.txt'],
  },
  {
    name: 'the newest of those that a setting may mean',
    input: {
      files: { ...two, ...settings('cmake.buildDirectory', '${workspaceFolder}/build-${buildType}') },
      builds: ['build', 'build-b', 'build-a'],
    },
    expected: [undefined, 'build-b', 'nucleo_f401re build-b/CMakeCache.txt'],
  },
  {
    name: 'the one of the extension for ESP-IDF',
    input: {
      files: { ...two, ...settings('idf.buildPath', '${workspaceFolder}/build-b') },
      builds: ['build-a', 'build-b'],
    },
    expected: [undefined, 'build-b', 'nucleo_f401re build-b/CMakeCache.txt'],
  },
  {
    name: 'a setting that leads out of the folder',
    input: {
      files: { ...two, ...settings('cmake.buildDirectory', '${workspaceFolder}/../build-b') },
      builds: ['build-a', 'build-b'],
    },
    expected: [undefined, 'build-a', 'nrf52840dk build-a/CMakeCache.txt'],
  },
  {
    name: 'presets that name boards are environments: which one is not known before one is built',
    input: { files: presets },
    expected: [undefined, undefined, undefined],
  },
  {
    name: 'a preset, by the build that was written last',
    input: { files: presets, builds: ['out/two', 'build-desk', 'out/one'] },
    expected: ['two', 'out/two', 'raspberry_pi_pico2 CMakePresets.json'],
  },
  {
    name: 'a preset without a board, whose build was written last: of which board is not known',
    input: { files: presets, builds: ['build-desk', 'out/two', 'out/one'] },
    expected: [undefined, 'build-desk', undefined],
  },
  {
    name: 'a preset that the user chose, whose build is the older one',
    input: { files: presets, builds: ['out/two', 'out/one'], chosen: 'one' },
    expected: ['one', 'out/one', 'raspberry_pi_pico CMakePresets.json'],
  },
  {
    name: 'a configuration of STM32CubeIDE, by the folder that was written last',
    input: { files: { '.cproject': cproject }, builds: ['Release', 'Debug'] },
    expected: ['Release', 'Release', 'nucleo_f411re .cproject'],
  },
  {
    name: 'configurations of STM32CubeIDE of which none was built',
    input: { files: { '.cproject': cproject } },
    expected: [undefined, undefined, undefined],
  },
  {
    name: 'presets of a library in the project are none of its own',
    input: {
      files: { ...zephyr, 'lib/x/CMakePresets.json': presets['CMakePresets.json'], 'prj.conf': 'CONFIG_CPP=y\n' },
    },
    expected: [undefined, undefined, undefined],
  },
]);
