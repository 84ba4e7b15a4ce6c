import type { Handlers } from '../../src/protocol/rpc';
import type { BesideQuestions } from '../../src/protocol/beside';
import type { BesideHost } from '../../src/worker/besideModel';

/** Answers a thread that asks for files beside a model: there are none. */
export const noFilesBeside: Handlers<BesideQuestions> = {
  readBeside: () => ({ stamp: 'absent' }),
  stampBeside: ({ names }) => names.map(() => 'absent'),
  usedBeside: () => undefined,
};

/** The same, as what runs on a thread asks. */
export const noBesideHost: BesideHost = {
  filesOf: () => ({
    read: () => Promise.resolve({ stamp: 'absent' }),
    stamps: (names) => Promise.resolve(names.map(() => 'absent')),
  }),
  used: () => undefined,
};
