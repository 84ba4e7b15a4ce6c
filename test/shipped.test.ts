import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import shipped from './shipped.json';

/**
 * What the bundles carry of others: each package is one that was looked at, with its licence in the notices, in no
 * version with a known hole. The list is kept here, because a build may have no way to a list of advisories.
 */
const notices = path.join(__dirname, '..', 'dist', 'third-party-notices.txt');

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

const known = new Set([...Object.keys(shipped.fenced), ...shipped.kept]);
// The file is that of jsfive, in the public domain: made of pyfive, whose terms (BSD-3-Clause) stand with it.
const inFile = 'SEE LICENSE IN LICENSE.txt';
const licences = new Set([
  'MIT',
  '(MIT AND Zlib)',
  'Apache-2.0',
  'BSD-3-Clause',
  'BSD-2-Clause',
  '0BSD',
  'ISC',
  inFile,
]);

function readNotices(): readonly Notice[] {
  return readFileSync(notices, 'utf8')
    .split(`\n${'-'.repeat(80)}\n\n`)
    .map((notice) => {
      const [, name, version, licence, text] = /^(\S+) (\S+) \((.*)\)\n\n([^]*)$/.exec(notice) ?? [];
      return { name, version, licence, text };
    });
}

function isBelow(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at] < b[at];
}

// The bundles are made before the tests are run: `npm test` does.
describe('what is shipped of others', { skip: existsSync(notices) ? false : 'dist/ was not built' }, () => {
  const all = existsSync(notices) ? readNotices() : [];

  it('is on the list of what was looked at', () =>
    assert.deepEqual(
      all.map(({ name }) => name).filter((name) => !known.has(name)),
      [],
    ));

  it('carries its licence, one of those that allow it', () =>
    assert.deepEqual(
      all.filter(({ licence, text }) => !licences.has(licence) || text.length < 500).map(({ name }) => name),
      [],
    ));

  it('has the terms of what jsfive is made of, and what it brings in its own bundle', () => {
    const { text } = all.find(({ name }) => name === 'jsfive')!;
    assert.match(text, /public domain[^]*Jonathan J\. Helmus[^]*Redistributions in binary form must reproduce/);
    assert.ok(all.some(({ name }) => name === 'pako'));
  });

  it('has no version with a known hole', () => {
    const fixed: Readonly<Record<string, readonly string[]>> = shipped.fixedIn;
    assert.deepEqual(
      all.filter(
        ({ name, version }) =>
          shipped.hijacked.includes(`${name} ${version}`) ||
          (Object.hasOwn(fixed, name) && isBelow(version, fixed[name][0])),
      ),
      [],
    );
  });
});
