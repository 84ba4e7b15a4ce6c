import type * as vscode from 'vscode';
import type { Filter, HighlightRule, TabDisplay } from '../../protocol/monitorState';
import type { PortSettings } from '../../protocol/serialPort';
import type { MonitorTab } from './monitorTab';
import type { TickChoice } from '../../core/serial/profileUnit';

/** A tab as it is kept over a reload of the window. */
interface KeptTab {
  readonly address: string;
  readonly settings: PortSettings;
  readonly display: TabDisplay;
  readonly wasOpen: boolean;
  readonly filter?: Filter;
  readonly highlights?: readonly HighlightRule[];
}

export interface KeptSession {
  readonly tabs: readonly KeptTab[];
  /** Address of the chosen tab. */
  readonly chosen?: string;
}

const mostLines = 200;
const mostPorts = 50;
const keys = {
  history: 'monitor.inputHistory',
  settings: 'monitor.settings',
  session: 'monitor.session',
  tickUnits: 'monitor.tickUnits',
} as const;

/** What the monitor remembers in this workspace. */
export class MonitorMemory {
  readonly #store: vscode.Memento;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  /** Lines sent before, the newest last. */
  get inputHistory(): readonly string[] {
    return this.#store.get<readonly string[]>(keys.history) ?? [];
  }

  sent(text: string): void {
    if (text === '') return;
    const others = this.inputHistory.filter((line) => line !== text);
    void this.#store.update(keys.history, [...others, text].slice(-mostLines));
  }

  /** The settings with which an address was open last. */
  settingsOf(address: string): PortSettings | undefined {
    return this.#settings.find(([known]) => known === address)?.[1];
  }

  keepSettings(address: string, settings: PortSettings): void {
    const others = this.#settings.filter(([known]) => known !== address);
    void this.#store.update(keys.settings, [...others, [address, settings]].slice(-mostPorts));
  }

  get tickUnits(): readonly (readonly [address: string, choice: TickChoice])[] {
    return this.#store.get(keys.tickUnits) ?? [];
  }

  keepTickUnits(units: MonitorMemory['tickUnits']): void {
    void this.#store.update(keys.tickUnits, units.slice(-mostPorts));
  }

  get session(): KeptSession {
    return this.#store.get<KeptSession>(keys.session) ?? { tabs: [] };
  }

  keepSession(tabs: readonly MonitorTab[], chosen: string | undefined): void {
    const kept = tabs.map(({ address, connection, display, filter, highlights }): KeptTab => {
      const { phase } = connection.state;
      // What was paused is gone with the history.
      const shown = { ...display, follow: true, pausedAtRow: null };
      const wasOpen = !['closed', 'failed'].includes(phase);
      return { address, settings: connection.settings, display: shown, wasOpen, filter, highlights };
    });
    void this.#store.update(keys.session, { tabs: kept, chosen } satisfies KeptSession);
  }

  get #settings(): readonly (readonly [address: string, settings: PortSettings])[] {
    return this.#store.get(keys.settings) ?? [];
  }
}
