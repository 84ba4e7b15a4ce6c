import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFirmwareSource } from '../../src/core/analysis/firmwareFiles';
import type { FirmwareAnalysis } from '../../src/core/analysis/firmwareIndex';
import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { arduino } from '../firmware/corpus/bases';
import { corpusModels } from '../firmware/corpus/models';
import { check } from '../support/check';
import { xxdNumbers } from '../support/sources';

function arrayOf(bytes: Uint8Array): string {
  return `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${xxdNumbers(bytes)}\n};\n`;
}

const sketch = 'sketch/sketch.ino';

function indexOfSketch(most?: number): FirmwareIndex {
  const index = new FirmwareIndex(most);
  index.set('sketch/model.cpp', arrayOf(writeTflite(corpusModels.dense)));
  for (const path of ['sketch/model.h', sketch]) index.set(path, arduino.files[path]);
  return index;
}

function analysed(index: FirmwareIndex): FirmwareAnalysis {
  return index.analyse({ requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' } }) });
}

function hints({ notes }: FirmwareAnalysis): readonly string[] {
  return notes.flatMap(({ file, span, hint }) => (hint === undefined ? [] : [`${file}:${span.line + 1} ${hint}`]));
}

describe('the index of a firmware', () => {
  it('says at the arena and at the resolver what is needed, and at the interpreter how that is known', () => {
    const analysis = analysed(indexOfSketch());
    assert.deepEqual(analysis.findings, []);
    assert.deepEqual(hints(analysis), [`${sketch}:9 needs 784 of 784 bytes`, `${sketch}:15 2 operators`]);
    const interpreter = analysis.notes.find(({ span }) => span.line === 17);
    assert.deepEqual(interpreter?.says.slice(0, 3), [
      'The interpreter runs g_model (sketch/model.cpp).',
      'Its resolver is resolver with 2 operators (sketch/sketch.ino:15).',
      'Its arena is tensor_arena (sketch/sketch.ino:10) with 784 bytes.',
    ]);
    assert.deepEqual(interpreter.models, [{ path: 'sketch/model.cpp', array: 'g_model' }]);
  });

  it('follows edits', () => {
    const index = indexOfSketch();
    analysed(index);
    index.set(sketch, arduino.files[sketch].replace('784', '700').replace(/ {2}if \(resolver.AddSoftmax.*\n/, ''));
    const analysis = analysed(index);
    assert.deepEqual(analysis.findings.map(({ code, span }) => `${code}:${span.line + 1}`).slice(0, 2), [
      'firmware-arena-too-small:9',
      'firmware-operator-missing:15',
    ]);
    assert.deepEqual(hints(analysis), [`${sketch}:9 needs 784 of 700 bytes`, `${sketch}:15 1 operator, 1 missing`]);
    index.set(sketch, arduino.files[sketch]);
    assert.deepEqual(analysed(index).findings, []);
  });

  it('takes the file that the build makes an array of', () => {
    const index = new FirmwareIndex();
    index.set(sketch, arduino.files[sketch].replace('GetModel(g_model)', 'GetModel(g_kws_model_data)'));
    index.setFile('models/kws.tflite', writeTflite(corpusModels.dense));
    index.setFile('models/other.tflite', writeTflite(corpusModels.float));
    assert.deepEqual(index.models, [{ path: 'models/kws.tflite', array: undefined }]);
    assert.deepEqual(hints(analysed(index)), [`${sketch}:9 needs 784 of 784 bytes`, `${sketch}:15 2 operators`]);
    index.delete('models/kws.tflite');
    assert.deepEqual(
      analysed(index).findings.map(({ code }) => code),
      ['firmware-array-absent'],
    );
  });

  it('takes a file that is written down as what an array is made of', () => {
    const index = new FirmwareIndex();
    index.set(sketch, arduino.files[sketch]);
    index.setFile('models/kws.tflite', writeTflite(corpusModels.dense));
    const { findings, notes } = index.analyse({
      requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' } }),
      recorded: [{ path: 'models/kws.tflite', array: 'g_model' }],
    });
    assert.deepEqual([findings.length, notes[0].hint], [0, 'needs 784 of 784 bytes']);
  });

  it("counts a model in TFLM's own sources where the firmware names it", () => {
    const index = new FirmwareIndex();
    const path = 'lib/tensorflow/lite/micro/models/model_data.cc';
    index.set(path, arrayOf(writeTflite(corpusModels.dense)).replace('alignas(16) ', ''));
    assert.deepEqual(index.models, []);
    index.set(sketch, arduino.files[sketch]);
    assert.deepEqual(index.models, [{ path, array: 'g_model' }]);
    assert.deepEqual(analysed(index).findings, []);
    assert.deepEqual(hints(analysed(index)), [`${sketch}:9 needs 784 of 784 bytes`, `${sketch}:15 2 operators`]);
  });

  it('reports as is chosen where the models lie', () => {
    const index = indexOfSketch();
    index.set(sketch, arduino.files[sketch].replace('784', '700').replace(/ {2}if \(resolver.AddSoftmax.*\n/, ''));
    const rules = { 'firmware-arena-too-small': 'off', 'firmware-operator-missing': { severity: 'warning' } } as const;
    const { findings } = index.analyse({
      requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' }, rules }),
    });
    assert.deepEqual(findings.map(({ code, severity }) => `${severity} ${code}`).slice(0, 1), [
      'warning firmware-operator-missing',
    ]);
  });

  it('takes of two arrays of one name that which is compiled, wherever it moves, and says at the other that it is not', () => {
    const index = indexOfSketch();
    const [dense, float] = [corpusModels.dense, corpusModels.float].map((each) => arrayOf(writeTflite(each)));
    const both = `#define BIG 1\n#if BIG\n${dense}#else\n${float}#endif\n`;
    for (const text of [both, `// moved\n${both}`]) {
      index.set('sketch/model.cpp', text);
      const analysis = analysed(index);
      assert.deepEqual(
        index.models.map(({ array }) => array),
        ['g_model', 'g_model~2'],
      );
      assert.deepEqual(analysis.findings, []);
      const [arena] = analysis.notes;
      assert.equal(arena.hint, 'needs 784 of 784 bytes');
      const note = analysis.notes.at(-1);
      const line = text.slice(0, text.indexOf('#else')).split('\n').length;
      assert.equal(`${note?.hint ?? ''} ${note?.span.line ?? 0}`, `not compiled ${line}`);
      assert.equal(note?.says[0], 'Not compiled: #else of #if BIG does not hold.');
    }
  });

  it('knows nothing of the model any more once its source is gone', () => {
    const index = indexOfSketch();
    index.delete('sketch/model.cpp');
    assert.deepEqual(index.models, []);
    assert.deepEqual(hints(analysed(index)), []);
  });

  it('keeps of a large array its model and its lines alone, with every place where it was', () => {
    const index = indexOfSketch();
    assert.deepEqual(index.models, [{ path: 'sketch/model.cpp', array: 'g_model' }]);
    index.set('sketch/model.cpp', arrayOf(writeTflite(corpusModels.dense)).replace('alignas(16) ', ''));
    const [finding] = analysed(index).findings;
    assert.equal(`${finding.code} ${finding.span.line} ${finding.span.column}`, 'firmware-array-alignment 1 20');
  });

  it('gives each model a budget of its own, and a sentence to one that takes more', () => {
    const said = (steps: number, names: readonly string[]): readonly (string | undefined)[] => {
      const index = new FirmwareIndex();
      for (const name of names) index.set(`${name}.cpp`, arrayOf(writeTflite(corpusModels.dense)));
      return index
        .analyse({ requestOf: ({ path }) => ({ path, target: { board: 'esp32' } }), work: { steps, bytes: 2 ** 30 } })
        .models.map(({ failure, report }) => failure?.code ?? (report === undefined ? undefined : 'analysed'));
    };
    assert.deepEqual(said(1, ['one']), ['over-budget']);
    // The least power of two that is enough for one model is not enough for two together.
    const enough = Array.from({ length: 30 }, (_none, power) => 2 ** power).find(
      (steps) => said(steps, ['one'])[0] === 'analysed',
    );
    assert.deepEqual(said(enough ?? 0, ['one', 'two']), ['analysed', 'analysed']);
  });

  it('leaves sources out beyond what it may keep', () => {
    const index = new FirmwareIndex(100);
    assert.equal(index.set('a.cc', 'int a;'), true);
    assert.equal(index.set('b.cc', ' '.repeat(100)), false);
    index.delete('a.cc');
    assert.equal(index.set('b.cc', ' '.repeat(100)), true);
  });
});

/** What an index has of one source: its models with their bytes, and what is said of arrays that hold none. */
function found(text: string): readonly string[] {
  const index = new FirmwareIndex();
  index.set('model.inc', text);
  const { models, unreadable } = analysed(index);
  return [
    ...models.map(({ array, report }) => `${array ?? 'no name'}: ${report?.model.bytes ?? 0}`),
    ...unreadable.map(({ code, severity, file, span }) => `${severity} ${code} ${file}:${span.line}:${span.column}`),
  ];
}

const dense = writeTflite(corpusModels.dense);
const octal = Array.from(dense, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

check('the models of a source', found, [
  { name: 'of numbers', input: arrayOf(dense), expected: [`g_model: ${dense.length}`] },
  {
    name: 'of a string, without the zero that ends it',
    input: `const char g_text[] = "${octal}";`,
    expected: [`g_text: ${dense.length}`],
  },
  { name: 'of a file to be included', input: xxdNumbers(dense), expected: [`no name: ${dense.length}`] },
  { name: 'what is switched off', input: `#if 0\n${arrayOf(dense)}#endif\n`, expected: [] },
  { name: 'what is cut off', input: arrayOf(dense).slice(0, -9), expected: ['warning array-cut model.inc:1:32'] },
  {
    name: 'what stands in another file, which is looked at for itself',
    input: 'const unsigned char g_model[] = {\n#include "other.inc"\n};\n',
    expected: [],
  },
]);

describe('the sources of a firmware', () => {
  for (const [path, expected] of [
    ['src/main.cpp', true],
    ['sketch.ino', true],
    ['src/notes.md', false],
    ['.pio/libdeps/x.cpp', false],
    ['build/model.cc', false],
    ['cmake-build-debug/a.c', false],
    ['lib/tensorflow/lite/micro/micro_interpreter.h', false],
    ['managed_components/esp-tflite-micro/a.cc', false],
    ['builder/a.cc', true],
    ['lib/tensorflow/lite/micro/models/person_detect_model_data.cc', true],
    ['build/tensorflow/lite/micro/models/person_detect_model_data.cc', false],
    ['tensorflow/lite/micro/examples/hello_world/main_functions.cc', true],
    ['lib/tensorflow/lite/micro/examples/hello_world/main_functions.cc', false],
  ] as const) {
    it(`${expected ? 'have' : 'leave out'} ${path}`, () => assert.equal(isFirmwareSource(path), expected));
  }
});

/** Hints of a firmware whose sketch has something added, behind those of arena and resolver. */
function sketchHints(added: string): readonly string[] {
  const index = indexOfSketch();
  index.set(sketch, `${arduino.files[sketch]}${added}`);
  return hints(analysed(index)).slice(2);
}

const task = 'void helper() { loop(); }\nvoid task(void*) { helper(); }\n';

check('stacks of tasks that run the interpreter', sketchHints, [
  {
    name: 'of FreeRTOS, whose unit is not known',
    input: `${task}void begin() {\n  xTaskCreate(task, "run", 8 * 1024, NULL, 1, NULL);\n}\n`,
    expected: [`${sketch}:33 stack of 8,192 units, runs the interpreter`],
  },
  {
    name: 'of ESP-IDF, in bytes',
    input: `#include "freertos/task.h"\n${task}void begin() {\n  xTaskCreatePinnedToCore((TaskFunction_t)task, "run", 4096, NULL, 1, NULL, 1);\n}\n`,
    expected: [`${sketch}:34 stack of 4,096 bytes, runs the interpreter`],
  },
  {
    name: 'of Zephyr, by the thread that takes it',
    input: `${task}K_THREAD_STACK_DEFINE(area, 2048);\nvoid begin() {\n  k_thread_create(&t, area, K_THREAD_STACK_SIZEOF(area), task, NULL, NULL, NULL, 5, 0, K_NO_WAIT);\n}\n`,
    expected: [`${sketch}:32 stack of 2,048 bytes, runs the interpreter`],
  },
  {
    name: 'of Zephyr in one',
    input: `${task}K_THREAD_DEFINE(id, 1024 * 3, task, NULL, NULL, NULL, 5, 0, 0);\n`,
    expected: [`${sketch}:32 stack of 3,072 bytes, runs the interpreter`],
  },
  {
    name: 'of CMSIS-RTOS, in words with ST',
    input: `${task}void begin() {\n  osThreadDef(run, task, osPriorityNormal, 0, 512);\n}\n`,
    expected: [`${sketch}:33 stack of 2,048 bytes, runs the interpreter`],
  },
  {
    name: 'of CMSIS-RTOS, by its attributes',
    input: `${task}const osThreadAttr_t how = {.name = "run", .stack_size = 512 * 4};\nvoid begin() { osThreadNew(task, NULL, &how); }\n`,
    expected: [`${sketch}:32 stack of 2,048 bytes, runs the interpreter`],
  },
  {
    name: 'of Mbed',
    input: `${task}rtos::Thread thread(osPriorityNormal, 8 * 1024);\nvoid begin() { thread.start(task); }\n`,
    expected: [`${sketch}:32 stack of 8,192 bytes, runs the interpreter`],
  },
  {
    name: 'of a task that does something else',
    input: 'void blink(void*) { toggle(); }\nvoid begin() { xTaskCreate(blink, "blink", 1024, NULL, 1, NULL); }\n',
    expected: [],
  },
]);
