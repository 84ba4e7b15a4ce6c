import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { check } from './support/check';

const root = path.join(__dirname, '..');

/** Files in what VS Code loads at the start of the extension, before anything is asked of it. */
async function filesOfStart(): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode', 'serialport', '*Work'],
    write: false,
    metafile: true,
  });
  const files = new Set<string>();
  const follow = (output: string): void => {
    const { inputs, imports } = metafile.outputs[output];
    for (const input of Object.keys(inputs)) files.add(input);
    for (const { path: next, kind, external } of imports) if (kind === 'import-statement' && !external) follow(next);
  };
  follow('out/extension.js');
  return [...files];
}

const start = filesOfStart();

/** Whether a file or folder of the extension begins like this. */
function isThere(part: string): boolean {
  const { dir, base } = path.parse(part);
  return readdirSync(path.join(root, dir)).some((name) => name.startsWith(base));
}

check(
  'the start of the extension carries nothing of',
  async (part: string) => {
    // Of a part that was renamed there would be nothing either.
    assert.ok(isThere(part), `There is no ${part} any more.`);
    return (await start).filter((file) => file.includes(part));
  },
  [
    { name: 'the table of boards', input: 'src/core/boards/data/', expected: [] },
    { name: 'the operators', input: 'src/core/operators/', expected: [] },
    { name: 'the estimates of kernels', input: 'src/core/runtimes/cost/', expected: [] },
    { name: 'the readers of models', input: 'src/core/formats/tflite/', expected: [] },
    { name: 'what executes models', input: 'src/core/execute/', expected: [] },
    { name: 'the commands', input: 'src/host/commands/compressCommands', expected: [] },
    { name: 'the editor of milliwatt.json', input: 'node_modules/jsonc-parser/', expected: [] },
  ],
);
