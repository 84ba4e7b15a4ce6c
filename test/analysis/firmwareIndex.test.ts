import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFirmwareSource } from '../../src/core/analysis/firmwareFiles';
import type { FirmwareAnalysis } from '../../src/core/analysis/firmwareIndex';
import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { arduino } from '../firmware/corpus/bases';
import { corpusModels } from '../firmware/corpus/models';
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

  it('leaves sources out beyond what it may keep', () => {
    const index = new FirmwareIndex(100);
    assert.equal(index.set('a.cc', 'int a;'), true);
    assert.equal(index.set('b.cc', ' '.repeat(100)), false);
    index.delete('a.cc');
    assert.equal(index.set('b.cc', ' '.repeat(100)), true);
  });
});

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
  ] as const) {
    it(`${expected ? 'have' : 'leave out'} ${path}`, () => assert.equal(isFirmwareSource(path), expected));
  }
});
