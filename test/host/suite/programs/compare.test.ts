import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, milliwatt, waitForListing, workspaceFile } from '../support';

/** Both sides of the diff editor that is shown, by their texts once these are like the patterns. */
async function waitForSides(title: string, left: RegExp, right: RegExp): Promise<void> {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  assert.equal(tab?.label, title);
  assert.ok(tab.input instanceof vscode.TabInputTextDiff);
  await waitForListing(await vscode.workspace.openTextDocument(tab.input.original), left);
  await waitForListing(await vscode.workspace.openTextDocument(tab.input.modified), right);
}

/** What a file holds while `use` runs; afterwards it is as before. */
async function withText(name: string, change: (text: string) => string, use: () => Promise<void>): Promise<void> {
  const file = workspaceFile(name);
  const before = await vscode.workspace.fs.readFile(file);
  const after = change(new TextDecoder().decode(before));
  assert.notEqual(after, new TextDecoder().decode(before), name);
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(after));
    await use();
  } finally {
    await vscode.workspace.fs.writeFile(file, before);
  }
}

const compareWithHead = (model: vscode.Uri): Thenable<unknown> =>
  vscode.commands.executeCommand('milliwatt.compareWithHead', model);

describe('comparing a program with HEAD', () => {
  const program = (name: string, fragment: string): vscode.Uri => workspaceFile(name).with({ fragment });

  before(milliwatt);
  afterEach(closeAll);

  it('shows what a change of the program brings, saved or not', async () => {
    const model = program('train.py', 'model');
    await withText(
      'train.py',
      (text) => text.replace('NUM_CLASSES = 12', 'NUM_CLASSES = 20'),
      async () => {
        await compareWithHead(model);
        await waitForSides('train.py#model (HEAD ↔ now)', /SOFTMAX.*\[1,12\]/, /SOFTMAX.*\[1,20\]/);
      },
    );
    const document = await vscode.workspace.openTextDocument(workspaceFile('train.py'));
    await vscode.window.showTextDocument(document, { preview: false });
    // An editor that was open before follows the file a little later.
    await waitForListing(document, /NUM_CLASSES = 12\b/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().indexOf('12') + 2), '3');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await compareWithHead(model);
    await waitForSides('train.py#model (HEAD ↔ now)', /SOFTMAX.*\[1,12\]/, /SOFTMAX.*\[1,123\]/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('takes modules beside the program from HEAD as well', async () => {
    await withText(
      'blocks.py',
      (text) => text.replace('(filters, 3', '(filters // 4, 3'),
      async () => {
        await compareWithHead(program('train.py', 'model'));
        await waitForSides('train.py#model (HEAD ↔ now)', /DEPTHWISE_CONV_2D.*\n.*CONV_2D.*,64\]/, /CONV_2D.*,16\]/);
      },
    );
  });

  it('shows a builder for what each version says of its parameters', async () => {
    const values = '# milliwatt: input_shape=(128, 3); num_classes=6\ndef build_har';
    await withText(
      'builder.py',
      (text) => text.replace('def build_har', values),
      async () => {
        await compareWithHead(program('builder.py', 'build_har'));
        await waitForSides('builder.py#build_har (HEAD ↔ now)', / 0 operators/, /SOFTMAX.*\[1,6\]/);
      },
    );
  });

  it('shows what a change of a cell brings to the model of a notebook', async () => {
    await withText(
      'gestures.ipynb',
      (text) => text.replace('STEPS = 100', 'STEPS = 50'),
      async () => {
        await compareWithHead(program('gestures.ipynb', 'model'));
        await waitForSides('gestures.ipynb#model (HEAD ↔ now)', /\[1,300\]/, /\[1,150\]/);
      },
    );
  });

  it('says which model HEAD does not have', async () => {
    await withText(
      'train.py',
      (text) => text.replaceAll('model', 'network'),
      async () => {
        await compareWithHead(program('train.py', 'network'));
        await waitForSides('train.py#network (HEAD ↔ now)', /network/, /CONV_2D/);
      },
    );
  });
});
