import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { ToMonitorPage } from '../../protocol/monitor';
import type { MonitorState, TabDisplay, TabId } from '../../protocol/monitorState';
import type { PortSettings } from '../../protocol/serialPort';
import { createDeviceFinder } from '../../serial/device';
import { sourceOf } from '../../serial/sources';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { MonitorSettings } from '../settings';
import type { FirmwareEventHub } from './firmwareEvents';
import { startLog, stopLog } from './logs';
import type { LogPlaces } from './logs';
import type { MonitorMemory } from './memory';
import { MonitorTab } from './monitorTab';
import { MonitorDefaults } from './monitorDefaults';
import type { ThreadRpc } from './monitorThread';
import { MonitorThread } from './monitorThread';
import { boardCard, portList } from './ports';
import type { Ports } from './ports';
import { restoreSession } from './session';
import { threadHandlers } from './threadHandlers';

interface MonitorServices {
  readonly threadScript: string;
  readonly log: Log;
  readonly ports: Ports;
  readonly hub: FirmwareEventHub;
  readonly memory: MonitorMemory;
  readonly settings: () => MonitorSettings;
  readonly logPlaces: LogPlaces;
}

/** Bytes of a tab, as they arrived. */
interface ReceivedBytes {
  readonly tab: MonitorTab;
  readonly bytes: Uint8Array;
}

/** All connections of this window. It owns what the page shows, whether there is a page or not. */
export class Monitor {
  readonly #services: MonitorServices;
  readonly #defaults: MonitorDefaults;
  readonly #disposables = new Disposables();
  readonly #thread: MonitorThread;
  readonly #tabs = new Map<TabId, MonitorTab>();
  readonly #told = this.#disposables.add(new vscode.EventEmitter<ToMonitorPage>());
  readonly #received = this.#disposables.add(new vscode.EventEmitter<ReceivedBytes>());
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<MonitorTab>());
  readonly #closed = this.#disposables.add(new vscode.EventEmitter<MonitorTab>());
  #chosen?: TabId;
  #nextTab = 1;
  #isShown = false;
  #isEnding = false;

  /** What the page is to be told. */
  readonly onDidTell = this.#told.event;
  readonly onDidReceive = this.#received.event;
  /** Connection, settings or log of a tab have changed, or another tab was chosen. */
  readonly onDidChangeTab = this.#changed.event;
  readonly onDidCloseTab = this.#closed.event;

  constructor(services: MonitorServices) {
    this.#services = services;
    this.#defaults = new MonitorDefaults(services.settings, services.memory);
    this.#thread = this.#disposables.add(
      new MonitorThread(services.threadScript, services.log, threadHandlers(this, services.log)),
    );
    this.#disposables.add(services.ports.onDidChange(() => this.#tellPorts()));
  }

  get tabs(): readonly MonitorTab[] {
    return [...this.#tabs.values()];
  }

  get chosen(): MonitorTab | undefined {
    return this.#chosen === undefined ? undefined : this.#tabs.get(this.#chosen);
  }

  get thread(): ThreadRpc {
    return this.#thread.rpc;
  }

  get ports(): Ports {
    return this.#services.ports;
  }

  /** The tab with this id. @throws {HumanError} where it has been closed meanwhile. */
  tab(id: TabId): MonitorTab {
    const tab = this.#tabs.get(id);
    if (tab === undefined) throw new HumanError('tab-closed', 'That connection has been closed.');
    return tab;
  }

  find(id: TabId): MonitorTab | undefined {
    return this.#tabs.get(id);
  }

  /** The whole of what the page shows. */
  get state(): MonitorState {
    const { tabs } = this;
    return {
      ports: this.#portList(),
      tabs: tabs.map(({ state }) => state),
      chosenTab: this.#chosen,
      extents: tabs.flatMap(({ id, extent }) => (extent === undefined ? [] : [{ tab: id, extent }])),
      events: tabs.map(({ id, hearing }) => ({ tab: id, events: hearing.cards.all })),
      defaults: this.#defaults.shown,
      inputHistory: this.#services.memory.inputHistory,
    };
  }

  /** The tab of an address, made where there is none; it becomes the chosen one. It is not opened. */
  async tabFor(address: string, settings?: PortSettings, display?: Partial<TabDisplay>): Promise<MonitorTab> {
    const source = sourceOf(address);
    const existing = this.tabs.find((tab) => tab.address === address);
    if (existing !== undefined) {
      this.choose(existing.id);
      return existing;
    }
    if (source.id === 'serial' && this.ports.known === undefined) await this.ports.look();
    const port = this.ports.portOf(address);
    const board = port?.boards.at(0);
    const tab = new MonitorTab({
      id: this.#nextTab++,
      address,
      source,
      settings: settings ?? this.#defaults.settingsOf(address, port),
      display: { ...this.#defaults.display, ...display },
      board: board && boardCard(board),
      usb: port?.usb,
      devices: createDeviceFinder(() => this.ports.look()),
      thread: () => this.thread,
      hub: this.#services.hub,
      events: {
        changed: (changed) => this.#tabChanged(changed),
        received: (received, bytes) => this.#received.fire({ tab: received, bytes }),
        cards: ({ id }, events) => this.#told.fire({ type: 'events', tab: id, events }),
      },
    });
    this.#tabs.set(tab.id, tab);
    this.#told.fire({ type: 'tab', tab: tab.state });
    this.choose(tab.id);
    return tab;
  }

  /**
   * Opens a port in its tab, with other settings where they are given. @throws {HumanError} where it cannot be opened.
   */
  async open(address: string, settings?: PortSettings): Promise<MonitorTab> {
    const tab = await this.tabFor(address.trim(), settings);
    const { autoLog } = this.#services.settings();
    if (autoLog !== 'off' && tab.log === undefined) await this.startLog(tab, autoLog === 'times');
    if (settings !== undefined || tab.connection.state.phase !== 'open') await tab.connection.open(settings);
    return tab;
  }

  choose(id: TabId): void {
    if (!this.#tabs.has(id)) return;
    this.#chosen = id;
    this.#told.fire({ type: 'tabChosen', tab: id });
    this.watchAll();
    this.remember();
    this.#changed.fire(this.tab(id));
  }

  async closeTab(id: TabId): Promise<void> {
    const tab = this.#tabs.get(id);
    if (tab === undefined) return;
    await tab.dispose();
    await this.thread.request<'remove'>({ type: 'remove', stream: id });
    this.#tabs.delete(id);
    this.#told.fire({ type: 'tabClosed', tab: id });
    this.#closed.fire(tab);
    if (this.#chosen === id) {
      this.#chosen = undefined;
      const next = this.tabs.at(-1);
      if (next !== undefined) this.choose(next.id);
    }
    this.#tellPorts();
    this.remember();
  }

  setDisplay(id: TabId, display: Partial<TabDisplay>): void {
    const tab = this.#tabs.get(id);
    if (tab === undefined) return;
    const { view, timestamps } = tab.display;
    tab.setDisplay(display);
    if (tab.display.view !== view) this.watch(tab);
    if (tab.display.view !== view || tab.display.timestamps !== timestamps) this.remember();
  }

  /** @throws {HumanError} where the file cannot be made. */
  async startLog(tab: MonitorTab, timestamps: boolean, file?: vscode.Uri): Promise<void> {
    const { settings, logPlaces } = this.#services;
    await startLog(this.thread, tab, { settings: settings(), places: logPlaces, timestamps, file });
    this.#tabChanged(tab);
  }

  async stopLog(tab: MonitorTab): Promise<void> {
    await stopLog(this.thread, tab);
    this.#tabChanged(tab);
  }

  /** The page is in view, or not: what is not looked at is told less of. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    this.ports.watch(isShown);
    this.watchAll();
  }

  watchAll(): void {
    for (const tab of this.#tabs.values()) this.watch(tab);
  }

  /** Has points told from the beginning, as a page that is new needs them. */
  rewatch(): void {
    const { chosen } = this;
    if (chosen !== undefined)
      this.thread.notify({ type: 'watch', stream: chosen.id, isShown: this.#isShown, plots: false });
    this.watchAll();
  }

  watch(tab: MonitorTab): void {
    const isShown = this.#isShown && tab.id === this.#chosen;
    this.thread.notify({ type: 'watch', stream: tab.id, isShown, plots: isShown && tab.display.view === 'plot' });
  }

  tell(message: ToMonitorPage): void {
    this.#told.fire(message);
  }

  tellTab(tab: MonitorTab): void {
    if (this.#tabs.has(tab.id)) this.#told.fire({ type: 'tab', tab: tab.state });
  }

  sent(text: string): void {
    this.#services.memory.sent(text);
  }

  /** Opens again what was open when the window was closed. */
  async restore(): Promise<void> {
    const { settings, memory } = this.#services;
    if (settings().restoreConnections) await restoreSession(this, memory.session);
  }

  /** Ends the thread as a crash would, for tests. */
  stopThread(): Promise<void> {
    return this.#thread.terminate();
  }

  /** Gives the ports back and has every log on disk. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(
      this.tabs.map(async (tab) => {
        await tab.dispose();
        await this.thread.request<'settled'>({ type: 'settled', stream: tab.id });
      }),
    ).catch((error: unknown) => this.#services.log.warn(String(error)));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #tabChanged(tab: MonitorTab): void {
    if (!this.#tabs.has(tab.id)) return;
    this.tellTab(tab);
    this.#changed.fire(tab);
    if (tab.connection.state.phase === 'open') this.#services.memory.keepSettings(tab.address, tab.connection.settings);
    this.#tellPorts();
    this.remember();
  }

  /** Keeps the tabs for the next life of the window. */
  remember(): void {
    if (!this.#isEnding) this.#services.memory.keepSession(this.tabs, this.chosen?.address);
  }

  #tellPorts(): void {
    this.#told.fire({ type: 'ports', ports: this.#portList() });
  }

  #portList(): MonitorState['ports'] {
    return portList(this.ports.known, {
      tabOf: (address) => this.tabs.find((tab) => tab.address === address)?.id,
      settingsOf: (port) => this.#defaults.settingsOf(port.path, port),
    });
  }
}
