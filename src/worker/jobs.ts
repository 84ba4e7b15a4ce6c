import { parentPort, workerData } from 'node:worker_threads';
import { addForeignFormats } from '../core/formats/foreignFormats';
import { budgets, underBudget } from '../core/model/budget';
import { filesByUri } from '../dataset/diskFiles';
import type { FromJobThreadDirection, JobThreadData, ToJobThreadDirection } from '../protocol/jobs';
import { Rpc } from '../protocol/rpc';
import { besideHostOver } from './besideModel';
import { compress } from './jobs/compress';
import type { JobContext } from './jobs/context';
import { runModel } from './jobs/runModel';
import { sharedSignal } from '../protocol/sharedSignal';
import { writtenContent } from './jobs/writtenContent';

/** The thread of one job. */
function serve(): void {
  addForeignFormats();
  const port = parentPort;
  if (port === null) throw new Error('The job worker was started outside of a worker thread.');
  const { cancelFlag, roots } = workerData as JobThreadData;
  const rpc: Rpc<FromJobThreadDirection, ToJobThreadDirection> = new Rpc(
    { post: (envelope) => port.postMessage(envelope) },
    {
      compress: (message) => compress(message, context),
      run: (message) => underBudget({ ...budgets.inference, check }, () => runModel(message, context)),
      resultContent: (message) => writtenContent(message, context),
    },
  );
  const context: JobContext = {
    signal: sharedSignal(cancelFlag),
    progress: (progress) => rpc.notify({ type: 'progress', progress }),
    files: filesByUri(roots, {
      list: (place) => rpc.request({ type: 'listFiles', place }),
      read: (file, mostBytes) => rpc.request({ type: 'readFile', file, mostBytes }),
    }),
    chooseData: () => rpc.request({ type: 'chooseData' }),
    beside: besideHostOver(
      () => rpc,
      () => check(),
    ),
  };
  // Heard in the middle of an inference; a compression sees to that itself.
  const check = (): void => context.signal.throwIfAborted();
  port.on('message', (data: unknown) => rpc.receive(data));
}

serve();
