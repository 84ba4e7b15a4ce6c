import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Compression } from '../../../../src/host/compress/compression';
import { xxdSource } from '../../../support/sources';
import { eventually } from '../../support/eventually';
import { closeAll, lensesOf, lineWith, milliwatt, openListing, withSetting, workspaceFile } from '../support';

const synthetic = { data: { kind: 'synthetic' } } as const;

describe('compression', () => {
  afterEach(closeAll);
  beforeEach(() => vscode.workspace.fs.createDirectory(workspaceFile('compress')));
  afterEach(() => vscode.workspace.fs.delete(workspaceFile('compress'), { recursive: true }));

  it('is offered with its figures, in the light bulb on every line, as a quick fix and as a lens', async () => {
    const model = await floatModel();
    const { document } = await openListing(model);
    await (await milliwatt()).offersOf(model);
    const onModel = await actionsAt(document, 0);
    assert.match(onModel[0], /^Quantize to int8: RAM [\d.]+ -> [\d.]+ KB/);
    const onLayer = await actionsAt(document, lineWith(document, 'CONV_2D'));
    assert.ok(onLayer.includes(onModel[0]), onLayer.join('\n'));
    const lenses = await lensesOf(document.uri);
    assert.ok(lenses.includes(`$(zap) ${onModel[0]}`), lenses.join('\n'));
  });

  it('says why what cannot be done cannot be done', async () => {
    const model = workspaceFile('models/digits.tflite');
    const { document } = await openListing(model);
    await (await milliwatt()).offersOf(model);
    const titles = await actionsAt(document, 0);
    assert.ok(titles.includes('Why not quantize to int8?'), titles.join('\n'));
  });

  it('writes a new file beside the model, with a report and a comparison of the listings', async () => {
    const model = await floatModel();
    const before = await vscode.workspace.fs.readFile(model);
    const { state, result } = await quantized(model);
    assert.equal(state.status, 'done', state.error);
    assert.equal(result?.path, workspaceFile('compress/float.int8.tflite').path);
    const { proof } = state;
    assert.ok(proof?.before?.arena && proof.after.arena);
    assert.ok(proof.after.arena.minimumBytes < proof.before.arena.minimumBytes);
    assert.equal(proof.result.bytes, (await vscode.workspace.fs.stat(result)).size);
    assert.match(proof.warnings.join(' '), /random/);
    assert.deepEqual(await vscode.workspace.fs.readFile(model), before);
    const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(labels.sort(), ['Report: float.int8.tflite', 'float.tflite ↔ float.int8.tflite']);
  });

  it('never writes over a file, and what it wrote can be discarded', async () => {
    const model = await floatModel();
    const first = await quantized(model);
    const second = await quantized(model);
    assert.deepEqual(await filesThere(), ['float.int8-2.tflite', 'float.int8.tflite', 'float.tflite']);
    await second.discard();
    assert.equal(second.state.result?.status, 'discarded');
    assert.deepEqual(await filesThere(), ['float.int8.tflite', 'float.tflite']);
    await vscode.workspace.fs.writeFile(first.result!, new Uint8Array(1));
    await assert.rejects(first.discard(), /was changed since it was written/);
    assert.deepEqual(await filesThere(), ['float.int8.tflite', 'float.tflite']);
  });

  it('leaves nothing when it is cancelled', async () => {
    const model = await floatModel();
    const api = await milliwatt();
    const earlier = api.lastCompression();
    const done = vscode.commands.executeCommand('milliwatt.quantize', model, synthetic);
    await eventually(() => {
      const running = api.lastCompression();
      assert.notEqual(running, earlier);
      running?.cancel();
    });
    await done;
    assert.deepEqual(await filesThere(), ['float.tflite']);
  });

  it('goes on when its tab is closed, and then takes nobody away from another editor', async () => {
    const model = await floatModel();
    const api = await milliwatt();
    const earlier = api.lastCompression();
    const done = vscode.commands.executeCommand('milliwatt.quantize', model, synthetic);
    await eventually(() => assert.notEqual(api.lastCompression(), earlier));
    await closeAll();
    await openListing(model);
    await done;
    assert.equal(api.lastCompression()?.state.status, 'done');
    assert.deepEqual(await filesThere(), ['float.int8.tflite', 'float.tflite']);
    const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(labels, ['float.tflite.mwl']);
  });

  it('runs a model on a sample and shows what every layer computed', async () => {
    const model = await floatModel();
    await vscode.commands.executeCommand('milliwatt.runModel', model, 1);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^model {3}float\.tflite\ninputs {2}random numbers of seed 1\n/);
    assert.match(text, /Output probabilities {2}float32\[1,10\]/);
    assert.match(text, /pointwise4 +CONV_2D/);
  });

  it('runs a model on a sample of a file, with the rounding that is wished', async () => {
    const model = await floatModel();
    const files = { kind: 'files', address: workspaceFile('data/digits.npy').toString(), name: 'digits.npy' };
    const run = (sample: number): Thenable<unknown> =>
      vscode.commands.executeCommand('milliwatt.runModel', model, {
        inputs: { ...files, sample },
        rounding: 'single',
      });
    await run(199);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /\ninputs {2}sample 200 of 200, /);
    assert.match(text, /with single rounding/);
    // The held-out digits are sorted by what they show: the last is a nine.
    assert.match(text, /largest {2}\[9\] /);
  });

  it('takes away the last result by a command', async () => {
    const model = await floatModel();
    await quantized(model);
    await vscode.commands.executeCommand('milliwatt.discardResult');
    assert.deepEqual(await filesThere(), ['float.tflite']);
  });

  it('takes what stands in the editor of a source, saved or not, and writes a source beside it', async () => {
    const source = workspaceFile('compress/float.cc');
    const model = await vscode.workspace.fs.readFile(await floatModel());
    await vscode.workspace.fs.writeFile(source, new TextEncoder().encode(xxdSource('g_float', model)));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(source));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(source, new vscode.Position(0, 0), '// not saved\n');
    await vscode.workspace.applyEdit(edit);
    const { state, result } = await quantized(source.with({ fragment: 'g_float' }));
    assert.equal(state.status, 'done', state.error);
    assert.equal(result?.path, workspaceFile('compress/float.int8.cc').path);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(result));
    assert.match(text, /^\/\/ not saved\nunsigned char g_float\[\] = \{\n/);
    assert.ok(text.endsWith(`unsigned int g_float_len = ${state.proof?.result.bytes};\n`), text.slice(-200));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(source));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('starts from what the settings say', async () => {
    const model = await floatModel();
    const { state, result } = await withSetting('quantize.activations', 'int16', () => quantized(model));
    assert.equal(state.status, 'done', state.error);
    assert.equal(result?.path, workspaceFile('compress/float.int16.tflite').path);
  });

  /** The sample model of the extension, in a folder of its own. */
  async function floatModel(): Promise<vscode.Uri> {
    const model = workspaceFile('compress/float.tflite');
    const extension = vscode.extensions.getExtension('milliwatt.milliwatt');
    const sample = vscode.Uri.joinPath(extension!.extensionUri, 'examples', 'digits', 'digits_float.tflite');
    await vscode.workspace.fs.copy(sample, model, { overwrite: true });
    return model;
  }

  async function quantized(model: vscode.Uri): Promise<Compression> {
    await vscode.commands.executeCommand('milliwatt.quantize', model, synthetic);
    const compression = (await milliwatt()).lastCompression();
    assert.ok(compression);
    return compression;
  }

  async function filesThere(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(workspaceFile('compress'));
    return entries.map(([name]) => name).sort();
  }

  async function actionsAt(document: vscode.TextDocument, line: number): Promise<readonly string[]> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      document.lineAt(line).range,
    );
    return actions.map(({ title }) => title);
  }
});
