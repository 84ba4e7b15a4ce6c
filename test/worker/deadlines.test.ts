import { join } from 'node:path';
import { AnalysisWorker } from '../../src/host/analysis/workerClient';
import { CancelledError } from '../../src/protocol/rpc';
import { check } from '../support/check';
import { noFilesBeside } from '../support/noFilesBeside';

const patience = { deadlineMs: 3000, graceMs: 500 };
const late = (name: string): string =>
  `The work on ${name} was ended after 3 seconds: it asks for more than a network of a microcontroller does. Look at a smaller one, or convert it again.`;
const died = (cause: string): string =>
  `The analysis stopped unexpectedly (${cause}). Run "Milliwatt: Refresh" to try again; the log has the details.`;

type Kind = 'analyse' | 'measure' | 'tensorRange' | 'manners' | 'offers';

interface Asked {
  readonly kind: Kind;
  /** What the stand-in does with it. */
  readonly path: string;
  /** Milliseconds after which nobody wants the answer any more. */
  readonly cancelledAfter?: number;
}

interface Outcome {
  readonly answers: readonly unknown[];
  readonly threads: number;
}

function ask(worker: AnalysisWorker, { kind, path, cancelledAfter }: Asked): Promise<unknown> {
  const request = { path, target: {} };
  const options = {
    read: () => Promise.resolve(new Uint8Array(1)),
    ...(cancelledAfter === undefined ? {} : { signal: AbortSignal.timeout(cancelledAfter) }),
  };
  const content = path;
  switch (kind) {
    case 'analyse':
      return worker.analyse({ content, request, costs: 'hints' }, options).then(({ analysis }) => analysis);
    case 'measure': {
      const figures = { layers: [] } as unknown as Parameters<AnalysisWorker['measure']>[0]['figures'];
      return worker.measure({ content, request, figures, recordedAt: '2026-01-02T03:04:05Z' }, options);
    }
    case 'tensorRange':
      return worker.tensorRange({ content, path, graph: 0, tensor: 0 }, options);
    case 'manners':
      return worker.manners({ content, request }, options);
    case 'offers':
      return worker.offers({ content, request }, options);
  }
}

/** Asks all at once of one stand-in: what each answer was, and how many threads it took. */
async function outcomeOf(asked: readonly Asked[]): Promise<Outcome> {
  let threads = 0;
  const log = { info: () => (threads += 1), error: () => undefined };
  const worker = new AnalysisWorker(join(__dirname, 'standIn.cjs'), log, noFilesBeside, patience);
  try {
    await ask(worker, { kind: 'analyse', path: 'good' });
    const settled = await Promise.allSettled(asked.map((each) => ask(worker, each)));
    const answers = settled.map((each) => {
      if (each.status === 'fulfilled') return each.value;
      const reason = each.reason as Error;
      return reason instanceof CancelledError ? 'cancelled' : reason.message;
    });
    return { answers, threads };
  } finally {
    worker.dispose();
  }
}

const kinds: readonly Kind[] = ['analyse', 'measure', 'tensorRange', 'manners', 'offers'];
const good: readonly Asked[] = kinds.map((kind) => ({ kind, path: 'good' }));
const answered = kinds.map(() => 'answered');

check('questions to a thread that a model keeps', outcomeOf, [
  { name: 'all are answered by one thread', input: good, expected: { answers: answered, threads: 1 } },
  ...kinds.map((kind) => ({
    name: `${kind} that hears nothing fails alone, with its deadline, and its thread is ended`,
    input: [{ kind, path: 'folder/deaf' }, ...good],
    expected: { answers: [late('deaf'), ...answered], threads: 2 },
  })),
  ...kinds.slice(0, 1).map((kind) => ({
    name: `${kind} that hears the end of its time fails alone, and the thread stays`,
    input: [{ kind, path: 'hears' }, ...good],
    expected: { answers: [late('hears'), ...answered], threads: 1 },
  })),
  ...kinds.map((kind) => ({
    name: `${kind} that nobody wants any more is heard in the middle of it`,
    input: [{ kind, path: 'hears', cancelledAfter: 300 }, ...good],
    expected: { answers: ['cancelled', ...answered], threads: 1 },
  })),
  ...kinds.slice(0, 1).map((kind) => ({
    name: `${kind} that hears nothing and nobody wants any more keeps the others for the grace alone`,
    input: [{ kind, path: 'deaf', cancelledAfter: 300 }, ...good],
    expected: { answers: ['cancelled', ...answered], threads: 2 },
  })),
  ...kinds.map((kind) => ({
    name: `${kind} that kills its thread twice fails alone`,
    input: [{ kind, path: 'dies' }, ...good],
    expected: { answers: [died('exit code 3'), ...answered], threads: 3 },
  })),
  {
    name: 'a question that waits and is not wanted any more never begins',
    input: [
      { kind: 'analyse', path: 'hears' },
      { kind: 'offers', path: 'dies', cancelledAfter: 300 },
      { kind: 'analyse', path: 'good' },
    ],
    expected: { answers: [late('hears'), 'cancelled', 'answered'], threads: 1 },
  },
  {
    name: 'an error that nobody caught is told as the cause',
    input: [
      { kind: 'analyse', path: 'throws' },
      { kind: 'analyse', path: 'good' },
    ],
    expected: { answers: [died('out of order'), 'answered'], threads: 3 },
  },
]);
