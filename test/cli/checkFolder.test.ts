import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { arduino } from '../firmware/corpus/bases';
import { corpusModels } from '../firmware/corpus/models';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-firmware-'));
after(() => rmSync(folder, { recursive: true }));

const bytes = [...writeTflite(corpusModels.dense)];
mkdirSync(path.join(folder, 'sketch'));
for (const [file, text] of Object.entries(arduino.files)) {
  const written = file.endsWith('.ino') ? text.replace('= 784', '= 512').replace('alignas(16) ', '') : text;
  writeFileSync(path.join(folder, file), written.replace(/\{0x1c[^}]*\}/, `{${bytes.join(', ')}}`));
}
writeFileSync(path.join(folder, 'model.tflite'), writeTflite(corpusModels.conv));

interface Found {
  readonly models: readonly { readonly path: string; readonly array?: string }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number;
  }[];
}

it('checks the models and the firmware of a folder without a project file', () => {
  const sarif = path.join(folder, 'out.sarif');
  const args = ['check', folder, '--json', '--sarif', sarif, '--runtime', 'tflm-reference'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
    env: commandLineEnvironment,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 1);
  const { models, findings } = JSON.parse(stdout) as Found;
  assert.deepEqual(
    models.map(({ path: file, array }) => [file, array]),
    [
      ['model.tflite', undefined],
      ['sketch/model.cpp', 'g_model'],
    ],
  );
  assert.deepEqual(
    findings.map(({ rule, severity, file, line }) => [rule, severity, file, line]),
    [
      ['firmware-arena-too-small', 'error', 'sketch/sketch.ino', 9],
      ['firmware-arena-alignment', 'information', 'sketch/sketch.ino', 10],
    ],
  );
  const { runs } = JSON.parse(readFileSync(sarif, 'utf8')) as { runs: { results: { ruleId: string }[] }[] };
  assert.deepEqual(
    runs[0].results.map(({ ruleId }) => ruleId),
    ['firmware-arena-too-small', 'firmware-arena-alignment'],
  );
});
