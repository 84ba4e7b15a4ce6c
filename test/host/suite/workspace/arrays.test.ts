import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { xxdSource } from '../../../support/sources';
import { eventually } from '../../support/eventually';
import { closeAll, hintsOf, lensesOf, lineWith, listingAddress, milliwatt, workspaceFile } from '../support';

const encoder = new TextEncoder();

describe('models in the arrays of a C++ source', () => {
  const file = workspaceFile('models.cc');
  let document: vscode.TextDocument;

  before(async () => {
    const [digits, foreign] = await Promise.all(
      ['digits', 'foreign'].map(async (name) => vscode.workspace.fs.readFile(workspaceFile(`models/${name}.tflite`))),
    );
    const text = `// Größe 模型\nconst int kPins[] = {1, 2};\n${xxdSource('g_digits', digits)}\n${xxdSource('g_foreign', foreign)}`;
    await vscode.workspace.fs.writeFile(file, encoder.encode(text));
    document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeAll();
    await vscode.workspace.fs.delete(file);
  });

  it('have name, size, arena and time at the declaration', async () => {
    const hints = await hintsOf(document);
    const line = lineWith(document, 'g_digits[]');
    assert.deepEqual([...hints.keys()], [line, lineWith(document, 'g_foreign[]')]);
    assert.match(hints.get(line) ?? '', /^  [\d,]+ bytes · arena /);
  });

  it('have the ways into the model above the declaration', async () => {
    const titles = await lensesOf(file);
    // Before the totals, which may fill the line.
    assert.deepEqual(titles.slice(0, 3), ['$(list-flat) Listing', '$(graph) Model', '$(git-compare) HEAD']);
    assert.ok(
      titles.some((title) => title.startsWith('RAM ')),
      titles.join('\n'),
    );
  });

  it('have their problems at the name', async () => {
    const problems = await eventually(() => {
      const found = vscode.languages
        .getDiagnostics(file)
        .filter(({ code }) => JSON.stringify(code ?? '').includes('operator-unsupported'));
      assert.ok(found.length > 0);
      return found;
    });
    const name = lineWith(document, 'g_foreign[]');
    assert.ok(problems.every(({ range }) => range.start.line === name));
    assert.equal(document.getText(problems[0].range), 'g_foreign');
  });

  it('have the listing of the file that they were made from', async () => {
    await vscode.commands.executeCommand('milliwatt.openListing', file.with({ fragment: 'g_digits' }));
    const shown = await eventually(() => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(text, /CONV_2D/);
      return text;
    });
    const plain = await vscode.workspace.openTextDocument(listingAddress(workspaceFile('models/digits.tflite')));
    await (await milliwatt()).whenIdle();
    assert.equal(shown.split('\n').slice(1).join('\n'), plain.getText().split('\n').slice(1).join('\n'));
  });

  it('open in the model editor', async () => {
    await vscode.commands.executeCommand('milliwatt.openModel', file.with({ fragment: 'g_digits' }));
    await eventually(() => {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      assert.ok(input instanceof vscode.TabInputCustom);
      assert.equal(input.uri.fragment, 'g_digits');
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('follow what is typed: places at once, and why a model cannot be read', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(file, new vscode.Position(0, 0), '\n\n');
    await vscode.workspace.applyEdit(edit);
    const hints = await hintsOf(document);
    assert.ok(hints.has(lineWith(document, 'g_digits[]')));

    const last = document.getText().lastIndexOf('};');
    const cut = new vscode.WorkspaceEdit();
    cut.delete(file, new vscode.Range(document.positionAt(last), document.positionAt(document.getText().length)));
    await vscode.workspace.applyEdit(cut);
    await eventually(() => {
      const messages = vscode.languages.getDiagnostics(file).map(({ message }) => message);
      assert.ok(
        messages.includes('g_foreign is cut off: its closing brace is missing. Write the array again.'),
        messages.join('\n'),
      );
    });
  });
});
