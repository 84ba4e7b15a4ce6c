import * as vscode from 'vscode';
import { directiveEdit, directiveProblem } from '../../core/formats/kerasSource/directiveEdit';
import { openValueEdits } from '../../core/project/openValueEntry';
import { rangeOf } from '../places';
import { pathWithin } from '../project';
import { applyAndSave, projectFileFor } from '../projectFile';
import type { CommandServices } from './services';

/**
 * Asks what a program is to be shown for and says it in a comment of the program, where others see it, too, or in the
 * project file. Arguments: the document, the name of the value, the value where it need not be asked for, the line to
 * stand above; `entry` for the project file, and then the model.
 */
export async function giveOpenValue(services: CommandServices, ...values: readonly unknown[]): Promise<void> {
  const [uri, name, given, line, where, model] = values;
  if (!(uri instanceof vscode.Uri) || typeof name !== 'string') return;
  const isEntry = where === 'entry' && model instanceof vscode.Uri;
  const value = typeof given === 'string' ? given : await ask(name, isEntry ? 'in milliwatt.json' : 'in a comment');
  if (value === undefined || directiveProblem(value) !== undefined) return;
  const said = { name, value: value.trim() };
  if (isEntry) await giveInProject(services, model, said);
  else await giveInComment(uri, { ...said, line: typeof line === 'number' ? line : 0 });
}

async function giveInComment(
  uri: vscode.Uri,
  said: { readonly name: string; readonly value: string; readonly line: number },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { span, text } = directiveEdit(document.getText(), said);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, rangeOf(span), text);
  await vscode.workspace.applyEdit(edit);
}

async function giveInProject(
  { analyses }: CommandServices,
  model: vscode.Uri,
  said: { readonly name: string; readonly value: string },
): Promise<void> {
  const { project } = await analyses.settled({ uri: model, costs: 'hints' });
  const file = await projectFileFor(model, project);
  if (file === undefined) return;
  const path = pathWithin({ uri: vscode.Uri.parse(file.file, true) }, model);
  await applyAndSave(openValueEdits(file, path, said));
}

function ask(name: string, where: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `${name} = ?`,
    prompt: `As Python writes it, for instance (49, 10, 1) or 12. It is kept ${where}.`,
    validateInput: directiveProblem,
  });
}
