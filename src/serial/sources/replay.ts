import type { FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HumanError } from '../../core/model/problem';
import { openFile } from '../../files/opening';
import type { OpenPort, OpenRequest, PortListener, SerialSource } from '../source';

const scheme = 'replay://';
const stepMs = 20;
const fastChunkBytes = 64 * 1024;
/** A start bit and a stop bit beside eight of data. */
const bitsPerByte = 10;

/**
 * Plays a saved log as a board would send it, at the baud rate of the settings; `?speed=max` plays it as fast as it is
 * taken.
 */
export const replaySource: SerialSource = {
  id: 'replay',
  addressForm: 'replay://FILE',
  describes: 'a saved log, played again',
  matches: (address) => address.startsWith(scheme) || address.startsWith('file://'),
  open,
};

async function open({ address, settings, listener }: OpenRequest): Promise<OpenPort> {
  const { path, isFast } = fileOf(address);
  const file = await opened(path);
  const stop = new AbortController();
  const flow = { isFlowing: true };
  const chunkBytes = isFast
    ? fastChunkBytes
    : Math.max(1, Math.round((settings.baudRate / bitsPerByte) * (stepMs / 1000)));
  const playing = play(file, { chunkBytes, pauseMs: isFast ? 0 : stepMs, signal: stop.signal, flow }, listener);
  return {
    write: () =>
      Promise.reject(new HumanError('port-write', 'A saved log is being played: nothing can be sent to it.')),
    setFlowing: (isFlowing) => void (flow.isFlowing = isFlowing),
    close: () => {
      stop.abort();
      return playing;
    },
  };
}

interface Pace {
  readonly chunkBytes: number;
  readonly pauseMs: number;
  readonly signal: AbortSignal;
  /** Nothing is read while it does not flow: what plays fast must not run ahead of who listens. */
  readonly flow: { readonly isFlowing: boolean };
}

async function play(
  file: FileHandle,
  { chunkBytes, pauseMs, signal, flow }: Pace,
  listener: PortListener,
): Promise<void> {
  try {
    for (;;) {
      // The pause comes first, so that nothing is told before the opening is.
      do await wait(flow.isFlowing ? pauseMs : stepMs);
      while (!flow.isFlowing && !signal.aborted);
      if (signal.aborted) return;
      const buffer = new Uint8Array(chunkBytes);
      const { bytesRead } = await file.read(buffer);
      if (signal.aborted) return;
      if (bytesRead === 0) {
        listener.ended({ kind: 'finished', reason: 'the log was played to its end' });
        return;
      }
      listener.received(buffer.subarray(0, bytesRead));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    listener.ended({ kind: 'finished', reason: `the file could not be read on: ${reason}` });
  } finally {
    await file.close().catch(() => undefined);
  }
}

function fileOf(address: string): { readonly path: string; readonly isFast: boolean } {
  const [place, query] = address.split('?', 2);
  const path = place.startsWith('file://') ? fileURLToPath(place) : place.slice(scheme.length);
  return { path, isFast: query === 'speed=max' };
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await openFile(path);
  } catch {
    throw new HumanError('port-absent', `${path} cannot be played: there is no such file, or it may not be read.`);
  }
}
