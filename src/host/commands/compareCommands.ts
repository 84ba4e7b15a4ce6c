import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { pickBoard } from '../boards/boardPicker';
import * as compare from '../compare';
import { boardOf } from './choiceCommands';
import { modelFor, modelFrom, pickModel } from './modelArgument';
import type { CommandServices } from './services';

export async function compareWithHead(services: CommandServices, value?: unknown): Promise<void> {
  const uri = await modelFor(services, value);
  if (uri !== undefined) await compare.compareWithHead(uri);
}

/** Compares two models: the two that are selected in the explorer, or the given one with another that is picked. */
export async function compareModels(services: CommandServices, value?: unknown, selected?: unknown): Promise<void> {
  const chosen = Array.isArray(selected) ? selected.map(modelFrom).filter((uri) => uri !== undefined) : [];
  if (chosen.length === 2) return compare.compareModels(chosen[0], chosen[1]);
  const first = await modelFor(services, value);
  const second = first && (modelFrom(selected) ?? (await pickModel('Compare with which model?', { without: first })));
  if (first !== undefined && second !== undefined) await compare.compareModels(first, second);
}

/** Compares what a model costs on the chosen board and on another. */
export async function compareBoards(services: CommandServices, value?: unknown, other?: unknown): Promise<void> {
  const uri = await modelFor(services, value);
  if (uri === undefined) return;
  await services.analyses.settled({ uri, costs: 'hints' });
  const board = boardOf(services, uri);
  if (board === undefined) {
    throw new HumanError('no-board', 'Choose a board first: its costs are compared with those on another one.');
  }
  const second = typeof other === 'string' ? other : await pickOther(services, board);
  if (second !== undefined) await compare.compareBoards(uri, board, second);
}

async function pickOther({ detected }: CommandServices, chosen: string): Promise<string | undefined> {
  const picked = await pickBoard({ title: 'Compare with which board?', chosen, detected, places: [] });
  if (picked !== undefined && picked.board === undefined) {
    await vscode.window.showInformationMessage('Choose a board to compare with.');
  }
  return picked?.board;
}
