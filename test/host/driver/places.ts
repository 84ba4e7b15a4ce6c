import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const hostFolder = path.join(root, 'test', 'host');
/** Bundled suites, logs and pictures of failures; not in the repository. */
export const outFolder = path.join(hostFolder, 'out');
/** The sample workspace. */
export const examplesFolder = path.join(root, 'examples');

/** A new folder that the caller removes. */
export function temporaryFolder(purpose: string): string {
  return mkdtempSync(path.join(tmpdir(), `milliwatt-${purpose}-`));
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** What package.json says of itself. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
}

/** `publisher.name-version`, the name of an extension's folder. */
export function extensionFolderName(): string {
  const { publisher, name, version } = manifest();
  return `${publisher}.${name}-${version}`;
}
