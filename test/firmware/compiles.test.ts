import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Compiler, hasCompiler } from './corpus/compiler';
import { changed, sourcesOf } from './corpus/projects';
import { rows } from './corpus/rows';

const isThere = hasCompiler();
/** Where every test has to run, a missing compiler is a failure. */
const missing = isThere || process.env.CI !== undefined ? false : 'arm-none-eabi-g++ is not installed';

describe('the corpus of firmware compiles once it is fixed', { skip: missing, concurrency: 2 }, () => {
  let compiler: Compiler;
  before(() => {
    assert.ok(isThere, 'arm-none-eabi-g++ is not installed. Install it: CI compiles the corpus.');
    compiler = new Compiler();
  });
  after(() => compiler.close());
  for (const row of rows) {
    it(row.name, async () => {
      assert.equal(await compiler.errorsOf(changed(sourcesOf(row), row.fixed ?? [])), '');
    });
  }
});
