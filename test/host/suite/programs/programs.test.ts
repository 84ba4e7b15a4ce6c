import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { kerasArchive } from '../../../support/kerasArchive';
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

async function actionTitles(document: vscode.TextDocument, line: number): Promise<readonly string[]> {
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(line, 0, line, 0),
  );
  return actions.map(({ title }) => title);
}

async function projectText(): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceFile('milliwatt.json')));
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

  it('sums up in a hover what several layers of a line take, and the model as a whole, totals first', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
    // 64 * 9 weights and 64 * 64 with 64 biases, twice.
    const loop = await hoverAt(document.uri, placeOf(document, lineWith(document, 'separable(64)'), 'separable'));
    assert.match(loop, /^\*\*2 layers, 9,472 parameters\*\*, together `25x5x64 · [^`]+`\n\n- `separable_conv2d` /);
    assert.doesNotMatch(loop, /operator \d+ of graph/);
    // And 64 * 40 + 64 of the convolution, 64 * 12 + 12 of the last layer.
    const whole = await hoverAt(document.uri, placeOf(document, lineWith(document, 'keras.Sequential'), 'Sequential'));
    assert.match(whole, /^\*\*`model`\*\* 6 layers, 12,876 parameters: RAM [^,]+, Flash [^,]+, Latency /);
    assert.doesNotMatch(whole, /operator \d+ of graph/);
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
    await waitForHint(document, 'Conv1D', /^ {2}\?$/);
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

  it('keeps a value that is open in milliwatt.json, for the command line as well, and says in a hover where it stands', async () => {
    const document = await opened('builder.py');
    const model = document.uri.with({ fragment: 'build_har' });
    await waitForHint(document, 'Conv1D', /^ {2}\?$/);
    const titles = await actionTitles(document, 3);
    assert.ok(titles.includes('Give input_shape in a Comment Here…'), titles.join('\n'));
    assert.ok(titles.includes('Give num_classes in milliwatt.json…'), titles.join('\n'));
    const give = (name: string, value: string): Thenable<unknown> =>
      vscode.commands.executeCommand('milliwatt.giveOpenValue', document.uri, name, value, 3, 'entry', model);
    const before = await projectText();
    try {
      await give('input_shape', '(128, 3)');
      await give('num_classes', '6');
      const entry = { path: 'builder.py#build_har', values: { input_shape: [128, 3], num_classes: 6 } };
      assert.deepEqual((JSON.parse(await projectText()) as { models: unknown }).models, [entry]);
      await waitForHint(document, 'Conv1D', new RegExp(`^ {2}124x16 · ${cost}$`));
      assert.ok(!document.isDirty);
      await eventually(async () => {
        const lenses = [...(await lensTitles(document)).keys()];
        assert.ok(lenses.includes('$(edit) input_shape = (128, 3)'), lenses.join('\n'));
      });
      const hover = await hoverAt(document.uri, placeOf(document, 3, 'build_har'));
      assert.match(hover, /- input_shape `\(128, 3\)`: \[milliwatt\.json\]\(<file:.*milliwatt\.json#L\d+>\)/);
      assert.match(hover, /- Numbers `int8`: default/);
    } finally {
      await vscode.workspace.fs.writeFile(workspaceFile('milliwatt.json'), new TextEncoder().encode(before));
    }
    await waitForHint(document, 'Conv1D', /^ {2}\?$/);
  });

  it('converts as a setting says', async () => {
    const settings = vscode.workspace.getConfiguration('milliwatt');
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
    const line = lineWith(document, 'keras.Sequential');
    assert.match(await hoverAt(document.uri, placeOf(document, line, 'Sequential')), /- Numbers `int8`: default/);
    await settings.update('conversion.numbers', 'float32', vscode.ConfigurationTarget.Global);
    try {
      await eventually(async () => {
        const hover = await hoverAt(document.uri, placeOf(document, line, 'Sequential'));
        assert.match(hover, /- Numbers `float32`: setting/);
      });
    } finally {
      await settings.update('conversion.numbers', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('shows costs as hints, as decorations or not at all', async () => {
    const settings = vscode.workspace.getConfiguration('milliwatt');
    const document = await opened('train.py');
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
    try {
      for (const annotations of ['decorations', 'off']) {
        await settings.update('annotations', annotations, vscode.ConfigurationTarget.Global);
        await eventually(async () => assert.equal((await hintsOf(document)).size, 0, annotations));
      }
      assert.ok([...(await lensTitles(document)).keys()].some((title) => title.startsWith('RAM ')));
      await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
      await eventually(async () => {
        const titles = [...(await lensTitles(document)).keys()];
        assert.deepEqual(titles, []);
      });
    } finally {
      await settings.update('annotations', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await waitForHint(document, 'layers.Conv2D', /25x5x64/);
  });

  it('counts what is typed in a module beside the program, saved or not', async () => {
    const document = await opened('train.py');
    await waitForHint(document, 'separable(64)', /^ {2}25x5x64 · /);
    const blocks = await opened('blocks.py');
    await replace(blocks, 'layers.SeparableConv2D(filters, 3', 'layers.SeparableConv2D(filters // 4, 3');
    assert.ok(blocks.isDirty);
    await waitForHint(blocks, 'SeparableConv2D', /^ {2}25x5x16 · /);
    await waitForHint(document, 'separable(64)', /^ {2}25x5x16 · /);
    await vscode.window.showTextDocument(blocks);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await waitForHint(document, 'separable(64)', /^ {2}25x5x64 · /);
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
    // A test before wrote the file, and back: what is open may be of between.
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await (await milliwatt()).whenIdle();
    const cell = notebook.cellAt(2).document;
    await waitForHint(cell, 'Flatten', /^ {2}300 · /);
    await waitForHint(cell, 'Dense(16', new RegExp(`^ {2}16 · ${cost}$`));
    const steps = notebook.cellAt(1).document;
    await replace(steps, 'STEPS = 100', 'STEPS = 50');
    await waitForHint(cell, 'Flatten', /^ {2}150 · /);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('names above the model a trained file of another version, and says at the model in what it differs', async () => {
    const dense = { class_name: 'Dense', config: { name: 'dense', units: 20, activation: 'softmax' } };
    const input = { class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 3], dtype: 'float32' } };
    const config = { class_name: 'Sequential', config: { name: 'net', layers: [input, dense] } };
    const source =
      'import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(16, activation="softmax")])\n' +
      'model.save("net.keras")\n';
    const [program, file] = [workspaceFile('net.py'), workspaceFile('net.keras')];
    await vscode.workspace.fs.writeFile(file, kerasArchive(config));
    await vscode.workspace.fs.writeFile(program, new TextEncoder().encode(source));
    try {
      const document = await opened('net.py');
      await waitForHint(document, 'keras.Sequential', /16/);
      await eventually(async () => {
        const titles = await lensTitles(document);
        assert.deepEqual(titles.get('$(warning) net.keras differs'), [1], [...titles.keys()].join('\n'));
        const said = vscode.languages.getDiagnostics(program).map(({ message }) => message);
        assert.match(said.join('\n'), /Dense "dense" has 16 units in the source, 20 units in the file/);
      });
    } finally {
      await closeAll();
      for (const each of [program, file]) await vscode.workspace.fs.delete(each);
    }
  });

  it('says nothing of a program that builds no model', async () => {
    const document = await opened('plain.py');
    assert.equal((await hintsOf(document)).size, 0);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
