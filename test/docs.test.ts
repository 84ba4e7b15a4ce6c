import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { firmwareRules } from '../src/core/firmwareRules/firmwareRules';
import type { Rule } from '../src/core/rules/rule';
import { rules } from '../src/core/rules/rules';
import { commandsFor } from '../src/cli/commands';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A table of rules as README.md must hold it: made from the rules' own sentences. */
function tableOf(all: readonly Pick<Rule, 'code' | 'severity' | 'documentation'>[]): string {
  const rows = all.map(({ code, severity, documentation }) => `| \`${code}\` | ${severity} | ${documentation} |`);
  return ['| code | severity | what it means |', '| --- | --- | --- |', ...rows].join('\n');
}

describe('documents', () => {
  for (const [name, all] of [
    ['rules', rules],
    ['rules of firmware', firmwareRules],
  ] as const) {
    it(`README.md holds the table of ${name}`, () => {
      assert.ok(read('README.md').includes(tableOf(all)), `README.md must hold this table:\n${tableOf(all)}`);
    });
  }

  it('README.md names every command of the command line', () => {
    const names = commandsFor([]).map(({ name }) => name);
    assert.deepStrictEqual(
      names.filter((name) => !read('README.md').includes(`milliwatt ${name}`)),
      [],
    );
  });

  it('README.md and MEMORY.md show only pictures that are there', () => {
    const pictures = [...(read('README.md') + read('MEMORY.md')).matchAll(/\]\((media\/[^)]+)\)/g)].map(
      (match) => match[1],
    );
    for (const picture of pictures) assert.ok(readFileSync(join(root, picture)).length > 0);
  });

  it('ARCHITECTURE.md names every folder of src', () => {
    const rooms = ['src', 'src/core'].flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      ),
    );
    const text = read('ARCHITECTURE.md');
    assert.deepStrictEqual(
      rooms.filter((room) => !text.includes(`${room}/`)),
      [],
    );
  });
});
