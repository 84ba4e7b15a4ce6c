import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { textAfter } from '../../src/core/model/textEdit';
import { FirmwareFolders, writtenArray } from '../../src/worker/firmware/folders';
import { corpusModels } from '../firmware/corpus/models';

const folder = 'file:///firmware';
const bytes = [...writeTflite(corpusModels.float)].join(', ');
const text = `alignas(16) const unsigned char g_model[] = {${bytes}};\n`;

describe('the sources of a workspace folder', () => {
  it('are read by the thread, within the folder, and what is left out is said', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'milliwatt-firmware-'));
    const outside = mkdtempSync(path.join(tmpdir(), 'milliwatt-outside-'));
    try {
      writeFileSync(path.join(root, 'model.cc'), text);
      writeFileSync(path.join(outside, 'other.cc'), text);
      symlinkSync(path.join(outside, 'other.cc'), path.join(root, 'link.cc'));
      const folders = new FirmwareFolders();
      const changes = ['model.cc', 'link.cc', 'gone.cc'].map((name) => ({ path: name, file: path.join(root, name) }));
      const { models, leftOut } = folders.update({ type: 'updateSources', folder, root, changes });
      assert.deepEqual(models, [{ path: 'model.cc', array: 'g_model' }]);
      assert.equal(leftOut.length, 1);
      assert.match(leftOut[0], /^link\.cc/);
    } finally {
      for (const each of [root, outside]) rmSync(each, { recursive: true });
    }
  });

  it('are what is unsaved as long as there is such, and nothing once they are gone', () => {
    const folders = new FirmwareFolders();
    const update = (change: object): number =>
      folders.update({ type: 'updateSources', folder, changes: [{ path: 'model.cc', ...change }] }).models.length;
    assert.equal(update({ text }), 1);
    assert.equal(update({ text: 'int nothing;' }), 0);
    assert.equal(update({ text }), 1);
    assert.equal(update({}), 0);
  });

  it('are analysed for what each model is asked with; without a request a model is left out', () => {
    const folders = new FirmwareFolders();
    const main = `constexpr int kArena = 16;\nalignas(16) uint8_t arena[kArena];\nvoid setup() {\n  static tflite::MicroMutableOpResolver<1> ops;\n  if (ops.AddLogistic() != kTfLiteOk) return;\n  static tflite::MicroInterpreter i(tflite::GetModel(g_model), ops, arena, kArena);\n}\n`;
    const changes = [
      { path: 'model.cc', text },
      { path: 'main.cc', text: main },
    ];
    const { models } = folders.update({ type: 'updateSources', folder, changes });
    const requests = models.map((model) => ({ model, request: { path: model.path, target: {} } }));
    const codes = (asked: typeof requests): readonly string[] =>
      folders
        .analyse({ type: 'analyseFirmware', folder, requests: asked, recorded: [] })
        .findings.map(({ code }) => code);
    assert.deepEqual(codes(requests), ['firmware-arena-too-small']);
    assert.deepEqual(codes([]), []);
    folders.forget(folder);
    assert.deepEqual(codes(requests), []);
  });

  it('take sizes from flags of the build, and say what it is for', () => {
    const folders = new FirmwareFolders();
    const main = `#ifndef ARENA\n#define ARENA 65536\n#endif\nalignas(16) uint8_t arena[ARENA];\nvoid setup() {\n  static tflite::MicroMutableOpResolver<1> ops;\n  if (ops.AddLogistic() != kTfLiteOk) return;\n  static tflite::MicroInterpreter i(tflite::GetModel(g_model), ops, arena, ARENA);\n}\n`;
    const changes = [
      { path: 'src/model.cc', text },
      { path: 'src/main.cc', text: main },
    ];
    const { models } = folders.update({ type: 'updateSources', folder, changes });
    const requests = models.map((model) => ({ model, request: { path: model.path, target: {} } }));
    const build = (ini: string | undefined, chosen: Readonly<Record<string, string>> = {}): readonly unknown[] => {
      const change = { path: 'platformio.ini', ...(ini === undefined ? {} : { text: ini }) };
      const reply = folders.updateBuild({ type: 'updateBuildFiles', folder, changes: [change], chosen });
      const { findings } = folders.analyse({ type: 'analyseFirmware', folder, requests, recorded: [] });
      return [reply.targets.map(({ environment }) => environment), findings.map(({ code }) => code)];
    };
    const small = '[env:small]\nboard = pico\nbuild_flags = -DARENA=16\n';
    assert.deepEqual(build(undefined), [[], ['firmware-arena-too-large']]);
    assert.deepEqual(build(small), [['small'], ['firmware-arena-too-small']]);
    const both = `${small}[env:large]\nboard = pico\nbuild_flags = -DARENA=65536\n`;
    assert.deepEqual(build(both), [[undefined], ['firmware-arena-too-large']]);
    assert.deepEqual(build(both, { '': 'small' }), [['small'], ['firmware-arena-too-small']]);
  });

  it('are told of a file that an array was made from, and write the array again', () => {
    const folders = new FirmwareFolders();
    const newer = writeTflite(corpusModels.dense);
    const changes = [
      { path: 'model.cc', text },
      { path: 'kws.tflite', bytes: newer },
    ];
    const { models } = folders.update({ type: 'updateSources', folder, changes });
    const requests = models.map((model) => ({ model, request: { path: model.path, target: {} } }));
    const recorded = [{ path: 'kws.tflite', array: 'g_model' }];
    const found = (): readonly object[] =>
      folders
        .analyse({ type: 'analyseFirmware', folder, requests, recorded })
        .findings.map(({ code, rewrite }) => ({ code, rewrite }));
    const title = 'Write g_model again from kws.tflite';
    const rewrite = { title, from: 'kws.tflite', array: 'g_model', isCertain: true };
    assert.deepEqual(found(), [{ code: 'firmware-array-stale', rewrite }]);
    const [source, model] = changes;
    const edits = writtenArray({ type: 'writeArray', source, array: 'g_model', model });
    const after = textAfter(text, edits);
    assert.equal(after, `alignas(16) const unsigned char g_model[] = {${[...newer].join(', ')}};\n`);
    folders.update({ type: 'updateSources', folder, changes: [{ path: 'kws.tflite' }] });
    assert.deepEqual(found(), []);
  });
});
