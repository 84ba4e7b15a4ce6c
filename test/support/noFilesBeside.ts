import type { Handlers } from '../../src/protocol/rpc';
import type { FromAnalysisWorker } from '../../src/protocol/worker';

/** Answers a thread that asks for files beside a model: there are none. */
export const noFilesBeside: Handlers<FromAnalysisWorker> = {
  readBeside: () => ({ stamp: 'absent' }),
  stampBeside: ({ names }) => names.map(() => 'absent'),
  usedBeside: () => undefined,
};
