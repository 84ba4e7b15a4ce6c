import type * as vscode from 'vscode';
import type { ConnectionState, PortSettings } from '../../protocol/serialPort';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

/** A serial port of the machine that the extension runs on. */
interface SerialPortInfo {
  readonly address: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  /** USB ids, where it is a USB device. */
  readonly vendorId?: number;
  readonly productId?: number;
  /** Ids of the boards that it may be, most likely first. */
  readonly boards: readonly string[];
}

/** A connection of the monitor, shared with the user: what either does, the other sees. */
export interface SerialConnection {
  readonly address: string;
  readonly state: ConnectionState;
  readonly onDidChangeState: vscode.Event<ConnectionState>;
  /** Every byte from now on, as it arrives. */
  readonly onData: vscode.Event<Uint8Array>;
  /** Resolves when the system has taken the bytes; rejects with a sentence for people. */
  write(bytes: Uint8Array): Promise<void>;
  /** Gives the port to another program; `reason` is a sentence that the user sees. */
  release(reason?: string): Promise<void>;
  /** Opens a released port again, as soon as the same device is there. */
  takeBack(): Promise<void>;
  /** Disconnects; the history stays in the panel. */
  close(): Promise<void>;
  /** The last lines received, as plain text, at most 32 MB. */
  readText(): Promise<string>;
}

/** The serial monitor for other extensions. */
export interface SerialApi {
  /** The ports of the machine; rejects with a sentence where they cannot be listed. */
  listPorts(): Promise<readonly SerialPortInfo[]>;
  /** Opens a port, `socket://host:port` or `rfc2217://host:port` in the panel, or gives the connection that is open. */
  open(address: string, settings?: Partial<PortSettings>): Promise<SerialConnection>;
  /** All connections of the panel. */
  readonly connections: readonly SerialConnection[];
}

export function createSerialApi(monitor: Monitor): SerialApi {
  return {
    listPorts: async () => {
      const { ports, notice } = await monitor.ports.look();
      if (notice !== undefined) throw new Error(notice);
      return ports.map((port) => ({
        address: port.path,
        manufacturer: port.manufacturer,
        serialNumber: port.serialNumber,
        vendorId: port.usb?.vendorId,
        productId: port.usb?.productId,
        boards: port.boards.map(({ id }) => id),
      }));
    },
    open: async (address, settings) => {
      const tab = await monitor.tabFor(address);
      const whole = settings === undefined ? undefined : { ...tab.connection.settings, ...settings };
      return connectionOf(monitor, await monitor.open(address, whole));
    },
    get connections() {
      return monitor.tabs.map((tab) => connectionOf(monitor, tab));
    },
  };
}

function connectionOf(monitor: Monitor, tab: MonitorTab): SerialConnection {
  return {
    address: tab.address,
    get state() {
      return tab.connection.state;
    },
    onDidChangeState: (listener, self, disposables) =>
      monitor.onDidChangeTab(
        (changed) => {
          if (changed === tab) listener.call(self, tab.connection.state);
        },
        undefined,
        disposables,
      ),
    onData: (listener, self, disposables) =>
      monitor.onDidReceive(
        ({ tab: from, bytes }) => {
          if (from === tab) listener.call(self, bytes);
        },
        undefined,
        disposables,
      ),
    write: (bytes) => tab.send(bytes, false),
    release: (reason = `${tab.title} is given to another extension.`) => tab.connection.release(reason),
    takeBack: () => tab.connection.takeBack(),
    close: () => tab.connection.close(),
    readText: async () => {
      const thread = monitor.thread;
      await thread.request<'settled'>({ type: 'settled', stream: tab.id });
      const { text } = await thread.request<'text'>({ type: 'text', stream: tab.id, timestamps: 'off' });
      return text;
    },
  };
}
