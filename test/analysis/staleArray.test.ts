import assert from 'node:assert/strict';
import { analyseFirmware } from '../../src/core/analysis/firmware';
import type { RecordedArray } from '../../src/core/firmwareRules/rule';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { textAfter } from '../../src/core/model/textEdit';
import { corpusModels } from '../firmware/corpus/models';
import { check } from '../support/check';
import { xxdSource } from '../support/sources';

const [older, newer] = [corpusModels.dense, corpusModels.float].map((model) => writeTflite(model));

/** An array in decimals, eight in a line, with the constant of its length. */
function decimals(name: string, bytes: Uint8Array): string {
  const lines = Array.from({ length: Math.ceil(bytes.length / 8) }, (_none, line) =>
    [...bytes.subarray(8 * line, 8 * line + 8)].join(', '),
  );
  return `alignas(16) const uint8_t ${name}[] = {\n    ${lines.join(',\n    ')},\n};\nconst int ${name}_len = ${bytes.length};\n`;
}

/** What `xxd -i` writes, made constant and aligned. */
function xxd(name: string, bytes: Uint8Array): string {
  return `alignas(16) const ${xxdSource(name, bytes)}`;
}

interface Stale {
  readonly sources: Readonly<Record<string, string>>;
  readonly models: Readonly<Record<string, Uint8Array>>;
  readonly recorded?: readonly RecordedArray[];
}

interface Said {
  readonly found: readonly string[];
  /** The source after the fix of the first finding. */
  readonly after?: string;
}

function said({ sources, models, recorded }: Stale): Said {
  const texts = new Map(Object.entries(sources));
  const { findings } = analyseFirmware({
    sources: texts,
    models: new Map(Object.entries(models)),
    recorded,
    choicesOf: () => ({ target: { runtime: 'tflm-reference' } }),
  });
  const found = findings.map(({ severity, code, file, span }) => `${severity} ${code} ${file}:${span.line + 1}`);
  const [first] = findings;
  if (findings.length === 0) return { found };
  assert.equal(first.fixes.length, 1);
  const after = textAfter(texts.get(first.file) ?? '', first.fixes[0].edits);
  const again = said({ sources: { ...sources, [first.file]: after }, models, recorded });
  assert.deepEqual(again.found, []);
  return { found, after };
}

const stale = (place: string): string => `warning firmware-array-stale ${place}`;

check('arrays and the files that they were made from', said, [
  {
    name: 'the name that xxd gives, in another folder',
    input: { sources: { 'src/model.cc': xxd('models_kws_tflite', older) }, models: { 'ml/models/kws.tflite': newer } },
    expected: { found: [stale('src/model.cc:1')], after: xxd('models_kws_tflite', newer) },
  },
  {
    name: 'the array is made from what the file holds',
    input: { sources: { 'src/model.cc': xxd('kws_tflite', older) }, models: { 'kws.tflite': older } },
    expected: { found: [] },
  },
  {
    name: 'recorded in the project, in decimals',
    input: {
      sources: { 'src/data.h': `#pragma once\n${decimals('g_kws', older)}int other = 3;\n` },
      models: { 'out/best.tflite': newer },
      recorded: [{ path: 'out/best.tflite', sources: ['src/data.h'], array: 'g_kws' }],
    },
    expected: {
      found: [stale('src/data.h:2')],
      after: `#pragma once\n${decimals('g_kws', newer)}int other = 3;\n`,
    },
  },
  {
    name: 'recorded for another source',
    input: {
      sources: { 'src/data.h': decimals('g_kws', older) },
      models: { 'out/best.tflite': newer },
      recorded: [{ path: 'out/best.tflite', sources: ['src/other.h'], array: 'g_kws' }],
    },
    expected: { found: [] },
  },
  {
    name: 'a file of the same name is a guess',
    input: { sources: { 'src/kws_model_data.cc': xxd('g_model', older) }, models: { 'train/kws.tflite': newer } },
    expected: {
      found: ['information firmware-array-stale src/kws_model_data.cc:1'],
      after: xxd('g_model', newer),
    },
  },
  {
    name: 'made from another file that is there, too',
    input: {
      sources: { 'src/kws.cc': xxd('kws_tflite', older) },
      models: { 'kws.tflite': newer, 'kws_older.tflite': older },
    },
    expected: { found: [] },
  },
  {
    name: 'two files that are as near',
    input: {
      sources: { 'src/kws.cc': xxd('kws_tflite', older) },
      models: { 'a/kws.tflite': newer, 'b/kws.tflite': newer },
    },
    expected: { found: [] },
  },
  {
    name: 'a file of another name',
    input: { sources: { 'src/model.cc': xxd('g_model', older) }, models: { 'kws.tflite': newer } },
    expected: { found: [] },
  },
]);
