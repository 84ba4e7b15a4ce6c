import { parentPort } from 'node:worker_threads';
import type { Done } from '../protocol/monitor';
import { Rpc } from '../protocol/rpc';
import { hexReply, saveReply, savedPlot, textReply } from './monitor/exports';
import { searchRows } from './monitor/search';
import type { WorkerRpc } from './monitor/served';
import { ServedStream } from './monitor/served';

const doneReply: Done = { type: 'done' };
const streams = new Map<number, ServedStream>();

/** The thread of the monitor: everything that was received, its log, and what the firmware meant. */
function serve(): void {
  const port = parentPort;
  if (port === null) throw new Error('The monitor worker was started outside of a worker thread.');
  const rpc: WorkerRpc = new Rpc(
    {
      post: (envelope) => port.postMessage(envelope),
      noticeFailed: (error) => rpc.notify({ type: 'faulted', message: error.message, stack: error.stack }),
    },
    {
      received: ({ stream, bytes, timeMs }) => of(stream).receive(bytes, timeMs),
      sent: ({ stream, bytes, timeMs, isShown }) => {
        of(stream).stream.addSent(bytes, timeMs, isShown);
        of(stream).changed();
      },
      interrupted: async ({ stream, timeMs }) => {
        const served = of(stream);
        await served.understanding.idle();
        served.stream.interrupt(timeMs);
        served.flushLog();
        served.understanding.schedule();
      },
      watch: ({ stream, isShown, plots }) => of(stream).watch(isShown, plots),
      clear: ({ stream }) => {
        of(stream).stream.clear();
        of(stream).tellPlots('all');
        of(stream).understanding.schedule();
      },
      lines: ({ stream, from, to }) => of(stream).stream.lines(from, to),
      hexRows: ({ stream, from, to }) => hexReply(of(stream).stream, from, to),
      search: ({ stream, ...message }, call) => searchRows(of(stream).stream, message, call),
      setFilter: ({ stream, filter }) => {
        of(stream).stream.setFilter(filter);
        of(stream).understanding.schedule();
        return doneReply;
      },
      setHighlights: ({ stream, highlights }) => {
        of(stream).stream.highlights.set(highlights);
        return doneReply;
      },
      text: ({ stream, ...message }) => textReply(of(stream).stream, message),
      save: ({ stream, path }) => saveReply(of(stream).stream, path),
      plotCsv: ({ stream, path }) => savedPlot(of(stream).stream, path),
      startLog: ({ stream, path, timestamps, rotateBytes, goesOn, within }) => {
        of(stream).startLog({ path, timestamps, rotateBytes, goesOn, within });
        return doneReply;
      },
      stopLog: ({ stream }) => {
        of(stream).stopLog();
        return doneReply;
      },
      settled: async ({ stream }) => {
        await of(stream).understanding.idle();
        of(stream).flushLog();
        await of(stream).tellHeard();
        return doneReply;
      },
      remove: ({ stream }) => {
        streams.get(stream)?.end();
        streams.delete(stream);
        return doneReply;
      },
    },
  );
  const of = (id: number): ServedStream => {
    const served = streams.get(id) ?? new ServedStream(id, rpc);
    streams.set(id, served);
    return served;
  };
  port.on('message', (data: unknown) => rpc.receive(data));
}

serve();
