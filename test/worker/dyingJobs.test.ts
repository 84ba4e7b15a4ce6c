import { join } from 'node:path';
import { runJob } from '../../src/host/compress/jobThread';
import { CancelledError } from '../../src/protocol/rpc';
import { check } from '../support/check';
import { noFilesBeside } from '../support/noFilesBeside';

const script = join(__dirname, 'dyingJob.cjs');
const stages = ['Reading samples', 'Calibrating', 'Searching', 'Fine-tuning', 'Proving'];
const stopped = (cause: string): string =>
  `The work stopped unexpectedly (${cause}); nothing was written. Try again with fewer samples: running out of memory is the usual cause.`;

/** The last stage that was told, and how the job ended. `cancelled` ones are stopped at that stage. */
async function endOf(path: string): Promise<{ readonly last?: string; readonly end: string }> {
  const stop = new AbortController();
  const heard: string[] = [];
  const isStopped = path.startsWith('hears') || path.startsWith('is deaf');
  const progress = ({ stage }: { readonly stage: string }): void => {
    heard.push(stage);
    if (isStopped && path.endsWith(stage)) stop.abort();
  };
  const files = { list: () => Promise.resolve([]), read: () => Promise.resolve(new Uint8Array()) };
  const message = {
    type: 'run',
    model: new Uint8Array(1),
    request: { path, target: {} },
    inputs: { kind: 'seed', seed: 1 },
  } as const;
  const end = await runJob(
    { script, graceMs: 300 },
    { progress, files, roots: [], beside: noFilesBeside },
    (rpc) => rpc.request(message),
    stop.signal,
  ).then(
    () => 'done',
    (error: unknown) => (error instanceof CancelledError ? 'cancelled' : (error as Error).message),
  );
  return { last: heard.at(-1), end };
}

check('a job whose thread ends at a stage', endOf, [
  { name: 'none: it is done', input: 'works', expected: { last: 'Proving', end: 'done' } },
  ...stages.map((stage) => ({
    name: `${stage}, killed: a sentence, and nothing is written`,
    input: `dies at ${stage}`,
    expected: { last: stage, end: stopped('exit code 9') },
  })),
  {
    name: 'by an error that nobody caught: it is told as the cause',
    input: 'throws at Calibrating',
    expected: { last: 'Calibrating', end: stopped('out of order') },
  },
  ...stages.map((stage) => ({
    name: `${stage}, cancelled and heard`,
    input: `hears at ${stage}`,
    expected: { last: stage, end: 'cancelled' },
  })),
  ...stages.slice(0, 2).map((stage) => ({
    name: `${stage}, cancelled and not heard: it is ended`,
    input: `is deaf at ${stage}`,
    expected: { last: stage, end: 'cancelled' },
  })),
]);
