import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import manifest from '../../package.json';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-doctor-'));
after(() => rmSync(folder, { recursive: true }));
for (const name of ['git', 'xtensa-esp-elf-addr2line']) {
  writeFileSync(join(folder, name), '#!/bin/sh\n');
  chmodSync(join(folder, name), 0o755);
}

/** Some of what is found, with nothing on the path but a folder. */
function found([path, ...args]: readonly string[]): unknown {
  const { stdout } = spawnSync(process.execPath, [...commandLine, 'doctor', '--json', ...args], {
    encoding: 'utf8',
    env: { ...commandLineEnvironment, PATH: path },
  });
  const { Milliwatt, git, ...more } = JSON.parse(stdout) as Record<string, string>;
  return [Milliwatt, more['Node.js'], more['float engine'], more['places of crashes'], git];
}

const float = 'TensorFlow.js wasm';

check('milliwatt doctor', found, [
  {
    name: 'names the tools that are there',
    input: [folder],
    expected: [manifest.version, process.versions.node, float, 'xtensa-esp-elf-addr2line', 'on the path'],
  },
  {
    name: 'says what is missing, and why another engine does not serve',
    input: [join(folder, 'none'), '--tfjs-node', folder],
    expected: [
      manifest.version,
      process.versions.node,
      `${float}. @tensorflow/tfjs-node is not in "${folder}", so that float values were computed by ${float}.`,
      'no addr2line on the path',
      'not on the path',
    ],
  },
]);
