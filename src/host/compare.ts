import * as vscode from 'vscode';
import { listingUri } from './listing/listingAddress';
import { headVersionOf } from './git';
import { modelNameOf } from './places';

/** Shows two models side by side as listings, their costs as columns of text (a diff editor shows no hints). */
export async function compareModels(older: vscode.Uri, newer: vscode.Uri): Promise<void> {
  await showDiff({ uri: older }, { uri: newer }, `${modelNameOf(older)} ↔ ${modelNameOf(newer)}`);
}

/** Shows what changed in a model, and in its costs, since the last commit. */
export async function compareWithHead(model: vscode.Uri): Promise<void> {
  const head = await headVersionOf(model);
  await showDiff({ uri: head }, { uri: model }, `${modelNameOf(model)} (HEAD ↔ now)`);
}

/** Shows what a model costs on two boards. */
export async function compareBoards(model: vscode.Uri, left: string, right: string): Promise<void> {
  const { boardById } = await import('../core/boards/boards');
  const nameOf = (board: string): string => boardById(board)?.name ?? board;
  const title = `${modelNameOf(model)} (${nameOf(left)} ↔ ${nameOf(right)})`;
  await showDiff({ uri: model, board: left }, { uri: model, board: right }, title);
}

interface Side {
  readonly uri: vscode.Uri;
  readonly board?: string;
}

async function showDiff(left: Side, right: Side, title: string): Promise<void> {
  const leftUri = listingUri({ ...left, costs: 'text' });
  const rightUri = listingUri({ ...right, costs: 'text' });
  await vscode.commands.executeCommand('vscode.diff', leftUri, rightUri, title);
}
