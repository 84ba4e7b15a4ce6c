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
import { bytesText } from '../../core/text/units';
import { heedEnd } from '../stopSignal';
import type { LinePattern } from './linePattern';
import { PacedOutput } from './pacedOutput';
import type { FirmwareRemarks } from './firmwareRemarks';
import type { LinePrinter } from './linePrinter';

interface SessionOptions {
  /** As typed. */
  readonly port: string;
  readonly settings: PortSettings;
  readonly reconnects: boolean;
  readonly lineEnding: LineEnding;
  /** What prints the lines, given the way to the output. */
  readonly printer: (write: (text: string) => void) => LinePrinter;
  /** Absent where only the bytes are wanted. */
  readonly remarks?: FirmwareRemarks;
  readonly log?: { readonly path: string; readonly timestamps: boolean; readonly rotateBytes: number };
  /** Ends well when a line is like this. */
  readonly until?: LinePattern;
  readonly seconds?: number;
  /** Says something about the connection. */
  readonly say: (text: string) => void;
}

/**
 * How a session ended: by the user's wish or with the stream, without what was waited for, or with a log or measurement
 * that was to be written and was not.
 */
type SessionEnd = 'done' | 'lost' | 'not-found' | 'unwritten';

/** One port from opening to the end. @throws {HumanError} where it cannot be opened. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const session = new Session(options);
  return session.run();
}

class Session {
  readonly #options: SessionOptions;
  readonly #connection: Connection;
  readonly #output: PacedOutput;
  readonly #printer: LinePrinter;
  readonly #log?: LogFile;
  #remarks?: FirmwareRemarks;
  readonly #ended: Promise<SessionEnd>;
  #end: (end: SessionEnd) => void = () => undefined;
  #silence?: NodeJS.Timeout;
  #hasUnwritten = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    this.#remarks = options.remarks;
    this.#output = this.#outputOf(options);
    this.#printer = options.printer((text) => this.#output.write(text));
    if (options.log !== undefined) this.#log = new LogFile(options.log, (problem) => this.#unwritten(problem));
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
    const hearing = heedEnd(stop);
    try {
      await this.#connection.open();
      const input = this.#readInput();
      const end = await this.#ended;
      input.close();
      // What has been received is safe before anything else is waited for.
      this.#log?.flush();
      await this.#connection.close();
      return this.#whole(end);
    } finally {
      clearTimeout(timer);
      await this.#connection.close();
      this.#log?.close();
      this.#output.close();
      hearing.release();
    }
  }

  /** The end with what only showed on the way out. */
  #whole(end: SessionEnd): SessionEnd {
    this.#finish();
    this.#log?.close();
    return this.#hasUnwritten || this.#remarks?.hasLost === true ? 'unwritten' : end;
  }

  /**
   * A reader that is behind holds the port up; with a log, which must not wait for it, lines are left out of the
   * output. Either way memory is bounded.
   */
  #outputOf({ log, say }: SessionOptions): PacedOutput {
    const setFlowing = (isFlowing: boolean): void => this.#connection.setFlowing(isFlowing);
    return new PacedOutput({
      stream: process.stdout,
      ...(log === undefined ? { setFlowing } : {}),
      leftOut: (bytes) => say(`${bytesText(bytes)} were not printed, since the output was not read.`),
    });
  }

  #unwritten(problem: string): void {
    this.#hasUnwritten = true;
    this.#options.say(problem);
    this.#end('unwritten');
  }

  #received(bytes: Uint8Array): void {
    const nowMs = Date.now();
    this.#log?.write(bytes, nowMs);
    this.#lines(this.#printer.push(bytes, nowMs), nowMs);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#silent(), silenceMs);
  }

  #lines(lines: readonly string[], timeMs: number): void {
    const { until } = this.#options;
    this.#remark((remarks) => lines.forEach((line) => remarks.line(line, timeMs)));
    if (until === undefined) return;
    const matches = until.matches(lines);
    if (matches === undefined) this.#end('not-found');
    else if (matches.includes(true)) this.#end('done');
  }

  /** What cannot be explained ends explanations, never the monitor. */
  #remark(work: (remarks: FirmwareRemarks) => void): void {
    if (this.#remarks === undefined) return;
    try {
      work(this.#remarks);
    } catch (error) {
      this.#remarks = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.say(`The firmware's lines are not explained any further: ${reason} They are printed and logged.`);
    }
  }

  #silent(): void {
    this.#remark((remarks) => remarks.silent());
    this.#printer.showUnfinished(Date.now());
  }

  #finish(): void {
    clearTimeout(this.#silence);
    const nowMs = Date.now();
    this.#lines(this.#printer.interrupt(nowMs), nowMs);
    this.#remark((remarks) => remarks.silent());
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

  /**
   * Lines of the standard input go to the board. The end of a typed input ends the session; that of a pipe does not.
   */
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
