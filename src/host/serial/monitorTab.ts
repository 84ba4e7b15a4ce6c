import { EventGrouper } from '../../core/serial/eventGroups';
import type { PlacedGroup } from '../../core/serial/eventGroups';
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
} from '../../protocol/monitor';
import type { HeardEvent as WorkerEvent } from '../../protocol/monitorWorker';
import type { ConnectionState, PortSettings, SignalSettings } from '../../protocol/serialPort';
import { Connection } from '../../serial/connection';
import type { DeviceFinder } from '../../serial/device';
import { signalPresetOf } from '../../serial/signalPresets';
import type { SignalPreset } from '../../serial/signalPresets';
import type { SerialSource } from '../../serial/source';
import { EventCards, mostCards } from './eventCards';
import { EventQueue } from './eventQueue';
import type { FirmwareEventHub, HeardAt } from './firmwareEvents';
import type { ThreadRpc } from './monitorThread';

/** Bytes that the thread has not understood yet: beyond this the port waits, until half of it is left. */
const mostWaitingBytes = 8 * 1024 * 1024;
/** Events that wait to be taken: beyond this the port waits too. */
const mostWaitingEvents = 20_000;
/** Time that events are taken for before the host does other work. */
const portionMs = 8;
/** Cards are made no more often than this. */
const cardsMs = 50;
/** A table or dump without an end is over after so much silence. */
const silenceMs = 300;

export interface TabOptions {
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

/** What a tab tells its owner. */
export interface TabEvents {
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
  readonly cards: EventCards;
  readonly #options: TabOptions;
  readonly #preset?: SignalPreset;
  readonly #grouper = new EventGrouper();
  display: TabDisplay;
  filter?: Filter;
  highlights: readonly HighlightRule[] = [];
  log?: LogState & { readonly path: string; readonly rotateBytes: number };
  extent?: Extent;
  board?: BoardCard;
  #waitingBytes = 0;
  #isHeld = false;
  #silence?: NodeJS.Timeout;
  readonly #events = new EventQueue();
  /** The next portion of events. */
  #next?: NodeJS.Immediate;
  #untold: readonly PlacedGroup[] = [];
  #telling?: NodeJS.Timeout;

  constructor(options: TabOptions) {
    const { id, address, source, settings, display, board, usb, devices, hub } = options;
    this.#options = options;
    this.id = id;
    this.address = address;
    this.title = titleOf(address);
    this.display = display;
    this.board = board;
    this.#preset = signalPresetOf(usb);
    this.cards = new EventCards(hub);
    this.connection = new Connection({
      source,
      address,
      settings,
      devices: source.id === 'serial' ? devices : undefined,
      events: { received: (bytes) => this.#received(bytes), changed: (state) => this.#changed(state) },
    });
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
    this.extent = undefined;
  }

  /** Events in the order of the stream. Many are taken in portions, between which the host does other work. */
  heard(events: readonly WorkerEvent[]): void {
    this.#events.push(events);
    if (this.#next === undefined) this.#takeEvents();
    this.#flow();
  }

  /** What ticks are has changed: profiles that were heard are told again, as they are now. */
  reinterpretProfiles(): void {
    const { changed, latest } = this.cards.reinterpret();
    if (changed.length > 0) this.#options.events.cards(this, changed);
    if (latest !== undefined) this.#options.hub.tellProfile(latest);
  }

  clear(): void {
    this.#events.clear();
    this.#grouper.flush();
    this.#untold = [];
    this.cards.clear();
    this.#thread.notify({ type: 'clear', stream: this.id });
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#silence);
    clearTimeout(this.#telling);
    clearImmediate(this.#next);
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

  #takeEvents(): void {
    const { hub } = this.#options;
    const end = performance.now() + portionMs;
    const groups: PlacedGroup[] = [];
    for (let placed = this.#events.take(); placed !== undefined; placed = this.#events.take()) {
      const { line, timeMs, event } = placed;
      const at = this.#at(line, timeMs);
      hub.tell({ ...at, event });
      groups.push(...this.#grouper.feed(event, { line, timeMs }, hub.tickHints(at)));
      if (performance.now() > end) break;
    }
    this.#tellGroups(groups);
    this.#next = this.#events.length === 0 ? undefined : setImmediate(() => this.#takeEvents());
    this.#flow();
    clearTimeout(this.#silence);
    if (this.#grouper.isWaiting) this.#silence = setTimeout(() => this.#flushGroups(), silenceMs);
  }

  #flushGroups(): void {
    if (this.#next !== undefined) return;
    this.#tellGroups(this.#grouper.flush(this.#options.hub.tickHints(this.heardAt)));
  }

  #tellGroups(groups: readonly PlacedGroup[]): void {
    if (groups.length === 0) return;
    for (const { line, timeMs, group } of groups) {
      if (group.type === 'profile')
        this.#options.hub.tellProfile({ ...this.#at(line, timeMs), profile: group.profile });
    }
    this.#untold = [...this.#untold, ...groups].slice(-mostCards);
    if (this.#telling === undefined) this.#makeCards();
  }

  /** At once, but not again for a while: of a board that floods, only the newest are worth a card. */
  #makeCards(): void {
    this.#telling = undefined;
    if (this.#untold.length === 0) return;
    const cards = this.#untold.map((group) => this.cards.add(group, this.#at(group.line, group.timeMs)));
    this.#untold = [];
    this.#options.events.cards(this, cards);
    this.#telling = setTimeout(() => this.#makeCards(), cardsMs);
  }

  /** The port is read only as fast as its bytes and events are dealt with. */
  #flow(): void {
    const isFull = this.#waitingBytes >= mostWaitingBytes || this.#events.length >= mostWaitingEvents;
    const isFree = this.#waitingBytes <= mostWaitingBytes / 2 && this.#events.length <= mostWaitingEvents / 2;
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
