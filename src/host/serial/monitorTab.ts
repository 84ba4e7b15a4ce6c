import type {
  BoardCard,
  EventCard,
  Extent,
  Filter,
  HighlightRule,
  LogState,
  TabDisplay,
  TabId,
  TabState,
} from '../../protocol/monitorState';
import type { ConnectionState, PortSettings, SignalSettings } from '../../protocol/serialPort';
import { Connection } from '../../serial/connection';
import type { DeviceFinder } from '../../serial/device';
import { signalPresetOf } from '../../serial/signalPresets';
import type { SignalPreset } from '../../serial/signalPresets';
import type { SerialSource } from '../../serial/source';
import type { FirmwareEventHub, HeardAt } from './firmwareEvents';
import type { ThreadRpc } from './monitorThread';
import { TabHearing } from './tabHearing';

/** Bytes that the thread has not understood yet: beyond this the port waits, until half of it is left. */
const mostWaitingBytes = 8 * 1024 * 1024;

interface TabOptions {
  readonly id: TabId;
  readonly address: string;
  readonly source: SerialSource;
  readonly settings: PortSettings;
  readonly display: TabDisplay;
  readonly board?: BoardCard;
  readonly usb?: { readonly vendorId: number; readonly productId: number };
  readonly devices: DeviceFinder;
  readonly thread: () => ThreadRpc;
  readonly hub: FirmwareEventHub;
  readonly events: TabEvents;
}

/** Where a tab is logged to. */
type TabLog = LogState & { readonly path: string; readonly rotateBytes: number };

/** What a tab tells its owner. */
interface TabEvents {
  /** Its state has changed: connection, settings, log. */
  changed(tab: MonitorTab): void;
  received(tab: MonitorTab, bytes: Uint8Array): void;
  cards(tab: MonitorTab, cards: readonly EventCard[]): void;
}

/** One port: its connection, and what the monitor keeps of it besides the stream on the thread. */
export class MonitorTab {
  readonly id: TabId;
  readonly address: string;
  readonly title: string;
  readonly connection: Connection;
  readonly hearing: TabHearing;
  readonly #options: TabOptions;
  readonly #preset?: SignalPreset;
  readonly board?: BoardCard;
  #display: TabDisplay;
  #filter?: Filter;
  #highlights: readonly HighlightRule[] = [];
  #log?: TabLog;
  #extent?: Extent;
  #waitingBytes = 0;
  #isHeld = false;

  constructor(options: TabOptions) {
    const { id, address, source, settings, display, board, usb, devices, hub } = options;
    this.#options = options;
    this.id = id;
    this.address = address;
    this.title = titleOf(address);
    this.#display = display;
    this.board = board;
    this.#preset = signalPresetOf(usb);
    this.hearing = new TabHearing({
      hub,
      at: (line, timeMs) => this.#at(line, timeMs),
      tellCards: (cards) => options.events.cards(this, cards),
    });
    this.connection = new Connection({
      source,
      address,
      settings,
      devices: source.id === 'serial' ? devices : undefined,
      events: { received: (bytes) => this.#received(bytes), changed: (state) => this.#changed(state) },
    });
  }

  get display(): TabDisplay {
    return this.#display;
  }

  get filter(): Filter | undefined {
    return this.#filter;
  }

  get highlights(): readonly HighlightRule[] {
    return this.#highlights;
  }

  get log(): TabLog | undefined {
    return this.#log;
  }

  /** What the thread has of the stream; nothing before it told. */
  get extent(): Extent | undefined {
    return this.#extent;
  }

  setDisplay(display: Partial<TabDisplay>): void {
    this.#display = { ...this.#display, ...display };
  }

  /** What the thread has accepted: which lines pass, and what is marked in them. */
  setRules(rules: { readonly filter?: Filter; readonly highlights?: readonly HighlightRule[] }): void {
    if ('filter' in rules) this.#filter = rules.filter;
    if (rules.highlights !== undefined) this.#highlights = rules.highlights;
  }

  /** A log has begun, or has ended at the user's wish. */
  logTo(log: TabLog | undefined): void {
    this.#log = log;
  }

  logGrew(bytes: number): void {
    if (this.#log !== undefined) this.#log = { ...this.#log, bytes };
  }

  /** The log has ended by itself; what it has stays named. */
  logFailed(problem: string): void {
    if (this.#log !== undefined) this.#log = { ...this.#log, problem };
  }

  grow(extent: Extent): void {
    this.#extent = extent;
  }

  get sourceId(): string {
    return this.#options.source.id;
  }

  get state(): TabState {
    const { id, address, title, board, display, filter, highlights, log, connection } = this;
    return {
      id,
      address,
      title,
      board,
      settings: connection.settings,
      connection: connection.state,
      display,
      filter,
      highlights,
      log: log && { fileName: log.fileName, bytes: log.bytes, timestamps: log.timestamps, problem: log.problem },
      canReset: this.#preset?.reset !== undefined && connection.state.signals !== undefined,
    };
  }

  /** Sends bytes; `text` is shown among the lines where the tab echoes. */
  async send(bytes: Uint8Array, isText: boolean): Promise<void> {
    await this.connection.write(bytes);
    const isShown = isText && this.display.echo;
    this.#thread.notify({ type: 'sent', stream: this.id, bytes, timeMs: Date.now(), isShown });
  }

  setSignals(signals: SignalSettings): Promise<void> {
    return this.connection.setSignals(signals);
  }

  /** Pulls the reset line as the board's circuit wants it. */
  async reset(): Promise<void> {
    const reset = this.#preset?.reset;
    if (reset === undefined || this.#preset === undefined) return;
    await this.connection.setSignals(reset.pull);
    await new Promise((resolve) => setTimeout(resolve, reset.holdMs));
    await this.connection.setSignals(this.#preset.signals);
  }

  /** The thread has understood so many bytes. */
  consumed(bytes: number): void {
    this.#waitingBytes -= bytes;
    this.#flow();
  }

  /** The thread has died: what it had is gone, and it owes nothing any more. */
  forgetThread(): void {
    this.consumed(this.#waitingBytes);
    this.#extent = undefined;
  }

  clear(): void {
    this.hearing.clear();
    this.#thread.notify({ type: 'clear', stream: this.id });
  }

  async dispose(): Promise<void> {
    this.hearing.dispose();
    await this.connection.close();
  }

  /** Of what is heard now, of no particular line. */
  get heardAt(): HeardAt {
    return this.#at(0, Date.now());
  }

  get #thread(): ThreadRpc {
    return this.#options.thread();
  }

  #at(line: number, timeMs: number): HeardAt {
    return { source: this.address, tab: this.id, board: this.board?.id, line, timeMs };
  }

  /** The port is read only as fast as its bytes are understood. */
  #flow(): void {
    const isFull = this.#waitingBytes >= mostWaitingBytes;
    const isFree = this.#waitingBytes <= mostWaitingBytes / 2;
    if (this.#isHeld ? !isFree : !isFull) return;
    this.#isHeld = !this.#isHeld;
    this.connection.setFlowing(!this.#isHeld);
  }

  /** The copy is needed: what the port hands over is part of a larger buffer, which would be sent along. */
  #received(bytes: Uint8Array): void {
    const own = new Uint8Array(bytes);
    this.#options.events.received(this, own);
    this.#thread.notify({ type: 'received', stream: this.id, bytes: own, timeMs: Date.now() });
    this.#waitingBytes += own.length;
    this.#flow();
  }

  #changed({ phase }: ConnectionState): void {
    if (phase !== 'open' && phase !== 'opening')
      this.#thread.notify({ type: 'interrupted', stream: this.id, timeMs: Date.now() });
    this.#options.events.changed(this);
  }
}

/** The short form of an address: `ttyACM0`, `localhost:4000`, `boot.log`. */
function titleOf(address: string): string {
  const place = address.replace(/^[a-z0-9]+:\/\//, '').replace(/\?.*$/, '');
  if (/^(?:socket|rfc2217):/.test(address)) return place;
  return place.split(/[\\/]/).filter(Boolean).at(-1) ?? address;
}
