import * as vscode from 'vscode';
import type { FixCommand } from '../core/fixes/fix';

/** A command of VS Code with what it is called with. */
interface CommandCall {
  readonly command: string;
  readonly arguments: unknown[];
}

/** The command of VS Code that does what a fix or an offer says of a model. */
export function callOf(command: FixCommand, model: vscode.Uri): CommandCall {
  return { command: `milliwatt.${command.id}`, arguments: [...argumentsOf(command, model)] };
}

/** Does what a fix or an offer says of a model. */
export async function runFixCommand(command: FixCommand, model: vscode.Uri): Promise<void> {
  const { command: id, arguments: values } = callOf(command, model);
  await vscode.commands.executeCommand(id, ...values);
}

function argumentsOf(command: FixCommand, model: vscode.Uri): readonly unknown[] {
  switch (command.id) {
    case 'applyOffer':
      return [model, command.work];
    case 'sayWhyNot':
      return [command.why];
    case 'explainRule':
      return [command.code];
    case 'setTickUnit':
      return [command.source];
    case 'addProfiler':
    case 'clearBoardProblems':
      return [];
    case 'chooseBoard':
    case 'forgetMeasurements':
    case 'calibrate':
      return [model];
  }
}
