import * as vscode from 'vscode';
import type { GoalKind, GoalQuestion } from '../../core/compress/kind';
import type { Report } from '../../core/estimate/report';

interface GoalRow extends vscode.QuickPickItem {
  readonly goalKind?: GoalKind;
  readonly options?: object;
}

/**
 * Asks how far a compression is to go; gives the options that say so. What the model itself calls for is offered first.
 * `undefined` when the user cancels.
 */
export async function pickGoal(title: string, question: GoalQuestion, report: Report): Promise<object | undefined> {
  const ready = question.ready(report);
  const rows: readonly GoalRow[] = [
    ...(ready === undefined ? [] : [ready]),
    ...question.kinds.map((kind) => ({ label: kind.label, goalKind: kind })),
  ];
  const row = await vscode.window.showQuickPick(rows, { title, placeHolder: question.placeHolder });
  if (row?.goalKind === undefined) return row?.options;
  return askFor(row.goalKind, { title, expected: question.expected, report });
}

async function askFor(
  kind: GoalKind,
  { title, expected, report }: { readonly title: string; readonly expected: string; readonly report: Report },
): Promise<object | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: kind.prompt,
    value: kind.suggestion(report),
    validateInput: (typed) => (kind.read(typed) === undefined ? expected : undefined),
  });
  return text === undefined ? undefined : kind.read(text);
}
