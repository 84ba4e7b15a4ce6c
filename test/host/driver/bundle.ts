import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
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
