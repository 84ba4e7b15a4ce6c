import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, lensesOf, milliwatt, openListing, withSetting, workspaceFile } from '../support';

describe('the analysis worker', () => {
  afterEach(closeAll);

  it('is started again after it died', async () => {
    const { document } = await openListing(workspaceFile('models/digits.tflite'));
    await (await milliwatt()).stopWorker();
    const lenses = await withSetting('board', 'esp32_devkit', () => lensesOf(document.uri));
    assert.match(lenses.join(' | '), /ESP32/);
  });

  it('may die while it works: the analysis is done on a new one', async () => {
    const model = workspaceFile('models/dying.tflite');
    await vscode.workspace.fs.copy(workspaceFile('models/graphs.tflite'), model, { overwrite: true });
    const api = await milliwatt();
    const analysis = api.analysisOf(model);
    await api.stopWorker();
    assert.equal((await analysis).analysis?.report.model.operators, 3);
  });
});
