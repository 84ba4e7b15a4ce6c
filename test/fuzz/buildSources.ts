import { buildFileKinds, readBuildFile } from '../../src/core/buildFiles/buildFiles';
import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { texts, type Source } from './sources';

const pieces = [
  '[env:a]\nboard = esp32dev\nbuild_flags = -DA=1 ${env:a.build_flags} ${env:b.x}\nextends = env:b',
  '[env:b]\nextends = env:a, env:b\nlib_deps =\n  a/b@^1\n  https://x/y.git#z\n[env]\nx = ${env:b.x}${env:b.x}',
  '[platformio]\ndefault_envs = a, b\n[env:__proto__]\nboard = constructor',
  'profiles:\n  nano:\n    fqbn: arduino:mbed_nano:nano33ble\n    libraries:\n      - A (1.0)\ndefault_profile: nano',
  'dependencies:\n  espressif/esp-tflite-micro: {version: "^1.3", rules: [{if: "x"}]}\n  idf: &a *a',
  'manifest:\n  remotes:\n    - name: a\n      url-base: b\n  projects:\n    - name: c\n      remote: a\n      revision: d',
  'CONFIG_IDF_TARGET="esp32s3"\n# CONFIG_SPIRAM is not set\nCONFIG_ESP_DEFAULT_CPU_FREQ_MHZ=240\nCONFIG_BOARD_TARGET="nrf52840dk/nrf52840"',
  'include(pico_sdk_import.cmake)\nproject(x)\nif(A)\nset(PICO_BOARD pico2)\nendif()\nadd_definitions(-DA=1 -D"B")',
  'set(BOARD [==[ x ]==])\nFetchContent_Declare(a GIT_REPOSITORY https://x/y GIT_TAG ${Z})\n#[[ open',
  '{"board": "esp32:esp32:esp32:CPUFreq=240", "configuration": "PSRAM=opi", "cmake.configureArgs": ["-DBOARD=x"]}',
  'name=A\nversion=1.0\ndepends=B (>=1), C',
  '[wokwi]\nfirmware = ".pio/build/a/firmware.bin"',
  '#include <TensorFlowLite.h>\n#include "x',
  'PICO_BOARD:STRING=pico\nBOARD:STRING=',
  '{a: '.repeat(4000),
  '- '.repeat(4000),
  'a:\n '.repeat(2000),
  '[['.repeat(4000),
  '${a.b}'.repeat(2000),
  '"\\'.repeat(4000),
];

/** Build files of all kinds, and what only looks like them. */
export const buildFiles: Source = texts(pieces);

/** The same text as every kind, and all of them as one project. */
export function readAsAll(text: string): unknown {
  const folder = new FolderProjects();
  for (const kind of buildFileKinds) {
    const path = kind.names[0].replaceAll('*', 'a');
    readBuildFile(kind, text, path);
    folder.set(path, text);
  }
  return folder.targets.map(({ folder: own }) => [folder.targetFor(`${own}/x`), folder.definitionsFor('main.cc')]);
}
