import path from 'node:path';
import * as vscode from 'vscode';
import { groupDigits } from '../../core/text/units';
import type { CopyReply } from '../../protocol/monitor';
import { replaceUri } from '../writing';
import { localPath, logName } from './logs';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

/** Starts a log, in a file that the user chooses where that is asked for. */
export async function startLogAsking(
  monitor: Monitor,
  tab: MonitorTab,
  { timestamps, ask }: { readonly timestamps: boolean; readonly ask: boolean },
): Promise<void> {
  if (!ask) {
    await monitor.startLog(tab, timestamps);
    return;
  }
  const file = await askForFile(tab, { title: 'Log to', extension: 'log' });
  if (file === undefined) return;
  // The dialog asked whether an existing file may go; a log begins a new one.
  await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
  await monitor.startLog(tab, timestamps, file);
}

/** Shows a log; one that is no text is shown by whatever opens such files. */
export async function openLogFile({ log }: MonitorTab): Promise<void> {
  if (log !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(log.path));
}

export async function saveHistory(monitor: Monitor, tab: MonitorTab): Promise<void> {
  const file = await askForFile(tab, { title: 'Save what was received', extension: 'log' });
  if (file === undefined) return;
  const saved = await monitor.thread.request<'save'>({ type: 'save', stream: tab.id, path: localPath(file) });
  const rest = saved.isWhole ? '' : ' The beginning is not kept any more.';
  tellSaved(`${groupDigits(saved.bytes)} bytes were saved to ${path.basename(file.path)}.${rest}`);
}

export async function exportPlotCsv(monitor: Monitor, tab: MonitorTab): Promise<void> {
  const file = await askForFile(tab, { title: 'Save the plot as CSV', extension: 'csv' });
  if (file === undefined) return;
  await monitor.thread.request<'plotCsv'>({ type: 'plotCsv', stream: tab.id, path: localPath(file) });
  tellSaved(`The plot was saved to ${path.basename(file.path)}.`);
}

export async function exportPlotPng(tab: MonitorTab, png: Uint8Array): Promise<void> {
  const file = await askForFile(tab, { title: 'Save the plot as a picture', extension: 'png' });
  if (file === undefined) return;
  await replaceUri(file, png);
  tellSaved(`The plot was saved to ${path.basename(file.path)}.`);
}

/** Copies rows as they are shown. */
export async function copyRows(
  monitor: Monitor,
  tab: MonitorTab,
  rows: { readonly from?: number; readonly to?: number },
): Promise<CopyReply> {
  const { timestamps } = tab.display;
  const reply = await monitor.thread.request<'text'>({ type: 'text', stream: tab.id, ...rows, timestamps });
  await vscode.env.clipboard.writeText(reply.text);
  if (reply.isWhole) return { lines: reply.lines };
  return { lines: reply.lines, notice: 'The rest is too much for the clipboard: save it as a file instead.' };
}

async function askForFile(
  tab: MonitorTab,
  { title, extension }: { readonly title: string; readonly extension: string },
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const name = `${logName(tab, new Date()).replace(/\.log$/, '')}.${extension}`;
  const defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder, name);
  return vscode.window.showSaveDialog({ title, ...(defaultUri === undefined ? {} : { defaultUri }) });
}

function tellSaved(sentence: string): void {
  vscode.window.setStatusBarMessage(`$(save) ${sentence}`, 5000);
}
