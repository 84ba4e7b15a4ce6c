import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { Firmware } from '../../src/core/firmware/firmware';
import type { FirmwareFinding } from '../../src/core/firmwareRules/firmwareProblems';
import { firmwareContext, firmwareProblems } from '../../src/core/firmwareRules/firmwareProblems';
import type { FirmwareModel } from '../../src/core/firmwareRules/rule';
import { textAfter } from '../../src/core/model/textEdit';
import { arenaRows } from './corpus/arena';
import type { Change, CorpusRow, Sources } from './corpus/corpus';
import { layoutRows } from './corpus/layout';
import { madeRows } from './corpus/made';
import { corpusModels } from './corpus/models';
import { resolverRows } from './corpus/resolver';
import { valueRows } from './corpus/values';

const rows: readonly CorpusRow[] = [...arenaRows, ...resolverRows, ...layoutRows, ...valueRows, ...madeRows];

function changed(files: Sources, changes: readonly Change[]): Sources {
  const after = { ...files };
  for (const [file, before, replacement] of changes) {
    assert.equal(after[file].split(before).length, 2, `"${before}" is not once in ${file}`);
    after[file] = after[file].split(before).join(replacement);
  }
  return after;
}

function findings({ project, flags, board }: CorpusRow, files: Sources): readonly FirmwareFinding[] {
  const { target } = resolveTarget({ board, runtime: 'tflm-reference' });
  const models = Object.entries(project.models).map(([place, name]): FirmwareModel => {
    const [path, array] = place.split(' ');
    const model = corpusModels[name];
    return { path, array, hash: name, model, target, report: estimate(model, path, target, {}).report };
  });
  return firmwareProblems(firmwareContext(new Firmware(new Map(Object.entries(files)), flags), models));
}

function edited(files: Sources, { fixes }: FirmwareFinding): Sources {
  const after = { ...files };
  for (const file of new Set(fixes[0].edits.map((edit) => edit.file))) {
    after[file] = textAfter(
      files[file],
      fixes[0].edits.filter((edit) => edit.file === file),
    );
  }
  return after;
}

describe('the corpus of firmware', () => {
  for (const row of rows) {
    it(row.name, () => {
      const files = changed(row.project.files, row.changes ?? []);
      const found = findings(row, files);
      assert.deepStrictEqual(
        found.map(({ severity, code, file, span }) => `${severity} ${code} ${file}:${span.line + 1}`),
        row.expected,
        found.map(({ message }) => message).join('\n'),
      );
      if (row.says !== undefined) assert.ok(found[0].message.includes(row.says), found[0].message);
      if (found.length === 0) return;
      assert.equal(found[0].fixes.length > 0, row.fixed !== undefined, JSON.stringify(found[0].fixes));
      if (row.fixed === undefined) return;
      const after = edited(files, found[0]);
      assert.deepStrictEqual(after, changed(files, row.fixed));
      const left = findings(row, after).filter(({ code }) => code === found[0].code);
      assert.equal(left.length, found.filter(({ code }) => code === found[0].code).length - 1);
    });
  }
});
