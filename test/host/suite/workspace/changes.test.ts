import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { digitsModel } from '../../support/sampleModels';
import {
  closeAll,
  codesAt,
  lensesOf,
  milliwatt,
  openListing,
  waitForListing,
  withSetting,
  workspaceFile,
} from '../support';

describe('what changes', () => {
  afterEach(closeAll);

  it('on disk is read again', async () => {
    const model = await modelAt('changing.tflite', digitsModel(10));
    const { document } = await openListing(model);
    assert.match(document.getText(), /int8\[1,10\]/);
    await replace(model, digitsModel(4));
    const text = await waitForListing(document, /int8\[1,4\]/);
    assert.doesNotMatch(text, /int8\[1,10\]/);
    assert.equal(document.isDirty, false);
  });

  it('on disk into something unreadable leaves the last good listing, and says so', async () => {
    const model = await modelAt('spoilt.tflite', digitsModel(10));
    const { document } = await openListing(model);
    const before = document.getText();
    await replace(model, digitsModel(10).subarray(0, 100));
    await eventually(() => assert.equal(vscode.languages.getDiagnostics(model).length, 1));
    await (await milliwatt()).whenIdle(model);
    assert.equal(document.getText(), before);
    const lenses = await lensesOf(document.uri);
    assert.match(lenses[0], /earlier version/);
    await replace(model, digitsModel(4));
    await waitForListing(document, /int8\[1,4\]/);
  });

  it('in the settings shows at once: the board', async () => {
    const { document } = await openListing(workspaceFile('models/digits.tflite'));
    const lenses = await withSetting('board', 'esp32_devkit', () => lensesOf(document.uri));
    assert.match(lenses.join(' | '), /ESP32/);
    assert.doesNotMatch((await lensesOf(document.uri)).join(' | '), /ESP32/);
  });

  it('in milliwatt.json shows at once: board, budgets, exceptions', async () => {
    const model = workspaceFile('models/digits.tflite');
    const { document } = await openListing(model);
    const project = workspaceFile('models/milliwatt.json');
    try {
      await write(project, { board: 'raspberry_pi_pico', budgets: { ramBytes: 1000 } });
      await eventually(async () => assert.match((await lensesOf(document.uri)).join(' | '), /Raspberry Pi Pico/));
      await (await milliwatt()).whenIdle(model);
      assert.deepEqual(codesAt(document.uri), ['arena-over-region', 'arena-over-region']);
      await write(project, {
        board: 'raspberry_pi_pico',
        budgets: { ramBytes: 1000 },
        rules: { 'arena-over-region': 'off' },
      });
      await eventually(() => assert.deepEqual(codesAt(document.uri), []));
    } finally {
      await vscode.workspace.fs.delete(project);
      await eventually(async () => assert.match((await lensesOf(document.uri)).join(' | '), /Choose a board/));
    }
  });
});

async function modelAt(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const model = workspaceFile(`models/${name}`);
  await vscode.workspace.fs.writeFile(model, bytes);
  return model;
}

/** As a training script would: written beside, then renamed over. */
async function replace(model: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const beside = model.with({ path: `${model.path}.new` });
  await vscode.workspace.fs.writeFile(beside, bytes);
  await vscode.workspace.fs.rename(beside, model, { overwrite: true });
}

async function write(file: vscode.Uri, content: unknown): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(content)));
}
