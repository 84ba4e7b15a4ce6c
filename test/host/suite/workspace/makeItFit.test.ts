import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Compression } from '../../../../src/host/compress/compression';
import { closeAll, milliwatt, workspaceFile } from '../support';

const random = { kind: 'synthetic' } as const;

describe('making a model fit', () => {
  const model = workspaceFile('fit/float.tflite');

  beforeEach(async () => {
    const extension = vscode.extensions.getExtension('milliwatt.milliwatt');
    const sample = vscode.Uri.joinPath(extension!.extensionUri, 'examples', 'digits', 'digits_float.tflite');
    await vscode.workspace.fs.createDirectory(workspaceFile('fit'));
    await vscode.workspace.fs.copy(sample, model, { overwrite: true });
  });
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(workspaceFile('fit'), { recursive: true });
  });

  it('shows the steps up to the first that fits, and writes the one that is clicked', async () => {
    const compression = await climbed({ ramBytes: 16_384 });
    const { state } = compression;
    assert.equal(state.status, 'done', state.error);
    const steps = state.ladder?.steps.map(({ title, fits }) => `${title}${fits ? ': fits' : ''}`);
    assert.deepEqual(steps, ['as it is', 'the same weights and outputs', 'int8: fits']);
    assert.deepEqual(await filesThere(), ['float.tflite']);
    await compression.takeStep(2);
    assert.deepEqual(await filesThere(), ['float.fit.tflite', 'float.tflite']);
    assert.equal(compression.state.ladder?.taken, 2);
    const { analysis } = await (await milliwatt()).analysisOf(compression.result!);
    assert.ok(analysis!.report.arena!.minimumBytes <= 16_384);
    await compression.takeStep(2);
    assert.deepEqual(await filesThere(), ['float.fit.tflite', 'float.tflite'], 'Not before it is decided about.');
  });

  it('asks for no data where what loses nothing is enough', async () => {
    // Without the dead weight the arena is some bytes smaller: one byte less than it was is met by that.
    const { analysis } = await (await milliwatt()).analysisOf(model);
    const goal = { ramBytes: analysis!.report.arena!.minimumBytes - 1 };
    await vscode.commands.executeCommand('milliwatt.makeItFit', model, { options: { goal } });
    const { state } = (await milliwatt()).lastCompression()!;
    assert.deepEqual(
      state.ladder?.steps.map(({ title, fits }) => `${title}: ${fits}`),
      ['as it is: false', 'the same weights and outputs: true'],
    );
  });

  it('says what is missing where nothing fits, and what a step does that was not there', async () => {
    const compression = await climbed({ ramBytes: 1024 });
    const { state } = compression;
    assert.equal(state.status, 'done', state.error);
    assert.match(state.ladder?.unreachable ?? '', /^RAM of 1\.00 KB is not reached: the nearest point takes /);
    await compression.takeStep(0);
    await compression.takeStep(99);
    assert.deepEqual(await filesThere(), ['float.tflite']);
  });

  it('has nothing to do for a model that fits', async () => {
    const { state } = await climbed({ ramBytes: 1e6 });
    assert.equal(state.error, 'The model meets every limit as it is.');
  });

  async function climbed(goal: { readonly ramBytes: number }): Promise<Compression> {
    await vscode.commands.executeCommand('milliwatt.makeItFit', model, { data: random, options: { goal } });
    return (await milliwatt()).lastCompression()!;
  }

  async function filesThere(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(workspaceFile('fit'));
    return entries.map(([name]) => name).sort();
  }
});
