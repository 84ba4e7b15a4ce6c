import { check } from '../support/check';
import { nextRelease } from './nextRelease';

interface Given {
  readonly step?: string;
  readonly version?: string;
  readonly changelog?: string;
}

/** Everything a release changes, in one text. */
function released({
  step = 'minor',
  version = '0.1.0',
  changelog = '# Changelog\n\n## Unreleased\n\n- New.\n',
}: Given): string {
  const texts = {
    manifest: `{\n  "name": "milliwatt",\n  "version": "${version}", "other": { "version": "${version}" }\n}\n`,
    lock: `{ "version": "${version}", "packages": { "": { "version": "${version}" }, "a": { "version": "${version}" } } }`,
    changelog,
    pages: [`- uses: milliwatt/milliwatt@v${version}\n- uses: actions/checkout@v4\n`],
  };
  const { version: next, texts: all } = nextRelease(texts, step, '2026-11-29');
  return [next, all.manifest, all.lock, all.changelog, ...all.pages].join('\n');
}

/** The version and the headings alone. */
function headings(given: Given): readonly string[] {
  const lines = released(given).split('\n');
  return [lines[0], ...lines.filter((line) => line.startsWith('## '))];
}

check('a release changes', released, [
  {
    name: 'its own version in manifest and lock file, the heading without a day, and pages that name it as an action',
    input: {},
    expected: [
      '0.1.0',
      '{\n  "name": "milliwatt",\n  "version": "0.1.0", "other": { "version": "0.1.0" }\n}\n',
      '{ "version": "0.1.0", "packages": { "": { "version": "0.1.0" }, "a": { "version": "0.1.0" } } }',
      '# Changelog\n\n## 0.1.0 (2026-11-29)\n\n- New.\n',
      '- uses: milliwatt/milliwatt@v0.1.0\n- uses: actions/checkout@v4\n',
    ].join('\n'),
  },
  {
    name: 'versions of other packages stay',
    input: {
      step: 'patch',
      version: '1.2.9',
      changelog: '## Unreleased\n\n- Mended.\n\n## 1.2.9 (2026-01-02)\n\n- Old.\n',
    },
    expected: [
      '1.2.10',
      '{\n  "name": "milliwatt",\n  "version": "1.2.10", "other": { "version": "1.2.9" }\n}\n',
      '{ "version": "1.2.10", "packages": { "": { "version": "1.2.10" }, "a": { "version": "1.2.9" } } }',
      '## 1.2.10 (2026-11-29)\n\n- Mended.\n\n## 1.2.9 (2026-01-02)\n\n- Old.\n',
      '- uses: milliwatt/milliwatt@v1.2.10\n- uses: actions/checkout@v4\n',
    ].join('\n'),
  },
]);

const older = '## 1.2.9 (2026-01-02)\n';

check('the version of a release', headings, [
  {
    name: 'a major one takes the other parts to 0',
    input: { step: 'major', version: '1.2.9', changelog: `## Unreleased\n${older}` },
    expected: ['2.0.0', '## 2.0.0 (2026-11-29)', '## 1.2.9 (2026-01-02)'],
  },
  {
    name: 'a minor one takes the last part to 0',
    input: { version: '1.2.9', changelog: `## Unreleased\n${older}` },
    expected: ['1.3.0', '## 1.3.0 (2026-11-29)', '## 1.2.9 (2026-01-02)'],
  },
  {
    name: 'a heading that was a version already, without a day, is not released yet',
    input: { changelog: '## 0.1.0\n' },
    expected: ['0.1.0', '## 0.1.0 (2026-11-29)'],
  },
  {
    name: 'a part that is no part',
    input: { step: 'all' },
    fails: 'Say which part of the version goes up: patch, minor, major.',
  },
  {
    name: 'a version below the one that is there',
    input: { step: 'patch' },
    fails: '0.0.1 is lower than 0.1.0, which package.json has: another part of the version goes up.',
  },
  {
    name: 'nothing that waits for a release',
    input: { version: '1.2.9', changelog: older },
    fails: 'CHANGELOG.md has nothing to release: a heading "## Unreleased" with what changed goes on top of it.',
  },
]);
