import { HumanError } from '../core/model/problem';
import type { ConnectionState, PortSettings, SignalSettings } from '../protocol/serialPort';
import type { DeviceIdentity, DeviceFinder } from './device';
import type { OpenPort, PortEnd, SerialSource } from './source';
import { atMost } from './timeLimit';

/** What a connection tells its owner. */
interface ConnectionEvents {
  received(bytes: Uint8Array): void;
  changed(state: ConnectionState): void;
}

interface ConnectionOptions {
  readonly source: SerialSource;
  readonly address: string;
  readonly settings: PortSettings;
  readonly events: ConnectionEvents;
  /** Finds the device again after it went away; without one the same address is tried. */
  readonly devices?: DeviceFinder;
  /** How often a device that is away is looked for. */
  readonly retryMs?: number;
}

const defaultRetryMs = 300;
/** A port that has not closed after this long is left to the system. */
const closeMs = 2000;

/**
 * One port over its whole life: opened, lost, opened again when the same device is back, released for an upload and
 * taken back. Only one thing happens at a time; whoever asks waits for what is under way. Writes wait for each other
 * alone, so that a board which takes no data cannot keep a port from being closed.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #settings: PortSettings;
  #state: ConnectionState = { phase: 'closed' };
  #port?: OpenPort;
  #device?: DeviceIdentity;
  #levels: { readonly dtr: boolean; readonly rts: boolean };
  #retry?: NodeJS.Timeout;
  #turn: Promise<unknown> = Promise.resolve();
  #writing: Promise<unknown> = Promise.resolve();
  /** Ends the writes that wait for the port that is open now. */
  #giveUp = new AbortController();
  /** Raised whenever the user's will changes: what was begun before is given up. */
  #will = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#levels = { dtr: options.settings.dtr, rts: options.settings.rts };
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get settings(): PortSettings {
    return this.#settings;
  }

  /**
   * Opens the port, again where it is open. @throws {HumanError} where it cannot be opened; it is not tried again then.
   */
  open(settings: PortSettings = this.#settings): Promise<void> {
    const will = this.#wills();
    return this.#inTurn(async () => {
      await this.#drop();
      this.#settings = settings;
      this.#levels = { dtr: settings.dtr, rts: settings.rts };
      this.#change({ phase: 'opening' });
      try {
        await this.#attempt(this.#options.address, will);
      } catch (error) {
        if (will === this.#will) this.#change({ phase: 'failed', message: sentenceOf(error) });
        throw error;
      }
    });
  }

  /** Closes the port at the user's wish. */
  close(): Promise<void> {
    this.#wills();
    return this.#inTurn(async () => {
      await this.#drop();
      this.#change({ phase: 'closed' });
    });
  }

  /** Gives the port to another program, until `takeBack`. Nothing where there is nothing to give. */
  release(message: string): Promise<void> {
    if (!['open', 'waiting', 'opening'].includes(this.#state.phase)) return Promise.resolve();
    this.#wills();
    return this.#inTurn(async () => {
      await this.#drop();
      this.#change({ phase: 'released', message });
    });
  }

  /** Opens a released port again; the board may need a while to come back. */
  takeBack(): Promise<void> {
    if (this.#state.phase !== 'released') return Promise.resolve();
    const will = this.#wills();
    return this.#inTurn(() => {
      this.#await(`${this.#options.address} is opened again.`, will);
    });
  }

  /** @throws {HumanError} where it is not open, is closed meanwhile, or the system refuses. */
  write(bytes: Uint8Array): Promise<void> {
    const { signal } = this.#giveUp;
    const opened = this.#turn;
    const result = this.#writing.then(async () => {
      await opened;
      if (signal.aborted) throw this.#closedMeanwhile();
      await this.#unlessAborted(this.#opened().write(bytes), signal);
    });
    this.#writing = result.catch(() => undefined);
    return result;
  }

  /** Stops and goes on reading an open port, for whoever cannot follow. */
  setFlowing(isFlowing: boolean): void {
    this.#port?.setFlowing?.(isFlowing);
  }

  /** @throws {HumanError} where there are no such lines. */
  setSignals(signals: SignalSettings): Promise<void> {
    return this.#inTurn(async () => {
      const port = this.#opened();
      if (port.setSignals === undefined) {
        throw new HumanError('port-signals', `${this.#options.address} has no control lines DTR and RTS.`);
      }
      const levels = { ...this.#levels, ...signals };
      await port.setSignals(levels);
      this.#levels = levels;
      this.#change({ phase: 'open', signals: levels });
    });
  }

  #unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(this.#closedMeanwhile());
      signal.addEventListener('abort', abort, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }

  #closedMeanwhile(): HumanError {
    const { address } = this.#options;
    return new HumanError('port-closed', `${address} was closed before it had taken what was sent.`);
  }

  #opened(): OpenPort {
    if (this.#port !== undefined) return this.#port;
    throw new HumanError('port-closed', `${this.#options.address} is not open: connect first.`);
  }

  #wills(): number {
    clearTimeout(this.#retry);
    return ++this.#will;
  }

  async #attempt(address: string, will: number): Promise<void> {
    const { source, events, devices } = this.#options;
    const listener = {
      received: (bytes: Uint8Array) => events.received(bytes),
      ended: (end: PortEnd) => this.#ended(end),
    };
    const port = await source.open({ address, settings: { ...this.#settings, ...this.#levels }, listener });
    if (will !== this.#will) {
      await atMost(closeMs, port.close());
      return;
    }
    this.#port = port;
    this.#device ??= await devices?.identify(address);
    // It may have been lost again meanwhile.
    if (this.#port !== port) return;
    this.#change({ phase: 'open', signals: port.setSignals === undefined ? undefined : this.#levels });
  }

  /** The port closed by itself. */
  #ended({ kind, reason }: PortEnd): void {
    this.#port = undefined;
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    const { address } = this.#options;
    const because = reason === undefined ? '' : `: ${reason}`;
    if (kind === 'finished') {
      this.#change({ phase: 'closed', message: `${address} is closed${because}.` });
      return;
    }
    this.#await(`${address} is lost${because}. It is opened again as soon as it is back.`, this.#will);
  }

  #await(message: string, will: number): void {
    if (will !== this.#will) return;
    if (this.#state.phase !== 'waiting' || this.#state.message !== message) this.#change({ phase: 'waiting', message });
    this.#retry = setTimeout(() => {
      void this.#inTurn(() => this.#tryAgain(message, will));
    }, this.#options.retryMs ?? defaultRetryMs);
  }

  async #tryAgain(message: string, will: number): Promise<void> {
    if (will !== this.#will || this.#port !== undefined) return;
    try {
      const { devices, address } = this.#options;
      const found = devices === undefined ? address : await devices.find(address, this.#device);
      if (found !== undefined) await this.#attempt(found, will);
    } catch {
      // Not back yet, or held by another program for a moment: tried again below.
    }
    if (this.#port === undefined) this.#await(message, will);
  }

  async #drop(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    if (port !== undefined) await atMost(closeMs, port.close());
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    this.#options.events.changed(state);
  }

  #inTurn<Result>(run: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
