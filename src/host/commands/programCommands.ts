import * as vscode from 'vscode';
import { directiveEdit, directiveProblem } from '../../core/formats/kerasSource/directiveEdit';
import { rangeOf } from '../places';
import type { CommandServices } from './services';

/**
 * Asks what a program is to be shown for and says it in a comment of the program, where others see it, too. Arguments:
 * the document, the name of the value, the value where it need not be asked for, the line to stand above.
 */
export async function giveOpenValue(_services: CommandServices, ...values: readonly unknown[]): Promise<void> {
  const [uri, name, given, line] = values;
  if (!(uri instanceof vscode.Uri) || typeof name !== 'string') return;
  const document = await vscode.workspace.openTextDocument(uri);
  const value = typeof given === 'string' ? given : await ask(name);
  if (value === undefined || directiveProblem(value) !== undefined) return;
  const at = { name, value: value.trim(), line: typeof line === 'number' ? line : 0 };
  const { span, text } = directiveEdit(document.getText(), at);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, rangeOf(span), text);
  await vscode.workspace.applyEdit(edit);
}

function ask(name: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `${name} = ?`,
    prompt: 'As Python writes it, for instance (49, 10, 1) or 12. It is kept in a comment of this file.',
    validateInput: directiveProblem,
  });
}
