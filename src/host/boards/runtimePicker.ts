import * as vscode from 'vscode';
import type { ChoicePlace } from './choiceStore';

interface RuntimeRow extends vscode.QuickPickItem {
  readonly runtime?: string;
}

/** Lets the user pick interpreter and kernel library; `{}` stands for the board's fastest. */
export async function pickRuntime(
  chosen: string | undefined,
  place: ChoicePlace | undefined,
): Promise<{ readonly runtime?: string } | undefined> {
  const { runtimes } = await import('../../core/runtimes/runtimes');
  const rows: RuntimeRow[] = [
    { label: 'Automatic', description: 'the fastest that the core of the board has' },
    ...runtimes.map(({ id, name }) => ({ label: name, description: id, runtime: id })),
  ];
  const row = await vscode.window.showQuickPick(
    rows.map((row) => (row.runtime === chosen ? { ...row, label: `$(check) ${row.label}` } : row)),
    { title: place === undefined ? 'Runtime' : `Runtime, kept in ${place}`, matchOnDescription: true },
  );
  return row && { runtime: row.runtime };
}
