import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, hintsOf, hoverAt, lineWith, milliwatt, placeOf, workspaceFile } from '../support';

async function opened(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(name));
  await vscode.window.showTextDocument(document, { preview: false });
  await (await milliwatt()).whenIdle();
  return document;
}

/** The hint beside the line that contains `text`, once it is like `pattern`. */
function waitForHint(document: vscode.TextDocument, text: string, pattern: RegExp): Promise<string> {
  return eventually(async () => {
    const hint = (await hintsOf(document)).get(lineWith(document, text)) ?? '';
    assert.match(hint, pattern);
    return hint;
  });
}

async function lensTitles(document: vscode.TextDocument): Promise<ReadonlyMap<string, readonly number[]>> {
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  const titles = new Map<string, number[]>();
  for (const { command, range } of lenses) {
    const title = command?.title ?? '';
    titles.set(title, [...(titles.get(title) ?? []), range.start.line]);
  }
  return titles;
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.positionAt(document.getText().indexOf(from));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, start.translate(0, from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const cost = String.raw`[\d.]+K? · [\d.]+[kM] \d+%`;

describe(`programs, ${vscode.workspace.isTrusted ? 'trusted' : 'in Restricted Mode'}`, () => {
  afterEach(closeAll);

  it('says at the end of each layer what it gives and costs, in 28 characters', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', new RegExp(`^ {2}25x5x64 · ${cost}$`));
    const hints = await hintsOf(document);
    assert.match(hints.get(lineWith(document, 'layers.Dense')) ?? '', new RegExp(`^ {2}12 · ${cost}|<1%$`));
    assert.equal(hints.get(lineWith(document, 'layers.Dropout')), '  64');
    for (const hint of hints.values()) assert.ok(hint.trim().length <= 28, hint);
  });

  it('sums the rounds of a loop, and has the line of the helper in its own file', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'separable(64)', new RegExp(`^ {2}25x5x64 · ${cost}$`));
    const blocks = await opened('blocks.py');
    await waitForHint(blocks, 'SeparableConv2D', new RegExp(`^ {2}25x5x64 · ${cost}$`));
  });

  it('has totals and ways into the model above it', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
    const titles = await lensTitles(document);
    const line = lineWith(document, 'keras.Sequential');
    for (const title of ['$(list-flat) Listing', '$(graph) Model', '$(git-compare) HEAD']) {
      assert.deepEqual(titles.get(title), [line], title);
    }
    assert.ok(
      [...titles.keys()].some((title) => /^RAM [\d,.]+ KB|^RAM /.test(title)),
      [...titles.keys()].join('\n'),
    );
  });

  it('describes in a hover what becomes of a layer', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
    const line = lineWith(document, 'layers.Conv2D');
    const hover = await hoverAt(document.uri, placeOf(document, line, 'Conv2D'));
    assert.match(hover, /`conv2d` Conv2D gives `25x5x64`, 2,624 parameters, converted to `CONV_2D`/);
    const dropout = await hoverAt(document.uri, placeOf(document, lineWith(document, 'layers.Dropout'), 'Dropout'));
    assert.match(dropout, /no operator of its own after conversion/);
  });

  it('follows what is typed, saved or not', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Dense', /^ {2}12 · /);
    await replace(document, 'NUM_CLASSES = 12', 'NUM_CLASSES = 20');
    assert.ok(document.isDirty);
    await waitForHint(document, 'layers.Dense', /^ {2}20 · /);
    await replace(document, 'layers.Conv2D(64, (10, 4), strides=2', 'layers.Conv2D(8, (10, 4), strides=2');
    await waitForHint(document, 'layers.Conv2D', /^ {2}25x5x8 · /);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('shows a builder that nobody calls for what a comment says of its parameters', async () => {
    const document = await opened('builder.py');
    await waitForHint(document, 'Conv1D', /^ {2}\? \?$/);
    await eventually(async () => {
      const titles = [...(await lensTitles(document)).keys()];
      assert.ok(titles.includes('$(edit) input_shape = ?'), titles.join('\n'));
      assert.ok(titles.includes('$(edit) num_classes = ?'), titles.join('\n'));
    });
    await vscode.commands.executeCommand('milliwatt.giveOpenValue', document.uri, 'input_shape', '(128, 3)', 3);
    await vscode.commands.executeCommand('milliwatt.giveOpenValue', document.uri, 'num_classes', '6', 3);
    assert.equal(document.lineAt(3).text, '# milliwatt: input_shape=(128, 3); num_classes=6');
    await waitForHint(document, 'Conv1D', new RegExp(`^ {2}124x16 · ${cost}$`));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('says at the line of a layer what TensorFlow Lite Micro does not run of it, in words of the program', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Dense', /^ {2}12 · /);
    await replace(document, 'activation="softmax"', 'activation="gelu"');
    await eventually(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      const own = found.filter(({ message }) => message.includes('becomes GELU'));
      const all = found.map(({ message }) => message).join('\n');
      assert.deepEqual(
        own.map(({ range }) => range.start.line),
        [lineWith(document, 'layers.Dense')],
        all,
      );
      return Promise.resolve();
    });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('opens listing and model editor of a program', async () => {
    const model = workspaceFile('train.py').with({ fragment: 'model' });
    await vscode.commands.executeCommand('milliwatt.openListing', model);
    await eventually(() => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(text, /CONV_2D/);
      return Promise.resolve();
    });
    await vscode.commands.executeCommand('milliwatt.openModel', model);
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputCustom, String(input));
      assert.equal(input.uri.fragment, 'model');
      return Promise.resolve();
    });
  });

  it('carries shapes across the cells of a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(workspaceFile('gestures.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    await (await milliwatt()).whenIdle();
    const cell = notebook.cellAt(2).document;
    await waitForHint(cell, 'Flatten', /^ {2}300 · /);
    await waitForHint(cell, 'Dense(16', new RegExp(`^ {2}16 · ${cost}$`));
    const steps = notebook.cellAt(1).document;
    await replace(steps, 'STEPS = 100', 'STEPS = 50');
    await waitForHint(cell, 'Flatten', /^ {2}150 · /);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('says nothing of a program that builds no model', async () => {
    const document = await opened('plain.py');
    assert.equal((await hintsOf(document)).size, 0);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
