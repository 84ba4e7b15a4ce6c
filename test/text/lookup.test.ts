import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { kernels } from '../../src/core/execute/kernels';
import { lookup } from '../../src/core/text/lookup';
import { check } from '../support/check';

check('a table asked with any name', (name: string) => lookup({ RELU: 1 })[name], [
  { name: 'an entry', input: 'RELU', expected: 1 },
  { name: 'what every object has', input: 'constructor', expected: undefined },
  { name: 'its prototype', input: '__proto__', expected: undefined },
]);

it('a custom operator called constructor has no kernel', () => assert.equal(kernels.constructor, undefined));

it('tables that are asked with any name are lookups', () => {
  const sources = path.join(import.meta.dirname, '..', '..', 'src');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const others = files.filter((file) =>
    /Record<string, .*>> = \{/.test(readFileSync(path.join(sources, file), 'utf8')),
  );
  assert.deepStrictEqual(others, []);
});
