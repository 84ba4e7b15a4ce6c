import * as vscode from 'vscode';
import type { ProofPageState } from '../../protocol/proofPage';
import { bytesOf, fileNameOf, placeOf } from '../places';
import { replaceUri } from '../writing';
import { tradeoffCsv } from './tradeoffCsv';

/** Saves the points of the trade-off where the user says. */
export async function saveCsv({ tradeoff }: ProofPageState, source: vscode.Uri): Promise<void> {
  if (tradeoff !== undefined) await save(bytesOf(tradeoffCsv(tradeoff)), source, 'csv');
}

/** Saves the picture that the page drew where the user says. */
export async function savePng(png: Uint8Array, source: vscode.Uri): Promise<void> {
  await save(png, source, 'png');
}

async function save(bytes: Uint8Array, source: vscode.Uri, extension: string): Promise<void> {
  const name = `${fileNameOf(source).replace(/\.[^.]*$/, '')}.tradeoff.${extension}`;
  const defaultUri = vscode.Uri.joinPath(placeOf(source), '..', name);
  const uri = await vscode.window.showSaveDialog({ defaultUri, filters: { [extension.toUpperCase()]: [extension] } });
  if (uri !== undefined) await replaceUri(uri, bytes);
}
