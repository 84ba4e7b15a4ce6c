import * as vscode from 'vscode';
import { modelFilters, modelPattern } from '../../core/formats/kinds';
import { keyOfListing, listingScheme } from '../listing/listingAddress';
import { pathOf } from '../places';
import type { CommandServices } from './services';

const mostOffered = 500;

/** The model that a command is about: the one it was started on, else the active one, else one that the user picks. */
export async function modelFor({ open }: CommandServices, value: unknown): Promise<vscode.Uri | undefined> {
  return modelFrom(value) ?? open.active?.uri ?? (await pickModel('Choose a model'));
}

/** A model named by an argument of a command. */
export function modelFrom(value: unknown): vscode.Uri | undefined {
  if (!(value instanceof vscode.Uri)) return undefined;
  return value.scheme === listingScheme ? keyOfListing(value).uri : value;
}

/** Lets the user pick a model of the workspace, or any file. */
export async function pickModel(title: string, without?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles(modelPattern(), '**/node_modules/**', mostOffered);
  const others = files.filter((file) => file.toString() !== without?.toString());
  const browse = { label: '$(folder-opened) Browse…', uri: undefined };
  const rows = others.map((uri) => ({ label: pathOf(uri), uri })).sort((a, b) => (a.label < b.label ? -1 : 1));
  const row = await vscode.window.showQuickPick([...rows, browse], { title });
  if (row === undefined) return undefined;
  return row.uri ?? browseForModel(title);
}

async function browseForModel(title: string): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({ title, filters: modelFilters() });
  return files?.at(0);
}
