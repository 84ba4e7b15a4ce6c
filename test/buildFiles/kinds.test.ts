import { buildFileNames, vendoredPattern } from '../../src/core/buildFiles/fileNames';
import { buildFileKinds, buildFilePlaceOf, readBuildFile } from '../../src/core/buildFiles/buildFiles';
import { check } from '../support/check';

interface Asked {
  readonly path: string;
  readonly text: string;
}

/** Each fact as `environment: kind value @line:column+length`. */
function factsIn({ path, text }: Asked): readonly string[] {
  const place = buildFilePlaceOf(path);
  if (place === undefined) return ['no build file'];
  const { environments, defaults, built, problems } = readBuildFile(place.kind, text, path);
  return [
    ...environments.flatMap(({ name, facts }) =>
      facts.map(({ kind, value, place: { span } }) => {
        const said = typeof value === 'object' ? Object.values<unknown>({ ...value }).join(' ') : String(value);
        const at = `@${span.line + 1}:${span.column + 1}+${span.end - span.start}`;
        return `${name === undefined ? '' : `${name}: `}${kind} ${said} ${at}`;
      }),
    ),
    ...(defaults === undefined ? [] : [`by default ${defaults.join(', ')}`]),
    ...(built === undefined ? [] : [`built ${built}`]),
    ...problems,
  ];
}

check('build files: one of each kind', factsIn, [
  {
    name: 'platformio.ini',
    input: {
      path: 'platformio.ini',
      text: [
        '; comment',
        '[platformio]',
        'default_envs = s3',
        '[common]',
        'flags =',
        '  -D ARENA_KB=120',
        '[env]',
        'framework = arduino',
        '[env:s3]',
        'board = esp32-s3-devkitc-1 ; the board',
        'board_build.f_cpu = 160000000L',
        'board_build.flash_mode = qio',
        'board_upload.flash_size = 8MB',
        'build_unflags = -Os',
        'build_flags = ${common.flags} -O2 -DX',
        'lib_deps =',
        '  tanakamasayuki/TensorFlowLite_ESP32 @ ^1.0.0',
        '[env:desk]',
        'platform = native',
      ].join('\n'),
    },
    expected: [
      's3: board esp32-s3-devkitc-1 @10:9+18',
      's3: framework arduino @8:13+7',
      's3: clockHz 160000000 @11:21+10',
      's3: flashMode qio @12:26+3',
      's3: flashBytes 8388608 @13:27+3',
      's3: library tanakamasayuki/TensorFlowLite_ESP32 ^1.0.0 false @17:3+44',
      // A line that values were filled into is one place.
      's3: define ARENA_KB 120 @15:15+23',
      's3: define X 1 @15:15+23',
      's3: optimization O2 @15:15+23',
      'by default s3',
    ],
  },
  {
    name: 'sketch.yaml',
    input: {
      path: 'sketch.yaml',
      text: [
        'profiles:',
        '  nano: # the first',
        '    fqbn: arduino:mbed_nano:nano33ble',
        '    platforms:',
        '      - platform: arduino:mbed_nano (4.0.2)',
        '    libraries:',
        '      - Arduino_TensorFlowLite (2.4.0-ALPHA)',
        '      - dir: ../own',
        '  esp:',
        '    fqbn: "esp32:esp32:esp32s3:CPUFreq=160,PSRAM=opi,FlashMode=dio"',
        'default_profile: nano',
      ].join('\n'),
    },
    expected: [
      'nano: board arduino:mbed_nano:nano33ble @3:11+27',
      'nano: library Arduino_TensorFlowLite 2.4.0-ALPHA true @7:9+36',
      'esp: board esp32:esp32:esp32s3 @10:11+57',
      'esp: clockHz 160000000 @10:11+57',
      'esp: psram true @10:11+57',
      'esp: flashMode dio @10:11+57',
      'by default nano',
    ],
  },
  {
    name: '.vscode/arduino.json',
    input: {
      path: '.vscode/arduino.json',
      text: '{\n  "board": "esp32:esp32:esp32",\n  "configuration": "FlashFreq=80,CPUFreq=240",\n}',
    },
    expected: [
      'framework arduino @2:12+19',
      'board esp32:esp32:esp32 @2:12+19',
      'flashHz 80000000 @3:20+26',
      'clockHz 240000000 @3:20+26',
    ],
  },
  {
    name: '.vscode/settings.json',
    input: {
      path: '.vscode/settings.json',
      text: [
        '{ // of other extensions',
        '  "idf.adapterTargetName": "esp32s3",',
        '  "cmake.configureArgs": ["-G", "-DPICO_BOARD:STRING=pico_w"],',
        '  "cmake.buildDirectory": "${workspaceFolder}/out/${buildType}", "idf.buildPath": "/tmp/x"',
        '}',
      ].join('\n'),
    },
    expected: ['buildFolder out/* @4:27+37', 'chip esp32s3 @2:28+9', 'board pico_w @3:33+28'],
  },
  {
    name: '.cproject of STM32CubeIDE',
    input: {
      path: '.cproject',
      text: [
        '<?fileVersion 4.0.0?><cproject>',
        '<configuration artifactName="x" name="Debug" parent="com.st.stm32cube.ide.mcu.gnu.managedbuild.config.exe.debug">',
        '<option superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.option.target_board" value="NUCLEO-F401RE"/>',
        '<option superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.tool.c.compiler.option.definedsymbols">',
        '<listOptionValue builtIn="false" value="IN_C"/>',
        '</option>',
        '<option superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.tool.cpp.compiler.option.optimization.level" value="com.st.stm32cube.ide.mcu.gnu.managedbuild.tool.cpp.compiler.option.optimization.level.value.ofast"/>',
        '<option superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.tool.cpp.compiler.option.definedsymbols">',
        '<listOptionValue builtIn="false" value="TF_LITE_STATIC_MEMORY"/>',
        '<listOptionValue builtIn="false" value="NAME=&quot;x&quot;"/>',
        '</option>',
        '<option superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.tool.cpp.compiler.option.includepaths">',
        '<listOptionValue builtIn="false" value="../Inc"/>',
        '</option></configuration>',
        '<configuration configurationName="Debug"/>',
        '<configuration name="Release"><option superClass="a.c.compiler.option.optimization.level" value="x.os"/>',
      ].join('\n'),
    },
    expected: [
      'Debug: framework stm32cube @2:1+113',
      'Debug: buildFolder Debug Debug @2:1+113',
      'Debug: board nucleo_f401re @3:1+106',
      'Debug: optimization Ofast @7:1+214',
      'Debug: define TF_LITE_STATIC_MEMORY 1 @9:1+64',
      'Debug: define NAME "x" @10:1+61',
      'Release: framework stm32cube @16:1+30',
      'Release: buildFolder Release Release @16:1+30',
      'Release: optimization Os @16:31+74',
    ],
  },
  {
    name: '.cproject of another editor',
    input: { path: '.cproject', text: '<cproject><configuration name="Debug"></configuration></cproject>' },
    expected: [],
  },
  {
    name: 'CMakePresets.json',
    input: {
      path: 'CMakePresets.json',
      text: [
        '{"configurePresets": [',
        '  {"name": "base", "hidden": true, "binaryDir": "b/${presetName}", "cacheVariables": {"BOARD": "x", "A": "y"}},',
        '  {"name": "one", "inherits": ["base", "none"]},',
        '  {"name": "two", "inherits": "two", "binaryDir": "$env{HOME}/b", "cacheVariables": {"BOARD": {"value": "z"}}}',
        ']}',
      ].join('\n'),
    },
    expected: ['buildFolder b/one one @2:49+17', 'one: board x @2:96+3', 'two: board z @4:105+3'],
  },
  {
    name: 'library.properties of an installed library',
    input: { path: '.pio/libdeps/s3/A/library.properties', text: 'name=A\nversion=1.2.0\ndepends=B\n' },
    expected: ['s3: library A 1.2.0 true @2:9+5'],
  },
  {
    name: 'library.properties of the project',
    input: {
      path: 'library.properties',
      text: 'name=Mine\nversion=1.2.0\ndepends=Arduino_TensorFlowLite, B (>=2.0)\n',
    },
    expected: ['library Mine false @1:6+4', 'library Arduino_TensorFlowLite false @3:9+22', 'library B false @3:33+9'],
  },
  {
    name: 'library.json',
    input: { path: 'lib/A/library.json', text: '{"name": "A",\n"version": "3.1.0"}' },
    expected: ['library A 3.1.0 true @2:12+7'],
  },
  {
    name: 'sdkconfig',
    input: {
      path: 'sdkconfig',
      text: 'CONFIG_IDF_TARGET="esp32s3"\n# CONFIG_SPIRAM is not set\nCONFIG_X=0x10\nNOT_OURS=1\n# comment\n',
    },
    expected: [
      'config CONFIG_IDF_TARGET esp32s3 @1:1+27',
      'config CONFIG_SPIRAM n @2:1+26',
      'config CONFIG_X 0x10 @3:1+13',
    ],
  },
  {
    name: 'sdkconfig of an environment of PlatformIO',
    input: { path: 'sdkconfig.esp32dev', text: 'CONFIG_X=y' },
    expected: ['esp32dev: config CONFIG_X y @1:1+10'],
  },
  {
    name: 'prj.conf',
    input: { path: 'app/prj.conf', text: 'CONFIG_TENSORFLOW_LITE_MICRO=y\r\nCONFIG_CPP=y\r\n' },
    expected: ['config CONFIG_TENSORFLOW_LITE_MICRO y @1:1+30', 'config CONFIG_CPP y @2:1+12'],
  },
  {
    name: '.config of a build of Zephyr',
    input: { path: 'build/zephyr/.config', text: 'CONFIG_BOARD="nrf52840dk"' },
    expected: ['config CONFIG_BOARD nrf52840dk @1:1+25'],
  },
  {
    name: 'idf_component.yml',
    input: {
      path: 'main/idf_component.yml',
      text: [
        'dependencies:',
        '  espressif/esp-tflite-micro: "^1.3.1"',
        '  idf: ">=5.0"',
        '  espressif/esp-nn:',
        "    version: '1.1.2' # pinned",
        '    rules:',
        '      - if: "target in [esp32]"',
        '  other: {version: "==2.0.0", public: true}',
      ].join('\n'),
    },
    expected: [
      'library espressif/esp-tflite-micro ^1.3.1 false @2:31+8',
      'library espressif/esp-nn 1.1.2 true @5:14+7',
      'library other 2.0.0 true @8:20+9',
    ],
  },
  {
    name: 'idf_component.yml of a component that was fetched',
    input: { path: 'managed_components/espressif__esp-nn/idf_component.yml', text: 'description: x\nversion: 1.1.0\n' },
    expected: ['library espressif/esp-nn 1.1.0 true @2:10+5'],
  },
  {
    name: 'dependencies.lock',
    input: {
      path: 'dependencies.lock',
      text: [
        'dependencies:',
        '  espressif/esp-tflite-micro:',
        '    component_hash: 1234',
        '    dependencies:',
        '    - name: espressif/esp-nn',
        '      version: ^1.1.0',
        '    source:',
        '      type: service',
        '    version: 1.3.4',
        '  idf:',
        '    version: 5.4.0',
        'manifest_hash: 1234',
        'target: esp32s3',
        'version: 2.0.0',
      ].join('\n'),
    },
    expected: [
      'framework esp-idf @13:9+7',
      'chip esp32s3 @13:9+7',
      'library espressif/esp-tflite-micro 1.3.4 true @9:14+5',
    ],
  },
  {
    name: 'west.yml',
    input: {
      path: 'west.yml',
      text: [
        'manifest:',
        '  remotes:',
        '    - name: zephyrproject-rtos',
        '      url-base: https://github.com/zephyrproject-rtos',
        '  projects:',
        '    - name: tflite-micro',
        '      remote: zephyrproject-rtos',
        '      revision: 8d404de73acf7687831e16d88e86e4f73cfddf9b',
        '    - name: nowhere',
      ].join('\n'),
    },
    expected: [
      'library https://github.com/zephyrproject-rtos/tflite-micro 8d404de73acf7687831e16d88e86e4f73cfddf9b true @8:17+40',
    ],
  },
  {
    name: 'CMakeLists.txt',
    input: {
      path: 'CMakeLists.txt',
      text: [
        'include(pico_sdk_import.cmake)',
        'set(PICO_BOARD pico_w CACHE STRING "Board")',
        'project(x C CXX)',
        '#[[ add_compile_definitions(NO=1) ]]',
        'target_compile_definitions(x PRIVATE ARENA=1024 OF=${SOMETHING})',
        'if(BIG)',
        '  add_definitions(-DSIZE=3)',
        'endif()',
        'add_definitions(-DSIZE=1 -DOTHER)',
        'FetchContent_Declare(t GIT_REPOSITORY https://github.com/raspberrypi/pico-tflmicro.git GIT_TAG main)',
      ].join('\n'),
    },
    expected: [
      'framework pico-sdk @1:1+30',
      'board pico_w @2:1+43',
      'library https://github.com/raspberrypi/pico-tflmicro.git main false @10:96+4',
      'define ARENA 1024 @5:38+10',
      'define OTHER 1 @9:26+7',
    ],
  },
  {
    name: 'CMakeCache.txt',
    input: { path: 'build/CMakeCache.txt', text: '// The board\nBOARD:STRING=nrf52840dk/nrf52840\nX:BOOL=ON\n' },
    expected: ['builtBoard nrf52840dk/nrf52840 @2:1+32'],
  },
  {
    name: 'wokwi.toml',
    input: { path: 'wokwi.toml', text: '[wokwi]\nversion = 1\nfirmware = ".pio/build/s3/firmware.bin"\n' },
    expected: ['built s3'],
  },
  {
    name: 'a sketch',
    input: { path: 'kws/kws.ino', text: '// x\n#include <TensorFlowLite.h>\nvoid setup() {}\n' },
    expected: ['library Arduino_TensorFlowLite false @2:1+27', 'framework arduino @1:1+0'],
  },
  { name: 'another file', input: { path: 'src/config.h', text: '' }, expected: ['no build file'] },
]);

check(
  'kinds of build files',
  (isVendored: boolean) =>
    buildFileKinds.filter((kind) => (kind.isVendored === true) === isVendored).flatMap(({ names }) => names),
  [
    { name: 'have the names that are looked for', input: false, expected: [...buildFileNames] },
    {
      name: 'have the names of copies that are looked for',
      input: true,
      expected: namesIn(vendoredPattern()),
    },
  ],
);

/** The names in the braces of a pattern. */
function namesIn(pattern: string): readonly string[] {
  return (/\{(.*)\}$/.exec(pattern)?.[1] ?? '').split(',');
}
