import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

/** A repository with a model of one RELU; then it works on ten times as many values, and another model comes. */
const folder = mkdtempSync(join(tmpdir(), 'milliwatt-since-'));
after(() => rmSync(folder, { recursive: true }));
const relu = (count: number): Uint8Array =>
  writeTflite(
    model(
      graph([tensor('x', 'float32', [1, count]), tensor('y', 'float32', [1, count])], [operator('RELU', [0], [1])], {
        inputs: [0],
        outputs: [1],
      }),
    ),
  );
const gitIn = (repository: string, ...args: readonly string[]): void =>
  void execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    stdio: 'ignore',
  });
const git = (...args: readonly string[]): void => gitIn(folder, ...args);
writeFileSync(join(folder, 'a.tflite'), relu(64));
writeFileSync(join(folder, 'milliwatt.json'), '{"models": [{"path": "a.tflite"}, {"path": "b.tflite"}]}');
git('init', '-q');
git('add', '.');
git('commit', '-qm', 'first');
writeFileSync(join(folder, 'a.tflite'), relu(640));
writeFileSync(join(folder, 'b.tflite'), relu(64));

/** Each model in the summary with the change of its RAM, and what else is said. */
function summary(args: readonly string[], cwd = folder): unknown {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...commandLine, 'check', '--format', 'markdown', ...args],
    { cwd, encoding: 'utf8', env: commandLineEnvironment },
  );
  const rows = stdout.split('\n').filter((line) => line.startsWith('| `'));
  return [status, ...rows.map((row) => changeOf(row)), stderr.trim()];
}

function changeOf(row: string): string {
  const [, name, , change] = /^\| `(.*?)` \| ([^,|]*)(?:, \*\*(.*?)\*\*)? \|/.exec(row) ?? [];
  return change === undefined ? name : `${name} ${change}`;
}

// Two tensors of 640 values of 4 bytes, planned one beside the other: 2 x (2,560 - 256) bytes more than before.
const grown = 'a.tflite +4.50 KB';

check('milliwatt check --since', summary, [
  { name: 'of a project', input: ['--since', 'HEAD'], expected: [0, grown, 'b.tflite', ''] },
  { name: 'of a folder', input: ['.', '--since', 'HEAD'], expected: [0, grown, 'b.tflite', ''] },
  {
    name: 'a revision that is none',
    input: ['.', '--since', '--output=x'],
    expected: [
      2,
      '"--output=x" is no revision of a Git repository that . lies in. Name a branch, a tag or a commit; in CI it may have to be fetched first.',
    ],
  },
]);

/** A repository with a builder of one dense layer, which another program calls for 640 values; it grows from 64. */
const programs = mkdtempSync(join(tmpdir(), 'milliwatt-since-'));
after(() => rmSync(programs, { recursive: true }));
const builder = (units: number): string => `# milliwatt: numbers=float32; batch=1
from keras import Sequential, layers
def build(n):
    return Sequential([layers.Input((n,)), layers.Dense(${units})])
`;
writeFileSync(join(programs, 'models.py'), builder(64));
writeFileSync(
  join(programs, 'train.py'),
  '# milliwatt: numbers=float32; batch=1\nimport keras\nfrom models import build\nbuild(640)\n',
);
gitIn(programs, 'init', '-q');
gitIn(programs, 'add', '.');
gitIn(programs, 'commit', '-qm', 'first');
writeFileSync(join(programs, 'models.py'), builder(640));

check(
  'milliwatt check --since of a builder that another program calls',
  (args: readonly string[]) => summary(args, programs),
  [
    {
      // The input keeps its 640 values of 4 bytes, the output grows from 64 of them to 640.
      name: 'is shown for the same caller on both sides',
      input: ['.', '--since', 'HEAD'],
      expected: [0, 'models.py#build +2.25 KB', 'train.py#sequential +2.25 KB', ''],
    },
  ],
);
