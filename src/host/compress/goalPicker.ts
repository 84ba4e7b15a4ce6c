import * as vscode from 'vscode';
import type { PruneGoal } from '../../core/compress/prune/request';
import type { Report } from '../../core/estimate/report';
import { brokenBudget, goalKinds, goalText } from './goals';
import type { GoalKind } from './goals';

interface GoalRow extends vscode.QuickPickItem {
  readonly goalKind?: GoalKind;
  readonly goal?: PruneGoal;
}

/** Asks how far a model is to be pruned. A budget that it breaks is offered first. Nothing when the user gives up. */
export async function pickGoal(title: string, report: Report): Promise<PruneGoal | undefined> {
  const broken = brokenBudget(report);
  const rows: readonly GoalRow[] = [
    ...(broken === undefined
      ? []
      : [{ label: 'Until it fits the budget', description: goalText(broken), goal: broken }]),
    ...goalKinds.map((kind) => ({ label: kind.label, goalKind: kind })),
  ];
  const row = await vscode.window.showQuickPick(rows, { title, placeHolder: 'How far is the model to be pruned?' });
  if (row?.goalKind === undefined) return row?.goal;
  return askFor(row.goalKind, title, report);
}

async function askFor(kind: GoalKind, title: string, report: Report): Promise<PruneGoal | undefined> {
  const validateInput = (text: string): string | undefined =>
    kind.read(text) === undefined ? 'A number above 0 (percent below 100).' : undefined;
  const text = await vscode.window.showInputBox({
    title,
    prompt: kind.prompt,
    value: kind.suggestion(report),
    validateInput,
  });
  return text === undefined ? undefined : kind.read(text);
}
