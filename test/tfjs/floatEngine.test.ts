import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after } from 'node:test';
import type { Model } from '../../src/core/model/model';
import { loadFloatEngine } from '../../src/tfjs/floatEngine';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-tfjs-node-'));
after(() => rmSync(folder, { recursive: true }));

/**
 * A folder with a package that has the interface of `@tensorflow/tfjs-node`: TensorFlow.js on its CPU backend, with
 * `changes`.
 */
function place(name: string, changes: string): string {
  const inside = join(folder, name, 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(inside, { recursive: true });
  writeFileSync(
    join(inside, 'package.json'),
    JSON.stringify({ name: '@tensorflow/tfjs-node', version: '4.22.0', main: 'index.js' }),
  );
  const core = JSON.stringify(require.resolve('@tensorflow/tfjs-core'));
  const cpu = JSON.stringify(require.resolve('@tensorflow/tfjs-backend-cpu'));
  writeFileSync(
    join(inside, 'index.js'),
    `if (!require('node:util').isNullOrUndefined(null)) throw new Error('util lacks what the library needs');
     const tf = require(${core}); require(${cpu}); module.exports = { ...tf, ...(${changes}) };`,
  );
  return join(folder, name);
}

function damaged(name: string): string {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'package.json'), '{ "name": ');
  return join(folder, name);
}

/** y = relu(x · [1, 2] - 1), and a variable where asked for. */
function dense(hasMemory: boolean): Model {
  const tensors = [
    tensor('x', 'float32', [1, 2]),
    floats('w', [1, 2], [1, 2]),
    floats('b', [1], [-1]),
    tensor('y', 'float32', [1, 1]),
    { ...tensor('state', 'float32', [1, 1]), isVariable: hasMemory },
  ];
  const dense = operator('FULLY_CONNECTED', [0, 1, 2], [3], {
    options: options('FullyConnectedOptions', { fusedActivationFunction: 'RELU' }),
  });
  return model(graph(tensors, [dense], { inputs: [0], outputs: [3] }));
}

interface Case {
  readonly place?: string;
  readonly beside?: string;
  readonly hasMemory?: boolean;
  readonly isStopped?: boolean;
}

check(
  'TensorFlow.js for Node in a process of its own',
  async ({ hasMemory = false, isStopped = false, ...places }: Case) => {
    const { engine, dispose } = await loadFloatEngine(places);
    try {
      const program = await engine.load(dense(hasMemory));
      const signal = isStopped ? AbortSignal.abort(new Error('The work was stopped.')) : undefined;
      const values = await program.run([Float32Array.of(1, 2, 0, 0)], 2, [3], { signal });
      program.dispose();
      const remarks = (engine.remarks ?? []).map((remark) => remark.replaceAll(folder, '…'));
      return { name: engine.name.replace(/ \d.*/, ''), values: [...values.get(3)!], remarks };
    } finally {
      dispose();
    }
  },
  [
    {
      name: 'without it: WebAssembly',
      input: {},
      expected: { name: 'TensorFlow.js wasm', values: [4, 0], remarks: [] },
    },
    {
      name: 'found among the packages of a folder',
      input: { place: place('whole', '{}') },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'the folder of the package itself',
      input: { place: join(place('whole', '{}'), 'node_modules', '@tensorflow', 'tfjs-node') },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'a folder named from the working directory',
      input: { place: relative(process.cwd(), place('whole', '{}')) },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'the folder of the package itself, named from the working directory',
      input: { place: relative(process.cwd(), join(place('whole', '{}'), 'node_modules', '@tensorflow', 'tfjs-node')) },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'none named, reached upward from a folder beneath its packages',
      input: { beside: join(place('whole', '{}'), 'out', 'bundles') },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'none named, none reached: nothing to remark',
      input: { beside: join(folder, 'empty') },
      expected: { name: 'TensorFlow.js wasm', values: [4, 0], remarks: [] },
    },
    {
      name: 'the package.json of the folder is damaged',
      input: { place: damaged('damaged') },
      expected: {
        name: 'TensorFlow.js wasm',
        values: [4, 0],
        remarks: [
          '@tensorflow/tfjs-node is not in "…/damaged", so that float values were computed by TensorFlow.js wasm.',
        ],
      },
    },
    {
      name: 'a model with memory stays where half a stream cannot be lost',
      input: { place: place('whole', '{}'), hasMemory: true },
      expected: { name: 'TensorFlow.js Node', values: [4, 0], remarks: [] },
    },
    {
      name: 'not there',
      input: { place: join(folder, 'empty') },
      expected: {
        name: 'TensorFlow.js wasm',
        values: [4, 0],
        remarks: [
          '@tensorflow/tfjs-node is not in "…/empty", so that float values were computed by TensorFlow.js wasm.',
        ],
      },
    },
    {
      name: 'it cannot be loaded',
      input: { place: place('broken', "(() => { throw new Error('The library libtensorflow.so.2 is missing.'); })()") },
      expected: {
        name: 'TensorFlow.js wasm',
        values: [4, 0],
        remarks: [
          '@tensorflow/tfjs-node cannot be used (The library libtensorflow.so.2 is missing.), so that float values were computed by TensorFlow.js wasm.',
        ],
      },
    },
    {
      name: 'it ends the process while it loads',
      input: { place: place('ending', 'process.exit(3)') },
      expected: {
        name: 'TensorFlow.js wasm',
        values: [4, 0],
        remarks: [
          '@tensorflow/tfjs-node cannot be used (the process ended with code 3), so that float values were computed by TensorFlow.js wasm.',
        ],
      },
    },
    {
      name: 'it crashes in the middle of the work, which is done once more',
      input: {
        place: place('crashing', "{ nextFrame: () => process.kill(process.pid, 'SIGSEGV') && new Promise(() => 0) }"),
      },
      expected: {
        name: 'TensorFlow.js wasm',
        values: [4, 0],
        remarks: [
          'TensorFlow.js Node 4.22.0 failed (the process ended with SIGSEGV), so that float values were computed by TensorFlow.js wasm.',
        ],
      },
    },
    {
      name: 'stopped',
      input: { place: place('whole', '{}'), isStopped: true },
      fails: 'The work was stopped.',
    },
  ],
);

check(
  'TensorFlow.js for Node after a cancellation',
  async (changes: string) => {
    const { engine, dispose } = await loadFloatEngine({ place: place('cancelled', changes) });
    try {
      const program = await engine.load(dense(false));
      const controller = new AbortController();
      const running = program.run([Float32Array.of(1, 2)], 1, [3], controller);
      controller.abort(new Error('The work was stopped.'));
      const stopped = await running.catch((error: unknown) => (error instanceof Error ? error.message : error));
      const values = await (await engine.load(dense(false))).run([Float32Array.of(1, 2)], 1, [3]);
      return { stopped, name: engine.name.replace(/ \d.*/, ''), values: [...values.get(3)!], remarks: engine.remarks };
    } finally {
      dispose();
    }
  },
  [
    {
      name: 'is not said to have failed',
      input: '{ nextFrame: () => new Promise(() => 0) }',
      expected: { stopped: 'The work was stopped.', name: 'TensorFlow.js wasm', values: [4], remarks: [] },
    },
  ],
);
