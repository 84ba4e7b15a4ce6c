import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { makeFolderSync } from '../../files/folders';
import { writeNewFileSync } from '../../files/writing';
import type { MonitorSettings } from '../settings';
import { confinementOf } from '../workspaceFolders';
import type { MonitorTab } from './monitorTab';
import type { ThreadRpc } from './monitorThread';

/** Where logs go when the user does not say. */
export interface LogPlaces {
  /** Where there is no workspace folder on this machine. */
  readonly fallback: vscode.Uri;
}

interface LogChoice {
  readonly settings: MonitorSettings;
  readonly places: LogPlaces;
  readonly timestamps: boolean;
  /** Chosen by the user; absent: a new file in the folder of the settings. */
  readonly file?: vscode.Uri;
}

const bytesPerMegabyte = 1024 * 1024;

/** Starts a log of a tab; one that runs is finished first. @throws {HumanError} where the file cannot be made. */
export async function startLog(thread: ThreadRpc, tab: MonitorTab, choice: LogChoice): Promise<void> {
  const { settings, places, timestamps, file } = choice;
  const place = file === undefined ? path.join(logFolder(settings, places), logName(tab, new Date())) : localPath(file);
  const rotateBytes = Math.max(0, Math.round(settings.logRotateMegabytes * bytesPerMegabyte));
  const log = { path: place, timestamps, rotateBytes, within: confinementOf(place) };
  await thread.request<'startLog'>({ type: 'startLog', stream: tab.id, ...log });
  tab.logTo({ path: place, fileName: path.basename(place), bytes: 0, timestamps, rotateBytes });
}

/** Has a new thread go on with a tab's log, whose writer has ended. */
export async function continueLog(thread: ThreadRpc, tab: MonitorTab): Promise<void> {
  const { log } = tab;
  if (log === undefined || log.problem !== undefined) return;
  const { path: place, timestamps, rotateBytes } = log;
  const more = { path: place, timestamps, rotateBytes, goesOn: true, within: confinementOf(place) };
  await thread.request<'startLog'>({ type: 'startLog', stream: tab.id, ...more }).catch((error: unknown) => {
    tab.logFailed(error instanceof Error ? error.message : String(error));
  });
}

export async function stopLog(thread: ThreadRpc, tab: MonitorTab): Promise<void> {
  if (tab.log === undefined) return;
  tab.logTo(undefined);
  await thread.request<'stopLog'>({ type: 'stopLog', stream: tab.id });
}

/** The path of a file that the user chose. @throws {HumanError} where it does not lie on this machine. */
export function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file' || uri.scheme === 'vscode-remote') return uri.fsPath;
  throw new HumanError(
    'place-foreign',
    `Nothing can be written to ${uri.toString(true)} from here. Choose a place on the machine that has the port.`,
  );
}

/** A name that says what and when, and that no log has yet: `ttyACM0-2026-11-24T07-33-21-123.log`. */
export function logName({ title }: Pick<MonitorTab, 'title'>, now: Date): string {
  const what = title.replace(/\.log$/, '').replace(/[^A-Za-z0-9._-]+/g, '-');
  const when = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 23);
  return `${what}-${when.replace(/[:.]/g, '-')}.log`;
}

function logFolder({ logFolder: chosen }: MonitorSettings, { fallback }: LogPlaces): string {
  const workspace = vscode.workspace.workspaceFolders?.find(({ uri }) => isLocal(uri))?.uri;
  if (chosen !== '' && vscode.workspace.isTrusted) return chosenFolder(chosen, workspace);
  if (workspace === undefined) return fallback.fsPath;
  const folder = path.join(workspace.fsPath, '.milliwatt', 'logs');
  keepOutOfGit(folder);
  return folder;
}

function chosenFolder(chosen: string, workspace: vscode.Uri | undefined): string {
  const expanded = chosen.replace('${workspaceFolder}', workspace?.fsPath ?? '');
  if (path.isAbsolute(expanded)) return expanded;
  if (workspace !== undefined) return path.join(workspace.fsPath, expanded);
  throw new HumanError(
    'log-folder',
    `"${chosen}" in milliwatt.monitor.logFolder is relative, and no folder is open. Write an absolute path, or open a folder.`,
  );
}

/** Logs are not for the repository; the measurements beside them are. @throws {HumanError} where a link leads out */
function keepOutOfGit(folder: string): void {
  const file = path.join(folder, '.gitignore');
  try {
    makeFolderSync(folder, confinementOf(folder));
    if (!existsSync(file)) writeNewFileSync(file, [new TextEncoder().encode('*\n')]);
  } catch (error) {
    // What is wrong with the folder is said when the log is made in it.
    if (error instanceof HumanError && error.code === 'folder-outside') throw error;
  }
}

function isLocal({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === 'vscode-remote';
}
