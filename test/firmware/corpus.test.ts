import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changed, edited, findings, sourcesOf } from './corpus/projects';
import { rows } from './corpus/rows';

describe('the corpus of firmware', () => {
  for (const row of rows) {
    it(row.name, () => {
      const files = sourcesOf(row);
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
