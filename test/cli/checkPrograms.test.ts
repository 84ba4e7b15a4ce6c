import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-programs-'));
after(() => rmSync(folder, { recursive: true }));

mkdirSync(path.join(folder, 'src'));
const files = {
  'src/train.py':
    'import keras\nfrom blocks import head\n' +
    'front = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3)])\n' +
    'model = keras.Sequential([front, keras.layers.GlobalAveragePooling2D(), head(4)])\n',
  'src/blocks.py': 'from keras import layers\n\n\ndef head(n):\n    return layers.Dense(n, activation="gelu")\n',
  'src/plain.py': 'print(1)\n',
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);

function milliwatt(...args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
    env: commandLineEnvironment,
    encoding: 'utf8',
    cwd: folder,
  });
  return { status, text: `${stdout}${stderr}` };
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region?: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

function placesIn(file: string): readonly string[] {
  const { runs } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Sarif;
  return runs[0].results.map(
    ({ ruleId, locations: [{ physicalLocation: at }] }) =>
      `${ruleId} ${at.artifactLocation.uri}:${at.region?.startLine}`,
  );
}

it('checks the models that the programs of a folder build, parts of others left out', () => {
  const { status, text } = milliwatt('check', '.', '--sarif', 'folder.sarif');
  assert.equal(status, 1);
  assert.match(text, /^src\/train\.py#model: src\/blocks\.py:5: error: The layer "dense" \(Dense\) becomes GELU/m);
  assert.match(text, /^1 model, /m);
  assert.ok(placesIn('folder.sarif').includes('operator-unsupported src/blocks.py:5'));
});

it('checks a program that the project names, with the modules beside it', () => {
  const project = { models: [{ path: 'src/train.py#model' }] };
  writeFileSync(path.join(folder, 'milliwatt.json'), JSON.stringify(project));
  const { status, text } = milliwatt('check', '--sarif', 'project.sarif');
  assert.equal(status, 1);
  assert.match(text, /^src\/train\.py#model: src\/blocks\.py:5: error: The layer "dense"/m);
  const places = placesIn('project.sarif');
  assert.ok(places.includes('operator-unsupported src/blocks.py:5'), places.join('\n'));
});

for (const args of [['quantize'], ['prune', '--ratio', '0.5'], ['fit'], ['convert'], ['run']]) {
  it(`says that a program has no weights: ${args[0]}`, () => {
    const { status, text } = milliwatt(args[0], 'src/train.py#model', ...args.slice(1));
    assert.notEqual(status, 0);
    assert.match(
      text,
      /src\/train\.py#model builds a model that has no trained weights\. Run it, let it save the model with model\.save\(\), and name that file, or its weights with --weights FILE\./,
    );
  });
}
