import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JobRpc } from '../../src/host/compress/jobThread';
import { runJob } from '../../src/host/compress/jobThread';
import { check } from '../support/check';
import { noFilesBeside } from '../support/noFilesBeside';

/** A thread that is told by the seed of its run what to do. */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const flag = workerData.cancelFlag;
const reply = (id, value) => parentPort.postMessage({ rpc: 'reply', id, value });
let running;
parentPort.on('message', (envelope) => {
  if (envelope.rpc === 'reply') reply(running, 'read ' + envelope.value.length);
  if (envelope.rpc !== 'request') return;
  const { id, message } = envelope;
  running = id;
  const half = () => parentPort.postMessage({ rpc: 'notice', message: { type: 'progress', progress: { stage: 'Half', share: 0.5 } } });
  const acts = {
    1: () => { half(); reply(id, 'done'); },
    2: () => { half(); while (Atomics.load(flag, 0) === 0); reply(id, 'the best so far'); },
    3: () => { half(); for (;;); },
    4: () => process.exit(7),
    5: () => { throw new Error('a bug'); },
    6: () => parentPort.postMessage({ rpc: 'failure', id, failure: { message: 'No.', code: 'no' } }),
    7: () => parentPort.postMessage({ rpc: 'request', id: 99, message: { type: 'readFile', file: { address: 'vscode-vfs:/x', name: 'x' } } }),
  };
  acts[message.inputs.seed]();
});
`;

interface Case {
  readonly seed: number;
  /** Cancelled as soon as it tells how far it is. */
  readonly cancel?: boolean;
  readonly graceMs?: number;
}

async function outcome({ seed, cancel, graceMs }: Case): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-job-'));
  const file = path.join(folder, 'job.cjs');
  writeFileSync(file, script);
  const told: string[] = [];
  const controller = new AbortController();
  const ends = {
    progress: ({ stage, share }: { readonly stage: string; readonly share: number }) => {
      told.push(`${stage} ${share}`);
      if (cancel) controller.abort();
    },
    files: { list: () => Promise.resolve([]), read: () => Promise.resolve(new Uint8Array(3)) },
    roots: [],
    beside: noFilesBeside,
  };
  const request = { path: 'a.tflite', target: {} };
  const ask = (rpc: JobRpc): Promise<unknown> =>
    rpc.request({ type: 'run', model: new Uint8Array(1), request, inputs: { kind: 'seed', seed } });
  try {
    const reply = await runJob({ script: file, graceMs }, ends, ask, controller.signal);
    return [...told, `reply: ${String(reply)}`];
  } catch (error) {
    return [...told, `${(error as Error).name}: ${(error as Error).message}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const stopped = (cause: string): string =>
  `HumanError: The work stopped unexpectedly (${cause}); nothing was written. Try again with fewer samples: running out of memory is the usual cause.`;

check('job thread', outcome, [
  { name: 'tells how far it is, and answers', input: { seed: 1 }, expected: ['Half 0.5', 'reply: done'] },
  {
    name: 'hears that it is cancelled in the middle of a loop, and gives the best so far',
    input: { seed: 2, cancel: true },
    expected: ['Half 0.5', 'reply: the best so far'],
  },
  {
    name: 'is ended when it does not hear',
    input: { seed: 3, cancel: true, graceMs: 50 },
    expected: ['Half 0.5', 'CancelledError: The request was cancelled.'],
  },
  { name: 'that exits settles its job', input: { seed: 4 }, expected: [stopped('exit code 7')] },
  { name: 'that throws settles its job', input: { seed: 5 }, expected: [stopped('a bug')] },
  { name: 'passes on a sentence for people', input: { seed: 6 }, expected: ['HumanError: No.'] },
  { name: 'reads files through its host', input: { seed: 7 }, expected: ['reply: read 3'] },
]);
