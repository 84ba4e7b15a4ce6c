import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const bundle = path.join(root, 'dist', 'cli.js');
const sources = path.join(root, 'src');
const { resolve } = createRequire(import.meta.url);
/** Arguments of Node with which it runs TypeScript from any folder, on threads too, which only require it. */
export const fromSources: readonly string[] = [
  ...['--require', resolve('tsx/cjs')],
  ...['--import', pathToFileURL(resolve('tsx')).href],
];

/**
 * Arguments of Node that start `milliwatt`: the bundle users get, or the sources, which start seconds later, where the
 * bundle is not newer than they are.
 */
export const commandLine: readonly string[] = isCurrent() ? [bundle] : [...fromSources, path.join(sources, 'cli.ts')];

/** The environment that goes with it: the sources are found with the settings of this project from any folder. */
export const commandLineEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.json'),
};

function isCurrent(): boolean {
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).every(
    (file) => statSync(path.join(sources, file)).mtimeMs < built,
  );
}
