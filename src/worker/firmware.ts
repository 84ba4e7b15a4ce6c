import { parentPort } from 'node:worker_threads';
import type { FromFirmwareWorker, ToFirmwareWorker } from '../protocol/firmware';
import { Rpc } from '../protocol/rpc';
import { FirmwareFolders, writtenArray } from './firmware/folders';

/** The thread that keeps the index of firmware: its questions are answered one after another. */
function serve(): void {
  const port = parentPort;
  if (port === null) throw new Error('The firmware worker was started outside of a worker thread.');
  const folders = new FirmwareFolders();
  const rpc = new Rpc<FromFirmwareWorker, ToFirmwareWorker>(
    { post: (envelope) => port.postMessage(envelope) },
    {
      updateSources: (message) => folders.update(message),
      updatePrograms: (message) => folders.updatePrograms(message),
      updateBuildFiles: (message) => folders.updateBuild(message),
      analyseFirmware: (message) => folders.analyse(message),
      writeArray: (message) => writtenArray(message),
      forgetFolder: ({ folder }) => folders.forget(folder),
    },
  );
  port.on('message', (data: unknown) => rpc.receive(data));
}

serve();
