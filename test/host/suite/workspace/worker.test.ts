import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { milliwatt, workspaceFile } from '../support';

describe('the analysis worker', () => {
  it('may die while it works: the analysis is done on a new one', async () => {
    const model = workspaceFile('models/dying.tflite');
    await vscode.workspace.fs.copy(workspaceFile('models/graphs.tflite'), model, { overwrite: true });
    const api = await milliwatt();
    const analysis = api.analysisOf(model);
    await api.stopWorker();
    assert.equal((await analysis).analysis?.report.model.operators, 3);
  });
});
