import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { analyseFirmware } from '../../src/core/analysis/firmware';
import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { exportModel } from '../../src/core/analysis/exportModel';
import { exportName, writePlan } from '../../src/core/export/exportFirmware';

import { exportStyles, projectAmong, projectOfExported, styleOfFolder } from '../../src/core/export/exportStyles';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model } from '../../src/core/model/model';
import { Compiler, hasCompiler } from '../firmware/corpus/compiler';
import { corpusModels } from '../firmware/corpus/models';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';

function exported(
  id: string,
  of: Model,
  board = 'arduino_nano33ble',
  path = 'models/digits.tflite',
): Map<string, string> {
  const style = exportStyles.find((each) => each.id === id)!;
  const request = { path, bytes: writeTflite(of), target: { board } };
  return new Map(exportModel(request, { style, path }).map((file) => [file.path, file.text]));
}

const paths: Readonly<Record<string, readonly string[]>> = {
  arduino: ['digits_model.h', 'digits_model.cpp', 'digits_model_data.cpp'],
  platformio: ['src/digits_model.h', 'src/digits_model.cc', 'src/digits_model_data.cc'],
  zephyr: ['src/digits_model.h', 'src/digits_model.cc', 'src/digits_model_data.cc'],
  'esp-idf': [
    'components/digits_model/digits_model.h',
    'components/digits_model/digits_model.cc',
    'components/digits_model/digits_model_data.cc',
    'components/digits_model/CMakeLists.txt',
    'components/digits_model/idf_component.yml',
  ],
  cmake: [
    'digits_model/digits_model.h',
    'digits_model/digits_model.cc',
    'digits_model/digits_model_data.cc',
    'digits_model/CMakeLists.txt',
  ],
};

check(
  'files of each style',
  (id: string) => [...exported(id, corpusModels.dense).keys()],
  exportStyles.map(({ id }) => ({ name: id, input: id, expected: [...paths[id]] })),
);

describe('exported sources', () => {
  const header = exported('platformio', corpusModels.dense).get('src/digits_model.h') ?? '';
  const source = exported('platformio', corpusModels.dense).get('src/digits_model.cc') ?? '';

  it('have an input and an output with their own scale and zero point', () => {
    // 1 / 255 and 1 / 256, of nine digits each.
    assert.deepEqual(
      header.split('\n').filter((line) => /k(?:In|Out)put/.test(line)),
      [
        'constexpr size_t kInputElements = 64;',
        'constexpr float kInputScale = 0.00392156886f;',
        'constexpr int kInputZeroPoint = -128;',
        'constexpr size_t kOutputElements = 4;',
        'constexpr float kOutputScale = 0.00390625000f;',
        'constexpr int kOutputZeroPoint = -128;',
      ],
    );
  });

  it('add exactly the operators of the model', () => {
    assert.deepEqual(source.match(/resolver\.Add\w+\(\)|<\d+> resolver/g), [
      '<2> resolver',
      'resolver.AddFullyConnected()',
      'resolver.AddSoftmax()',
    ]);
  });

  it('give a model with variables their table', () => {
    const text = exported('cmake', corpusModels.variable).get('digits_model/digits_model.cc') ?? '';
    assert.match(text, /MicroResourceVariables::Create\(allocator, 1\)/);
  });

  it('say which model they were made of, from where they lie', () => {
    assert.match(header, /^\/\/ Milliwatt export \{"model":"\.\.\/models\/digits\.tflite","hash":"[\da-f]{64}",/);
  });

  for (const { id } of exportStyles) {
    it(`of ${id} have nothing that Milliwatt itself would find`, () => {
      for (const of of [corpusModels.dense, corpusModels.conv, corpusModels.float]) {
        const sources = new Map([...exported(id, of)].filter(([name]) => /\.(?:h|cc|cpp)$/.test(name)));
        const choicesOf = () => ({ target: { board: 'arduino_nano33ble' } });
        const { findings, notes } = analyseFirmware({ sources, models: new Map(), choicesOf });
        assert.deepEqual(findings, []);
        // That the interpreter was found at all: its arena is known to be what the model needs.
        assert.ok(notes.some(({ hint = '' }) => /^needs ([\d,]+) of \1/.test(hint)));
      }
    });
  }
});

describe('exporting again', () => {
  const files = exportModel(
    { path: 'a.tflite', bytes: writeTflite(corpusModels.dense), target: {} },
    { style: exportStyles[0], path: 'a.tflite' },
  );
  const present = new Map(files.map(({ path, text }) => [path, text]));

  check(
    'what is written and what is left alone',
    (changes: Readonly<Record<string, string | undefined>>) => {
      const { writes, edited } = writePlan(files, (path) => (path in changes ? changes[path] : present.get(path)));
      return [writes, edited].map((list) => list.map(({ path }) => path));
    },
    [
      { name: 'nothing where nothing has changed', input: {}, expected: [[], []] },
      {
        name: 'line breaks of Windows are no change',
        input: { 'src/a_model.h': (present.get('src/a_model.h') ?? '').replaceAll('\n', '\r\n') },
        expected: [[], []],
      },
      { name: 'a file that has gone', input: { 'src/a_model.h': undefined }, expected: [['src/a_model.h'], []] },
      {
        name: 'a file that somebody has edited',
        input: { 'src/a_model.cc': `${present.get('src/a_model.cc') ?? ''}// mine\n` },
        expected: [[], ['src/a_model.cc']],
      },
      {
        name: 'a file of another origin',
        input: { 'src/a_model.cc': 'int main() {}\n' },
        expected: [[], ['src/a_model.cc']],
      },
    ],
  );

  it('writes all files anew when the model has changed', () => {
    const later = exportModel(
      { path: 'a.tflite', bytes: writeTflite(corpusModels.conv), target: {} },
      { style: exportStyles[0], path: 'a.tflite' },
    );
    const { writes, edited } = writePlan(later, (path) => present.get(path));
    assert.deepEqual([writes.length, edited.length], [3, 0]);
  });

  it('is asked for where the model has changed, once', () => {
    const models = new Map([['a.tflite', writeTflite(corpusModels.conv)]]);
    const found = analyseFirmware({ sources: present, models, choicesOf: () => ({ target: {} }) }).findings;
    assert.deepEqual(
      found.filter(({ code }) => code === 'firmware-export-stale').map(({ file, span }) => [file, span.line]),
      [['src/a_model.h', 0]],
    );
    const renewals = found.flatMap(({ renewal }) => renewal ?? []);
    assert.deepEqual(renewals, [
      { title: 'Export a.tflite again', from: 'a.tflite', folder: 'src', style: 'platformio' },
    ]);
  });
});

it('asks for it in an editor, too, where a model in a file of its own is not looked at for itself', () => {
  const bytes = writeTflite(corpusModels.dense);
  const index = new FirmwareIndex();
  const files = exportModel({ path: 'a.tflite', bytes, target: {} }, { style: exportStyles[0], path: 'a.tflite' });
  const header = files.find(({ path }) => path === 'src/a_model.h')?.text ?? '';
  for (const file of files) index.set(file.path, file.text);
  const stale = (): readonly string[] => {
    const { findings } = index.analyse({ requestOf: ({ path }) => ({ path, target: {} }) });
    return findings.flatMap(({ file, renewal }) => (renewal === undefined ? [] : [file]));
  };
  index.setFile('a.tflite', bytes);
  assert.deepEqual(stale(), []);
  index.setFile('a.tflite', writeTflite(corpusModels.conv));
  assert.deepEqual(stale(), ['src/a_model.h']);
  // The place is the same whichever file comes in again.
  index.set('src/a_model.h', `${header}\n`);
  assert.deepEqual(stale(), ['src/a_model.h']);
});

check('names of files', exportName, [
  { name: 'of a plain name', input: 'models/kws.tflite', expected: 'kws_model' },
  { name: 'that says model itself', input: 'sine_model.tflite', expected: 'sine_model' },
  { name: 'with what no identifier has', input: 'my net (v2).int8.tflite', expected: 'my_net_v2_int8_model' },
  { name: 'that begins with a digit', input: '2024.tflite', expected: 'm_2024_model' },
  { name: 'of nothing but signs', input: '猫.tflite', expected: 'the_model' },
  { name: 'that is a word of C++', input: 'new.tflite', expected: 'new_model' },
]);

check('style of a folder', (folder: Parameters<typeof styleOfFolder>[0]) => styleOfFolder(folder)?.id, [
  { name: 'PlatformIO', input: { files: ['platformio.ini', 'CMakeLists.txt'] }, expected: 'platformio' },
  { name: 'a sketch', input: { files: ['blink.ino'] }, expected: 'arduino' },
  { name: 'ESP-IDF by its defaults', input: { files: ['sdkconfig.defaults', 'CMakeLists.txt'] }, expected: 'esp-idf' },
  {
    name: 'ESP-IDF by its CMakeLists.txt',
    input: { files: ['CMakeLists.txt'], cmake: 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)' },
    expected: 'esp-idf',
  },
  { name: 'Zephyr', input: { files: ['prj.conf', 'CMakeLists.txt'] }, expected: 'zephyr' },
  { name: 'plain CMake', input: { files: ['CMakeLists.txt'], cmake: 'project(app)' }, expected: 'cmake' },
  { name: 'nothing', input: { files: ['readme.md'] }, expected: undefined },
]);

type Shown = Parameters<typeof styleOfFolder>[0] & { readonly name: string };

check(
  'the project above a file, the nearest folder first',
  (folders: readonly Shown[]) => {
    const found = projectAmong(folders);
    return found && [found.folder.name, found.style.id];
  },
  [
    {
      name: 'the nearest of two',
      input: [
        { name: 'models', files: [] },
        { name: 'node', files: ['platformio.ini'] },
        { name: '', files: ['west.yml', 'CMakeLists.txt'] },
      ],
      expected: ['node', 'platformio'],
    },
    {
      name: 'a component is a part of what lies above it',
      input: [
        { name: 'main', files: ['CMakeLists.txt'], cmake: 'idf_component_register(SRCS "main.c")' },
        { name: '', files: ['CMakeLists.txt'], cmake: 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)' },
      ],
      expected: ['', 'esp-idf'],
    },
    {
      name: 'a component by itself',
      input: [
        { name: 'main', files: ['CMakeLists.txt'], cmake: 'idf_component_register(SRCS "main.c")' },
        { name: '', files: ['readme.md'] },
      ],
      expected: ['main', 'esp-idf'],
    },
    {
      name: 'a project of ESP-IDF in a folder that CMake builds, too',
      input: [
        { name: 'esp', files: ['CMakeLists.txt'], cmake: 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)' },
        { name: '', files: ['CMakeLists.txt'], cmake: 'project(host)' },
      ],
      expected: ['esp', 'esp-idf'],
    },
    { name: 'none', input: [{ name: '', files: ['a.tflite'] }], expected: undefined },
  ],
);

check(
  'the project that exported files lie in',
  ([id, folder]: readonly [string, string]) => {
    const style = exportStyles.find((each) => each.id === id)!;
    return projectOfExported(style, 'kws_model', folder);
  },
  [
    { name: 'of PlatformIO', input: ['platformio', '/home/me/node/src'], expected: '/home/me/node' },
    { name: 'at the root', input: ['platformio', 'src'], expected: '' },
    { name: 'a sketch', input: ['arduino', 'sketch'], expected: 'sketch' },
    { name: 'a component', input: ['esp-idf', 'node/components/kws_model'], expected: 'node' },
    { name: 'moved elsewhere', input: ['esp-idf', 'node/main'], expected: undefined },
    { name: 'of another name', input: ['cmake', 'app/other_model'], expected: undefined },
  ],
);

check('models that cannot be exported', (of: Model) => exported('cmake', of).size, [
  {
    name: 'with an operator that TFLM does not have',
    input: model(
      graph([tensor('x', 'float32', [1, 8]), tensor('y', 'float32', [1, 8])], [operator('SIGN', [0], [1])], {
        inputs: [0],
        outputs: [1],
      }),
    ),
    fails:
      'Firmware with this model would not run. TFLite Micro has no operator SIGN; write it out with operators that TFLite Micro has, or compute it in the application.',
  },
]);

const isThere = hasCompiler();
const missing = isThere || process.env.CI !== undefined ? false : 'arm-none-eabi-g++ is not installed';

describe('exported sources compile', { skip: missing, concurrency: 2 }, () => {
  let compiler: Compiler;
  before(() => {
    assert.ok(isThere, 'arm-none-eabi-g++ is not installed. Install it: CI compiles what is exported.');
    compiler = new Compiler();
  });
  after(() => compiler.close());
  for (const { id } of exportStyles) {
    it(id, async () => {
      for (const of of [corpusModels.dense, corpusModels.float, corpusModels.variable]) {
        const files = [...exported(id, of)].filter(([name]) => /\.(?:h|cc|cpp)$/.test(name));
        // Frameworks build each file with its own folder among the paths of headers.
        const flat = files.map(([name, text]) => [name.slice(name.lastIndexOf('/') + 1), text] as const);
        assert.equal(await compiler.errorsOf(Object.fromEntries(flat)), '');
      }
    });
  }
});
