import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { SettingsReader } from '../settings';
import { FirmwareEventHub } from './firmwareEvents';
import { Monitor } from './monitor';
import { MonitorContext } from './monitorContext';
import { MonitorMemory } from './memory';
import { MonitorView } from './monitorView';
import { Ports } from './ports';
import { TickUnits } from './tickUnits';
import { Uploads } from './uploads';

/** The serial monitor with all its parts. */
export interface SerialMonitor {
  readonly monitor: Monitor;
  readonly view: MonitorView;
  readonly ports: Ports;
  readonly events: FirmwareEventHub;
  readonly tickUnits: TickUnits;
  /** Gives the ports back and has every log on disk. */
  end(): Promise<void>;
  dispose(): void;
}

/** Puts the serial monitor together. Nothing native is loaded before a port is opened or listed. */
export function createSerialMonitor(
  context: vscode.ExtensionContext,
  settings: SettingsReader,
  log: Log,
): SerialMonitor {
  const all = new Disposables();
  const ports = all.add(new Ports());
  const events = all.add(new FirmwareEventHub());
  const monitorSettings = (): ReturnType<SettingsReader['readMonitor']> => settings.readMonitor();
  const memory = new MonitorMemory(context.workspaceState);
  const monitor = all.add(
    new Monitor({
      threadScript: vscode.Uri.joinPath(context.extensionUri, 'dist', 'monitorWorker.js').fsPath,
      log,
      ports,
      hub: events,
      memory,
      settings: monitorSettings,
      logPlaces: { fallback: vscode.Uri.joinPath(context.globalStorageUri, 'logs') },
    }),
  );
  const view = all.add(new MonitorView(context.extensionUri, monitor, log));
  all.add(new Uploads(monitor, monitorSettings, log));
  all.add(new MonitorContext(monitor));
  const tickUnits = all.add(new TickUnits(memory));
  all.add(events.registerTickHints(({ source }) => tickUnits.of(source) ?? {}));
  all.add(
    tickUnits.onDidChange((address) =>
      monitor.tabs.find((tab) => tab.address === address)?.hearing.reinterpretProfiles(),
    ),
  );
  return { monitor, view, ports, events, tickUnits, end: () => monitor.end(), dispose: () => all.dispose() };
}
