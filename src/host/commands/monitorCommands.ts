import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { usualBaudRates } from '../../protocol/serialPort';
import type { MonitorTab } from '../serial/monitorTab';
import { sendText } from '../serial/sending';
import type { CommandServices } from './services';

/** Shows the panel. */
export async function openMonitor({ serial }: CommandServices): Promise<void> {
  await serial.view.focus('lines');
}

/** Connects to a port that is picked or typed; with arguments, to that address at that rate without asking. */
export async function connectPort(services: CommandServices, value?: unknown, rate?: unknown): Promise<void> {
  const { monitor, view } = services.serial;
  const address = typeof value === 'string' ? value : await pickAddress(services);
  if (address === undefined) return;
  const baudRate =
    typeof rate === 'number' ? rate : typeof value === 'string' ? undefined : await pickRate(services, address);
  if (typeof value !== 'string' && baudRate === undefined && isSerial(address)) return;
  void view.focus();
  const tab = await monitor.tabFor(address);
  await monitor.open(
    address,
    baudRate === undefined ? tab.connection.settings : { ...tab.connection.settings, baudRate },
  );
}

export async function disconnectPort(services: CommandServices): Promise<void> {
  await chosenTab(services).connection.close();
}

/** Gives the chosen port to another program until it is taken back. */
export async function releasePort(services: CommandServices): Promise<void> {
  const tab = chosenTab(services);
  await tab.connection.release(`${tab.title} is released for another program. Take it back when that is done.`);
}

export async function takeBackPort(services: CommandServices): Promise<void> {
  await chosenTab(services).connection.takeBack();
}

export function clearMonitor(services: CommandServices): void {
  chosenTab(services).clear();
}

export async function resetBoard(services: CommandServices): Promise<void> {
  const tab = chosenTab(services);
  if (!tab.state.canReset) {
    throw new HumanError('reset-unknown', `Nothing is known of how ${tab.title} is reset: switch DTR or RTS by hand.`);
  }
  await tab.reset();
}

/** Asks for a line and sends it; with an argument, sends that. */
export async function sendLine(services: CommandServices, value?: unknown): Promise<void> {
  const tab = chosenTab(services);
  const prompt = `Line to send to ${tab.title}`;
  const text = typeof value === 'string' ? value : await vscode.window.showInputBox({ prompt });
  if (text === undefined) return;
  await sendText(services.serial.monitor, { tab: tab.id, text, lineEnding: tab.display.lineEnding });
}

export async function startLog(services: CommandServices): Promise<void> {
  await services.serial.monitor.startLog(chosenTab(services), false);
}

export async function stopLog(services: CommandServices): Promise<void> {
  await services.serial.monitor.stopLog(chosenTab(services));
}

export async function findInMonitor({ serial }: CommandServices): Promise<void> {
  await serial.view.focus('search');
}

export async function focusMonitorInput({ serial }: CommandServices): Promise<void> {
  await serial.view.focus('input');
}

function chosenTab({ serial }: CommandServices): MonitorTab {
  const { chosen } = serial.monitor;
  if (chosen !== undefined) return chosen;
  throw new HumanError('no-port', 'No port is open in the serial monitor. Run "Milliwatt: Connect to a Port…" first.');
}

interface PortRow extends vscode.QuickPickItem {
  readonly address?: string;
}

async function pickAddress({ serial }: CommandServices): Promise<string | undefined> {
  const { ports, notice } = await serial.ports.look();
  const rows: readonly PortRow[] = [
    ...ports.map((port): PortRow => {
      const [board] = port.boards;
      return { label: port.path, description: board?.name ?? port.manufacturer, address: port.path };
    }),
    { label: '$(edit) Another address…', detail: notice ?? 'A path, socket://host:port or rfc2217://host:port' },
  ];
  const picked = await vscode.window.showQuickPick(rows, { title: 'Port', matchOnDescription: true });
  if (picked === undefined) return undefined;
  if (picked.address !== undefined) return picked.address;
  const placeHolder = '/dev/ttyACM0, COM3, socket://localhost:4000, rfc2217://host:port, replay:///path/to/a.log';
  return (await vscode.window.showInputBox({ title: 'Address of the port', placeHolder }))?.trim() || undefined;
}

/** Only a serial port has a rate. */
async function pickRate({ serial }: CommandServices, address: string): Promise<number | undefined> {
  if (!isSerial(address)) return undefined;
  const { settings } = serial.monitor.state.defaults;
  const usual = [settings.baudRate, ...usualBaudRates.filter((rate) => rate !== settings.baudRate)];
  const rows = [...usual.map((rate) => ({ label: String(rate), rate })), { label: '$(edit) Another rate…', rate: 0 }];
  const picked = await vscode.window.showQuickPick(rows, { title: `Baud rate of ${address}` });
  if (picked === undefined || picked.rate > 0) return picked?.rate;
  const typed = await vscode.window.showInputBox({
    title: 'Baud rate',
    validateInput: (text) => (/^[1-9]\d{0,7}$/.test(text.trim()) ? undefined : 'Write a whole number, such as 115200.'),
  });
  return typed === undefined ? undefined : Number(typed);
}

function isSerial(address: string): boolean {
  return !address.includes('://');
}
