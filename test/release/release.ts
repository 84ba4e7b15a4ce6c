import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nextRelease } from './nextRelease';

const root = path.join(import.meta.dirname, '..', '..');
const pages = ['README.md', 'docs/command-line.md'];

/**
 * `npm run release -- patch|minor|major`: the next version in the manifest, the lock file, the changelog and the pages
 * that name it. It commits and publishes nothing, and needs no network; docs/release.md says what follows.
 */
function main([step]: readonly string[]): void {
  const changed = git(['status', '--porcelain']);
  if (changed !== '') throw new Error(`Commit or stash first what is not committed:\n${changed}`);
  const { version, texts } = nextRelease(
    {
      manifest: read('package.json'),
      lock: read('package-lock.json'),
      changelog: read('CHANGELOG.md'),
      pages: pages.map(read),
    },
    step,
    today(),
  );
  write('package.json', texts.manifest);
  write('package-lock.json', texts.lock);
  write('CHANGELOG.md', texts.changelog);
  pages.forEach((page, index) => write(page, texts.pages[index]));
  console.log(
    `${version}: look at "git diff", then commit it as v${version}; docs/release.md says how it is published.`,
  );
}

/** The day that the environment gives to what is built, else that of the last commit: the same wherever it is run. */
function today(): string {
  const seconds = process.env.SOURCE_DATE_EPOCH;
  return seconds === undefined
    ? git(['log', '-1', '--format=%cs'])
    : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}

function git(args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
