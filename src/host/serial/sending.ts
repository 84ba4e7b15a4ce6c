import * as vscode from 'vscode';
import { parseHex } from '../../core/serial/hex';
import { bytesText } from '../../core/text/units';
import type { SentReply } from '../../protocol/monitor';
import type { TabId } from '../../protocol/monitorState';
import type { LineEnding } from '../../protocol/serialPort';
import { lineEndings } from '../../protocol/serialPort';
import { mostBytesOf } from '../../files/limits';
import { readUri } from '../reading';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

const pieceBytes = 4096;

export async function sendText(
  monitor: Monitor,
  { tab, text, lineEnding }: { readonly tab: TabId; readonly text: string; readonly lineEnding: LineEnding },
): Promise<SentReply> {
  const bytes = new TextEncoder().encode(text + lineEndings[lineEnding]);
  await monitor.tab(tab).send(bytes, true);
  monitor.sent(text);
  return { bytes: bytes.length };
}

/** @throws {HumanError} where the text is not hexadecimal. */
export async function sendHex(
  monitor: Monitor,
  { tab, text }: { readonly tab: TabId; readonly text: string },
): Promise<SentReply> {
  const bytes = parseHex(text);
  await monitor.tab(tab).send(bytes, false);
  monitor.sent(text);
  return { bytes: bytes.length };
}

/** Asks for a file and sends it in pieces, with progress and a way to stop. */
export async function sendFile(monitor: Monitor, { tab }: { readonly tab: TabId }): Promise<SentReply> {
  const target = monitor.tab(tab);
  const [file] =
    (await vscode.window.showOpenDialog({ title: `Send a file to ${target.title}`, openLabel: 'Send' })) ?? [];
  if (file === undefined) return { bytes: 0 };
  const bytes = await readUri(file, mostBytesOf.upload);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Sending ${bytesText(bytes.length)} to ${target.title}`,
    cancellable: true,
  };
  const sent = await vscode.window.withProgress(options, (progress, token) =>
    sendPieces(target, bytes, progress, token),
  );
  return { bytes: sent };
}

async function sendPieces(
  tab: MonitorTab,
  bytes: Uint8Array,
  progress: vscode.Progress<{ readonly increment: number }>,
  token: vscode.CancellationToken,
): Promise<number> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    if (token.isCancellationRequested) return start;
    const piece = bytes.subarray(start, start + pieceBytes);
    await tab.send(piece, false);
    progress.report({ increment: (piece.length / bytes.length) * 100 });
  }
  return bytes.length;
}
