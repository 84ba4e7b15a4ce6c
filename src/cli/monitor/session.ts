import { createInterface } from 'node:readline';
import { HumanError } from '../../core/model/problem';
import { silenceMs } from '../../core/serial/firmwareReader';
import type { ConnectionState, LineEnding, PortSettings } from '../../protocol/serialPort';
import { lineEndings } from '../../protocol/serialPort';
import { Connection } from '../../serial/connection';
import { createDeviceFinder } from '../../serial/device';
import { LogFile } from '../../serial/logFile';
import { listPorts } from '../../serial/portList';
import { sourceOf } from '../../serial/sources';
import { addressOf } from './address';
import type { FirmwareRemarks } from './firmwareRemarks';
import type { LinePrinter } from './linePrinter';

export interface SessionOptions {
  /** As typed. */
  readonly port: string;
  readonly settings: PortSettings;
  readonly reconnects: boolean;
  readonly lineEnding: LineEnding;
  readonly printer: LinePrinter;
  /** Absent where only the bytes are wanted. */
  readonly remarks?: FirmwareRemarks;
  readonly log?: { readonly path: string; readonly timestamps: boolean; readonly rotateBytes: number };
  /** Ends well when a line is like this. */
  readonly until?: RegExp;
  readonly seconds?: number;
  /** Says something about the connection. */
  readonly say: (text: string) => void;
}

/** How a session ended: by the user's wish or with the stream, or without what was waited for. */
export type SessionEnd = 'done' | 'lost' | 'not-found';

/** One port from opening to the end. @throws {HumanError} where it cannot be opened. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const session = new Session(options);
  return session.run();
}

class Session {
  readonly #options: SessionOptions;
  readonly #connection: Connection;
  readonly #log?: LogFile;
  readonly #ended: Promise<SessionEnd>;
  #end: (end: SessionEnd) => void = () => undefined;
  #silence?: NodeJS.Timeout;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    if (options.log !== undefined) this.#log = new LogFile(options.log, options.say);
    const address = addressOf(options.port);
    const source = sourceOf(address);
    const isLocal = source.id === 'serial';
    this.#connection = new Connection({
      source,
      address,
      settings: options.settings,
      events: { received: (bytes) => this.#received(bytes), changed: (state) => this.#changed(state) },
      ...(isLocal ? { devices: createDeviceFinder(listPorts) } : {}),
    });
  }

  async run(): Promise<SessionEnd> {
    const stop = (): void => this.#end('done');
    const { seconds, until } = this.#options;
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => this.#end(until === undefined ? 'done' : 'not-found'), seconds * 1000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    try {
      await this.#connection.open();
      const input = this.#readInput();
      const end = await this.#ended;
      input.close();
      return end;
    } finally {
      clearTimeout(timer);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      await this.#connection.close();
      this.#finish();
      this.#log?.close();
    }
  }

  #received(bytes: Uint8Array): void {
    const nowMs = Date.now();
    this.#log?.write(bytes, nowMs);
    this.#lines(this.#options.printer.push(bytes, nowMs), nowMs);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#silent(), silenceMs);
  }

  #lines(lines: readonly string[], timeMs: number): void {
    const { remarks, until } = this.#options;
    for (const line of lines) {
      remarks?.line(line, timeMs);
      if (until?.test(line)) this.#end('done');
    }
  }

  #silent(): void {
    this.#options.remarks?.silent();
    this.#options.printer.showUnfinished(Date.now());
  }

  #finish(): void {
    clearTimeout(this.#silence);
    const nowMs = Date.now();
    this.#lines(this.#options.printer.interrupt(nowMs), nowMs);
    this.#options.remarks?.silent();
  }

  #changed({ phase, message }: ConnectionState): void {
    const { say, port, reconnects, until } = this.#options;
    if (phase === 'open') say(`Connected to ${port}. Ctrl+C ends.`);
    if (phase === 'waiting' || (phase === 'closed' && message !== undefined)) {
      this.#finish();
      // The user's own words for the port, not the address that was made of them.
      say((message ?? `${port} is lost.`).replace(addressOf(port), port));
    }
    if (phase === 'closed' && message !== undefined) this.#end(until === undefined ? 'done' : 'not-found');
    if (phase === 'waiting' && !reconnects) this.#end('lost');
  }

  /** Lines of the standard input go to the board. The end of a typed input ends the session; that of a pipe does not. */
  #readInput(): { close(): void } {
    const input = createInterface({ input: process.stdin, terminal: false });
    input.on('line', (line) => void this.#send(line));
    input.on('close', () => {
      if (process.stdin.isTTY) this.#end('done');
    });
    return {
      close: () => {
        input.removeAllListeners();
        input.close();
        // An open pipe would keep the program waiting.
        process.stdin.destroy();
      },
    };
  }

  async #send(line: string): Promise<void> {
    const { lineEnding, say } = this.#options;
    try {
      await this.#connection.write(Buffer.from(line + lineEndings[lineEnding]));
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      say(error.message);
    }
  }
}
