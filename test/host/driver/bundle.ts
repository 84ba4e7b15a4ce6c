import { build } from 'esbuild';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hostFolder, outFolder } from './places';

/** Bundles the test files of `test/host/suite/NAME/` into one file whose `run()` VS Code calls; gives its path. */
export async function bundleSuite(name: string): Promise<string> {
  const folder = path.join(hostFolder, 'suite', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
  const loads = files.map((file) => `require('./${file}');`).join(' ');
  const outfile = path.join(outFolder, 'suite', `${name}.js`);
  await build({
    stdin: {
      contents: `import { runMocha } from '../runMocha'; export const run = () => runMocha(${JSON.stringify(name)}, () => { ${loads} });`,
      resolveDir: folder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'serialport', '@serialport/*'],
    // What bundled test support knows its own place by.
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}

/** Makes an extension that shows hints of its own in programs of Python, in a folder of installed extensions. */
export async function makeOtherHints(extensionsFolder: string): Promise<void> {
  const folder = path.join(extensionsFolder, 'test.other-hints-1.0.0');
  mkdirSync(folder, { recursive: true });
  const entry = path.join(hostFolder, 'support', 'otherHints.ts');
  await build({
    entryPoints: [entry],
    outfile: path.join(folder, 'extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const about = { publisher: 'test', name: 'other-hints', version: '1.0.0', engines: { vscode: '^1.80.0' } };
  const start = { main: './extension.js', activationEvents: ['onStartupFinished'] };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...about, ...start }));
}
