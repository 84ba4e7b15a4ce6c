import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, workspaceFile } from '../support';

describe('milliwatt.json', () => {
  const file = (): vscode.Uri => workspaceFile('schema/milliwatt.json');

  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(file());
  });

  it('completes its keys from the schema', async () => {
    const document = await opened('{\n  \n}\n');
    const labels = await eventually(async () => {
      const place = new vscode.Position(1, 2);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        place,
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(found.includes('board'), found.join(', '));
      return found;
    });
    for (const key of ['runtime', 'models', 'budgets', 'rules']) assert.ok(labels.includes(key), labels.join(', '));
  });

  it('completes the ids of boards', async () => {
    const document = await opened('{\n  "board": ""\n}\n');
    await eventually(async () => {
      const place = new vscode.Position(1, 12);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        place,
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(
        found.some((label) => label.includes('raspberry_pi_pico')),
        found.join(', '),
      );
    });
  });

  it('marks what does not belong there', async () => {
    const document = await opened('{ "bored": "esp32_devkit", "budgets": { "ramBytes": "much" } }\n');
    await eventually(() => {
      const problems = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
      assert.equal(problems.length, 2, problems.join(' | '));
    });
  });

  async function opened(text: string): Promise<vscode.TextDocument> {
    await vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(file());
    await vscode.window.showTextDocument(document);
    return document;
  }
});
