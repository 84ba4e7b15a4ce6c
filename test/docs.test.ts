import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { commandsFor } from '../src/cli/commands';
import { documentNow, documents, root } from './docs/blocks';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const pages = readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`);

/** What a link to a heading names, as GitHub and VS Code make it of the heading's text. */
function anchorOf(line: string): string | undefined {
  const [, title] = /^#+ (.+)$/.exec(line) ?? [];
  return title
    ?.toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe('documents', () => {
  for (const file of documents) {
    it(`${file} holds the tables that the code gives`, async () => {
      assert.equal(read(file), await documentNow(file), `${file} is stale: run "npm run docs".`);
    });
  }

  it('docs/command-line.md says of every command what it is for', () => {
    const text = read('docs/command-line.md');
    const names = commandsFor(['?']).map(({ name }) => name);
    assert.deepStrictEqual(
      names.filter((name) => !text.includes(`| \`milliwatt ${name}`) && !text.includes(`, \`milliwatt ${name}\``)),
      [],
    );
  });

  it('links lead to files and headings that are there', () => {
    const places = ['README.md', ...pages, 'MEMORY.md', 'ARCHITECTURE.md'].flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([link, place, heading]) => {
        const target = place === '' ? file : path.posix.join(path.posix.dirname(file), place);
        return { link: `${file}: ${link}`, target, heading };
      }),
    );
    const isMissing = ({ target, heading }: (typeof places)[number]): boolean =>
      !existsSync(path.join(root, target)) ||
      (heading !== undefined &&
        !read(target)
          .split('\n')
          .some((line) => anchorOf(line) === heading));
    assert.ok(places.length > 30);
    assert.deepStrictEqual(
      places.filter(isMissing).map(({ link }) => link),
      [],
    );
  });

  it('README.md stays a page', () => {
    assert.ok(read('README.md').length < 16_000);
    assert.deepStrictEqual(
      pages.filter((page) => !read('README.md').includes(`](${page})`)),
      [],
    );
  });

  it('README.md and MEMORY.md show only pictures that are there', () => {
    const pictures = [...(read('README.md') + read('MEMORY.md')).matchAll(/\]\((media\/[^)]+)\)/g)].map(
      (match) => match[1],
    );
    for (const picture of pictures) assert.ok(readFileSync(path.join(root, picture)).length > 0);
  });

  it('ARCHITECTURE.md names every folder of src', () => {
    const rooms = ['src', 'src/core'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) =>
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
