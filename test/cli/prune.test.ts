import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Graph, Operator } from '../../src/core/model/model';
import { floats, graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-prune-'));
after(() => rmSync(folder, { recursive: true }));

const [x, wa, a, wb, y] = [
  tensor('x', 'float32', [1, 2]),
  floats('wa', [4, 2], [1, 0, 0.5, 1, 2, -1, 0.1, 0.1]),
  tensor('a', 'float32', [1, 4]),
  floats('wb', [2, 4], [1, -1, 0.5, 2, 1, 1, 1, 1]),
  tensor('y', 'float32', [1, 2]),
];
const layers = [operator('FULLY_CONNECTED', [0, 1, -1], [2]), operator('FULLY_CONNECTED', [2, 3, -1], [4])];

/** x[1,2] -> a[1,4] -> y[1,2]: 16 multiply-accumulates, 4 for each channel of a. */
function dense(outputs = [4], operators: readonly Operator[] = layers): Graph {
  return graph([x, wa, a, wb, y], operators, { inputs: [0], outputs });
}

const shared = graph(
  [x, floats('w', [2, 2], [1, 2, 3, 4]), tensor('a', 'float32', [1, 2]), tensor('b', 'float32', [1, 2]), wb, y].map(
    (each) => (each.name === 'wb' ? floats('wb', [2, 2], [1, 1, 1, 1]) : each),
  ),
  [
    operator('FULLY_CONNECTED', [0, 1, -1], [2]),
    operator('FULLY_CONNECTED', [2, 1, -1], [3]),
    operator('FULLY_CONNECTED', [3, 4, -1], [5]),
  ],
  { inputs: [0], outputs: [5] },
);
const custom = graph(
  [x, wa, a, tensor('c', 'float32', [1, 4]), wb, y],
  [
    operator('FULLY_CONNECTED', [0, 1, -1], [2]),
    operator('CUSTOM', [2], [3], { customCode: 'Mystery' }),
    operator('FULLY_CONNECTED', [3, 4, -1], [5]),
  ],
  { inputs: [0], outputs: [5] },
);

const files: Readonly<Record<string, Uint8Array | string>> = {
  'dense.tflite': writeTflite(model(dense())),
  'mine.tflite': writeTflite(model(dense())),
  'mine.pruned.tflite': 'mine',
  'outputs.tflite': writeTflite(model(dense([4, 2]))),
  'shared.tflite': writeTflite(model(shared)),
  'custom.tflite': writeTflite(model(custom)),
  'damaged.tflite': writeTflite(model(dense())).subarray(0, 60),
  'good.csv': Array.from({ length: 20 }, (_, row) => `${row / 20},${-row / 20}`).join('\n'),
};
for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command; `interruptAt` sends Ctrl+C as soon as it says this. */
function run(args: readonly string[], interruptAt?: string): Promise<Outcome> {
  const child = spawn(process.execPath, [...commandLine, 'prune', ...args], {
    cwd: folder,
    env: commandLineEnvironment,
  });
  let [output, errors, isStopped] = ['', '', false];
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
    // A second Ctrl+C would end it at once.
    if (isStopped || interruptAt === undefined || !errors.includes(interruptAt)) return;
    isStopped = child.kill('SIGINT');
  });
  return new Promise((done) => child.once('close', (code) => done({ code, output, errors: errors.trim() })));
}

/** Exit code and what is said of a failure; no new file may be there. */
async function refused(args: readonly string[]): Promise<readonly [number | null, string]> {
  const before = readdirSync(folder);
  const { code, errors } = await run(args);
  assert.deepEqual(readdirSync(folder), before);
  return [code, errors.split('\n').at(-1)!.replace(`${folder}/`, '')];
}

interface Printed {
  readonly kind: string;
  readonly source: { readonly macs: number };
  readonly result: { readonly path: string; readonly bytes: number; readonly macs: number };
  readonly decisions: readonly string[];
  readonly warnings: readonly string[];
  readonly curve: { readonly points: readonly { readonly chosen?: boolean }[]; readonly unreachable?: string };
}

it('writes a new file with half of the channels, repaired by samples, and gives the proof as JSON', async () => {
  const { code, output } = await run(['dense.tflite', '--ratio', '0.5', '--data', 'good.csv', '--json', '--force']);
  assert.equal(code, 0);
  const proof = JSON.parse(output) as Printed;
  assert.equal(proof.kind, 'prune');
  const bytes = readFileSync(join(folder, 'dense.pruned.tflite'));
  assert.deepEqual(proof.result, { path: 'dense.pruned.tflite', bytes: bytes.byteLength, macs: 8 });
  assert.ok(proof.decisions.includes('a: 4 -> 2 channels.'));
  const [{ tensors, operators }] = readTflite(bytes).model.graphs;
  assert.deepEqual(tensors[operators[0].inputs[1]].shape, [2, 2]);
  assert.deepEqual(tensors[operators[1].inputs[1]].shape, [2, 2]);
});

it('reaches a goal without samples, and warns that nothing is known of the outputs', async () => {
  const { code, output } = await run(['dense.tflite', '-o', 'goal.tflite', '--macs', '0.5', '--json']);
  assert.equal(code, 0);
  const { result, warnings, curve } = JSON.parse(output) as Printed;
  assert.equal(result.macs, 8);
  assert.deepEqual(warnings, ['No samples were given: how far the outputs are from the original is not known.']);
  assert.equal(curve.points.filter(({ chosen }) => chosen).length, 1);
});

it('writes the nearest point where a goal is out of reach, says what blocks it, and fails', async () => {
  const { code, output } = await run(['dense.tflite', '-o', 'nearest.tflite', '--macs', '0.9', '--json']);
  assert.equal(code, 1);
  const { result, curve } = JSON.parse(output) as Printed;
  assert.equal(result.macs, 4);
  assert.equal(
    curve.unreachable,
    '90 % fewer MACs are not reached: the nearest point has 75 % fewer, the rest belongs to channels that must stay.',
  );
  assert.ok(readTflite(readFileSync(join(folder, 'nearest.tflite'))));
});

it('scans layers without writing anything', async () => {
  const before = readdirSync(folder);
  const { code, output } = await run(['dense.tflite', '--sensitivity', '--data', 'good.csv', '--json']);
  assert.equal(code, 0);
  assert.deepEqual(readdirSync(folder), before);
  const {
    layers: found,
    fixed,
    original,
  } = JSON.parse(output) as {
    readonly original: { readonly macs: number };
    readonly fixed: readonly object[];
    readonly layers: readonly {
      readonly names: readonly string[];
      readonly points: readonly { readonly totals: { readonly macs: number }; readonly fidelity: object }[];
    }[];
  };
  assert.equal(original.macs, 16);
  assert.deepEqual(
    found.map(({ names, points }) => [names, points.map(({ totals }) => totals.macs)]),
    [[['a'], [12, 8, 4]]],
  );
  assert.ok(found[0].points.every(({ fidelity }) => 'sqnrDb' in fidelity));
  assert.deepEqual(fixed, [{ name: 'y', reason: 'Its channels are outputs of the model.' }]);
});

it('leaves no file behind when it is stopped before it learns', async () => {
  const before = readdirSync(folder);
  const args = ['dense.tflite', '-o', 'stopped.tflite', '--ratio', '0.5', '--data', 'good.csv'];
  const { code, errors } = await run(args, 'Removing what makes no difference');
  assert.equal(errors.split('\n').at(-1), 'Stopped. Nothing was written.');
  assert.equal(code, 130);
  assert.deepEqual(readdirSync(folder), before);
});

check('command line: prune refuses', refused, [
  {
    name: 'a file that is there',
    input: ['mine.tflite', '--ratio', '0.5'],
    expected: [1, 'mine.pruned.tflite exists already. Name another file, or remove it first.'],
  },
  {
    name: 'no goal',
    input: ['dense.tflite', '-o', 'new.tflite'],
    expected: [
      2,
      'Nothing says how much to prune. Give --dead-only, --ratio, --layer, --to-fit, --ram, --ms, --macs or --accuracy-drop.',
    ],
  },
  {
    name: 'layers that are outputs',
    input: ['outputs.tflite', '--ratio', '0.5'],
    expected: [
      2,
      'No layer of this model can lose channels. "a": Its channels are outputs of the model. "y": Its channels are outputs of the model.',
    ],
  },
  {
    name: 'a layer with shared weights',
    input: ['shared.tflite', '--layer', 'a=0.5'],
    expected: [
      2,
      'No layer of this model can lose channels. "a": Its weights serve FULLY_CONNECTED "a" and FULLY_CONNECTED "b": what goes for one goes for the other. "b": Its weights serve FULLY_CONNECTED "a" and FULLY_CONNECTED "b": what goes for one goes for the other. "y": Its channels are outputs of the model.',
    ],
  },
  {
    name: 'a layer before a custom operator',
    input: ['custom.tflite', '--layer', 'a=0.5'],
    expected: [
      2,
      'No layer of this model can lose channels. "a": Mystery "c" is a custom operator: what it does with each channel is not known. "y": Its channels are outputs of the model.',
    ],
  },
  {
    name: 'a layer that there is none of',
    input: ['dense.tflite', '-o', 'new.tflite', '--layer', 'ghost=0.5'],
    expected: [2, 'There is no layer with weights called "ghost". Did you mean "a" or "y"?'],
  },
  {
    name: 'a damaged file',
    input: ['damaged.tflite', '--ratio', '0.5'],
    expected: [
      1,
      'The file is cut short or damaged: Model.buffers at byte 60 takes 4 bytes, but the file has 60. Export or download the model again.',
    ],
  },
  {
    name: 'a limit on accuracy without samples',
    input: ['dense.tflite', '-o', 'new.tflite', '--accuracy-drop', '1'],
    expected: [2, 'A limit on accuracy needs samples to measure it on. Give some with --data.'],
  },
]);
