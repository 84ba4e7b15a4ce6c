import { HumanError } from '../../src/core/model/problem';
import type { Direction } from '../../src/protocol/rpc';
import { CancelledError, Rpc } from '../../src/protocol/rpc';
import { check } from '../support/check';

type Question =
  | { readonly type: 'double'; readonly value: number }
  | { readonly type: 'refuse'; readonly how: 'human' | 'bug' }
  | { readonly type: 'never' }
  | { readonly type: 'remember'; readonly text: string };

interface Questions {
  readonly messages: Question;
  readonly replies: { readonly double: number; readonly refuse: number; readonly never: number };
}
interface Nothing extends Direction {
  readonly messages: never;
  readonly replies: object;
}

interface Pair {
  readonly asking: Rpc<Questions, Nothing>;
  readonly answering: Rpc<Nothing, Questions>;
  readonly memory: string[];
  readonly wire: unknown[];
}

/** Two ends joined by a wire that copies what it carries, as `postMessage` does. */
function joined(): Pair {
  const memory: string[] = [];
  const wire: unknown[] = [];
  const asking: Rpc<Questions, Nothing> = new Rpc<Questions, Nothing>(
    {
      post: (envelope) => {
        wire.push(envelope);
        const copy: unknown = structuredClone(envelope);
        queueMicrotask(() => answering.receive(copy));
      },
    },
    {},
  );
  const answering: Rpc<Nothing, Questions> = new Rpc<Nothing, Questions>(
    {
      post: (envelope) => {
        const copy: unknown = structuredClone(envelope);
        queueMicrotask(() => asking.receive(copy));
      },
    },
    {
      double: ({ value }) => value * 2,
      refuse: ({ how }) => {
        throw how === 'human' ? new HumanError('too-hot', 'It is too hot. Wait.') : new Error('bug');
      },
      never: (_message, { signal }) =>
        new Promise<number>((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            memory.push('stopped');
            reject(new CancelledError());
          });
        }),
      remember: ({ text }) => memory.push(text),
    },
  );
  return { asking, answering, memory, wire };
}

check<(pair: Pair) => unknown, unknown>('rpc', (run) => run(joined()), [
  {
    name: 'a request gets the reply of its handler',
    input: ({ asking }) => asking.request({ type: 'double', value: 21 }),
    expected: 42,
  },
  {
    name: 'replies find their own request when several are under way',
    input: ({ asking }) => Promise.all([1, 2, 3].map((value) => asking.request({ type: 'double', value }))),
    expected: [2, 4, 6],
  },
  {
    name: 'a failure for people arrives as one, with its code',
    input: async ({ asking }) => {
      const error: unknown = await asking.request({ type: 'refuse', how: 'human' }).catch((thrown: unknown) => thrown);
      return error instanceof HumanError ? [error.code, error.message] : error;
    },
    expected: ['too-hot', 'It is too hot. Wait.'],
  },
  {
    name: 'a bug arrives as an error with its message',
    input: ({ asking }) => asking.request({ type: 'refuse', how: 'bug' }),
    fails: 'bug',
  },
  {
    name: 'closing rejects what is pending with the reason',
    input: async ({ asking }) => {
      const reply = asking.request({ type: 'never' });
      asking.close(new Error('The worker stopped.'));
      await reply;
    },
    fails: 'The worker stopped.',
  },
  {
    name: 'closing leaves nothing pending',
    input: async ({ asking }) => {
      const reply = asking.request({ type: 'never' }).catch(() => undefined);
      const before = asking.pendingCount;
      asking.close(new Error('over'));
      await reply;
      return [before, asking.pendingCount];
    },
    expected: [1, 0],
  },
  {
    name: 'a request after closing is rejected at once',
    input: ({ asking }) => {
      asking.close(new Error('The panel was closed.'));
      return asking.request({ type: 'double', value: 1 });
    },
    fails: 'The panel was closed.',
  },
  {
    name: 'the answering side is told to stop when it closes',
    input: async ({ asking, answering, memory }) => {
      asking.request({ type: 'never' }).catch(() => undefined);
      await tick();
      answering.close(new Error('over'));
      return memory;
    },
    expected: ['stopped'],
  },
  {
    name: 'aborting rejects the request',
    input: async ({ asking }) => {
      const controller = new AbortController();
      const reply = asking.request({ type: 'never' }, { signal: controller.signal });
      controller.abort();
      await reply;
    },
    fails: 'The request was cancelled.',
  },
  {
    name: 'aborting stops the handler',
    input: async ({ asking, memory }) => {
      const controller = new AbortController();
      const reply = asking.request({ type: 'never' }, { signal: controller.signal }).catch(() => undefined);
      await tick();
      controller.abort();
      await reply;
      await tick();
      return memory;
    },
    expected: ['stopped'],
  },
  {
    name: 'an aborted signal sends nothing',
    input: async ({ asking, wire }) => {
      await asking.request({ type: 'double', value: 1 }, { signal: AbortSignal.abort() }).catch(() => undefined);
      return wire;
    },
    expected: [],
  },
  {
    name: 'a notice is handled and not answered',
    input: async ({ asking, memory }) => {
      asking.notify({ type: 'remember', text: 'hello' });
      await tick();
      return [memory, asking.pendingCount];
    },
    expected: [['hello'], 0],
  },
  {
    name: 'a message that nobody handles fails by name',
    input: ({ asking }) => asking.request({ type: 'toString' } as never),
    fails: 'No handler for the message "toString".',
  },
  {
    name: 'what cannot be copied fails the request and leaves nothing pending',
    input: async ({ asking }) => {
      const reply = asking.request({ type: 'double', value: (() => 1) as never });
      await reply.catch(() => undefined);
      return asking.pendingCount;
    },
    expected: 0,
  },
  {
    name: 'foreign data is ignored',
    input: ({ asking }) => {
      for (const foreign of [undefined, null, 7, 'rpc', {}, { rpc: 'other' }, { rpc: 'reply', id: 99 }])
        asking.receive(foreign);
      return asking.pendingCount;
    },
    expected: 0,
  },
]);

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
