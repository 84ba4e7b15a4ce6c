import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-cli-'));
after(() => rmSync(folder, { recursive: true }));

const activation = (name: string, type: 'int8' | 'float32' = 'int8'): ReturnType<typeof tensor> =>
  tensor(name, type, [1, 100], { quantization: type === 'int8' ? quantized(1) : undefined });

const small = graph([activation('x'), activation('relu/Relu')], [operator('RELU', [0], [1])], {
  inputs: [0],
  outputs: [1],
});
const refused = graph(
  [activation('x', 'float32'), activation('y', 'float32')],
  [operator('REVERSE_SEQUENCE', [0], [1])],
  {
    inputs: [0],
    outputs: [1],
  },
);

mkdirSync(join(folder, 'models'));
writeFileSync(join(folder, 'models', 'small.tflite'), writeTflite(model(small)));
writeFileSync(join(folder, 'models', 'refused.tflite'), writeTflite(model(refused)));
writeFileSync(join(folder, 'models', 'broken.tflite'), 'no model');
writeFileSync(
  join(folder, 'good.json'),
  JSON.stringify({ board: 'raspberry_pi_pico', models: [{ path: 'models/small.tflite' }] }),
);
writeFileSync(
  join(folder, 'bad.json'),
  JSON.stringify({ models: ['small', 'refused', 'broken'].map((name) => ({ path: `models/${name}.tflite` })) }),
);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(args: readonly string[]): Outcome {
  const result = spawnSync(process.execPath, [...commandLine, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: commandLineEnvironment,
  });
  return { code: result.status, out: result.stdout, error: result.stderr.trim() };
}

check(
  'command line: exit codes and sentences',
  (args: readonly string[]) => {
    const { code, error } = run(args);
    return { code, error };
  },
  [
    { name: 'a good workspace', input: ['check', '--config', 'good.json'], expected: { code: 0, error: '' } },
    { name: 'findings of severity error', input: ['check', '--config', 'bad.json'], expected: { code: 1, error: '' } },
    {
      name: 'no workspace file',
      input: ['check', '--config', 'none.json'],
      expected: {
        code: 1,
        error: 'none.json cannot be read: there is no such file or folder. Check the path and its permissions.',
      },
    },
    {
      name: 'a board that is not there',
      input: ['analyze', 'models/small.tflite', '--board', 'raspberry_pi_pica'],
      expected: {
        code: 2,
        error: 'There is no board "raspberry_pi_pica"; did you mean "raspberry_pi_pico"? `milliwatt boards` lists all.',
      },
    },
    {
      name: 'a setting that is no pair',
      input: ['analyze', 'models/small.tflite', '--set', 'optimization'],
      expected: {
        code: 2,
        error: '--set optimization is not of the form key=value. Write for instance --set optimization=Os.',
      },
    },
    {
      name: 'a file that is no model',
      input: ['analyze', 'models/broken.tflite', 'models/small.tflite', '--json'],
      expected: { code: 1, error: '' },
    },
  ],
);

check(
  'command line: analyze --json',
  (args: readonly string[]) =>
    run(['analyze', ...args, '--json'])
      .out.trim()
      .split('\n')
      .map((line) => {
        const parsed = JSON.parse(line) as { model: { path: string; operators?: number }; error?: string };
        return [parsed.model.path, parsed.model.operators ?? parsed.error];
      }),
  [
    {
      name: 'one object a line, in order, an unreadable model among them',
      input: ['models/small.tflite', 'models/broken.tflite', 'models/refused.tflite'],
      expected: [
        ['models/small.tflite', 1],
        ['models/broken.tflite', brokenSentence()],
        ['models/refused.tflite', 1],
      ],
    },
  ],
);

/** The reader's own sentence for a file that is no model: the command line hands it on unchanged. */
function brokenSentence(): string {
  const { out } = run(['check', '--config', 'bad.json']);
  const line = out.split('\n').find((each) => each.startsWith('models/broken.tflite: error: ')) ?? '';
  return line.slice('models/broken.tflite: error: '.length, line.lastIndexOf(' ['));
}

check(
  'command line: check --json',
  (config: string) => {
    interface Checked {
      readonly path: string;
      readonly findings: readonly {
        readonly id: string;
        readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly file: string }[] }[];
      }[];
    }
    const { models } = JSON.parse(run(['check', '--config', config, '--json']).out) as { models: Checked[] };
    return models.map(({ path, findings }) => [
      path,
      ...findings.map(({ id, fixes }) => [id, ...fixes.map(({ title, edits }) => `${edits[0].file}: ${title}`)]),
    ]);
  },
  [
    {
      name: 'findings with the edits that help',
      input: 'bad.json',
      expected: [
        ['models/small.tflite'],
        [
          'models/refused.tflite',
          [
            'operator-unsupported y',
            'bad.json: Ignore "operator-unsupported" for y in milliwatt.json',
            'bad.json: Report "operator-unsupported" as warning in milliwatt.json',
            'bad.json: Ignore "operator-unsupported" in milliwatt.json',
          ],
        ],
        ['models/broken.tflite', ['not-tflite']],
      ],
    },
  ],
);

check(
  'command line: check --sarif',
  (file: string) => {
    run(['check', '--config', 'bad.json', '--sarif', file]);
    const log = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      version: string;
      runs: {
        results: {
          ruleId: string;
          level: string;
          locations: {
            physicalLocation: { artifactLocation: { uri: string } };
            logicalLocations?: { fullyQualifiedName: string }[];
          }[];
          fixes: {
            artifactChanges: {
              artifactLocation: { uri: string };
              replacements: { insertedContent: { text: string } }[];
            }[];
          }[];
        }[];
      }[];
    };
    const results = log.runs[0].results
      .slice(0, 1)
      .map(({ ruleId, level, locations, fixes }) => [
        ruleId,
        level,
        locations[0].physicalLocation.artifactLocation.uri,
        locations[0].logicalLocations?.[0].fullyQualifiedName,
        fixes[0].artifactChanges.map(({ artifactLocation: { uri }, replacements: [{ insertedContent }] }) => [
          uri,
          (JSON.parse(insertedContent.text) as { rules: unknown }).rules,
        ]),
      ]);
    return { version: log.version, results };
  },
  [
    {
      name: 'one result a finding, with its rule, its file and what helps',
      input: 'out.sarif',
      expected: {
        version: '2.1.0',
        results: [
          [
            ...['operator-unsupported', 'error', 'models/refused.tflite', 'models/refused.tflite/y'],
            [['bad.json', { 'operator-unsupported': { except: ['y'] } }]],
          ],
        ],
      },
    },
  ],
);

check('command line: list', (args: readonly string[]) => run(['list', ...args]).out.split('\n'), [
  {
    name: 'without a board the model alone',
    input: ['models/small.tflite'],
    expected: [
      `model  small.tflite   TFLite 3 · ${writeTflite(model(small)).byteLength} bytes · 1 operator · 0 MACs`,
      'in   x     int8[1,100]            q 1 +0',
      '  #  name  operator  output       (inputs)',
      '  0  relu  RELU      int8[1,100]  (x)',
      'out  relu  int8[1,100]            q 1 +0',
      '',
    ],
  },
]);
