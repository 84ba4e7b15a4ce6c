import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, codesAt, hintsOf, lineWith, milliwatt, openListing, withSetting, workspaceFile } from '../support';

describe('around the listing', () => {
  afterEach(closeAll);

  it('the status bar shows the board and how full its memory is', async () => {
    await openListing(workspaceFile('models/huge.tflite'));
    await withSetting('board', 'arduino_nano33ble_sense_rev2', async () => {
      const api = await milliwatt();
      await eventually(() => {
        const [board, memory] = api.statusTexts();
        assert.match(board, /Arduino Nano 33 BLE Sense Rev2/);
        // 819,840 bytes and 8,199 to spare, since the version is assumed, of 261,632.
        assert.match(memory, /RAM .*316 %/);
      });
    });
  });

  it('hints can be turned off', async () => {
    const { document } = await openListing(workspaceFile('models/digits.tflite'));
    assert.ok((await hintsOf(document)).size > 0);
    const hints = await withSetting('annotations', 'off', () => hintsOf(document));
    assert.equal(hints.size, 0);
  });

  it('costs stand for the reference core while no board is chosen', async () => {
    const { document } = await openListing(workspaceFile('models/digits.tflite'));
    const hint = (await hintsOf(document)).get(lineWith(document, 'FULLY_CONNECTED')) ?? '';
    assert.equal(hint.trim().split(/\s+/)[0], '272');
  });

  it('a rule can except one layer', async () => {
    const { document } = await openListing(workspaceFile('models/foreign.tflite'));
    const project = workspaceFile('milliwatt.json');
    const rules = { 'operator-unsupported': { severity: 'error', except: ['z'] } };
    await vscode.workspace.fs.writeFile(project, new TextEncoder().encode(JSON.stringify({ rules })));
    try {
      await eventually(() => assert.deepEqual(codesAt(document.uri), ['operator-custom-unknown']));
    } finally {
      await vscode.workspace.fs.delete(project);
    }
    await eventually(() => assert.equal(codesAt(document.uri).length, 2));
  });

  it('models that milliwatt.json names are checked without being opened', async () => {
    const project = workspaceFile('milliwatt.json');
    const models = [{ path: 'models/foreign.tflite' }];
    await vscode.workspace.fs.writeFile(project, new TextEncoder().encode(JSON.stringify({ models })));
    try {
      await eventually(() => {
        const [summary] = vscode.languages.getDiagnostics(workspaceFile('models/foreign.tflite'));
        assert.match(summary?.message ?? '', /2 errors/);
      });
    } finally {
      await vscode.workspace.fs.delete(project);
    }
    await eventually(() => {
      assert.deepEqual(vscode.languages.getDiagnostics(workspaceFile('models/foreign.tflite')), []);
    });
  });

  it('a worker that dies is replaced', async () => {
    const model = workspaceFile('models/revived.tflite');
    const api = await milliwatt();
    await api.stopWorker();
    await vscode.workspace.fs.writeFile(model, digitsModel(7));
    const { document } = await openListing(model);
    assert.match(document.getText(), /int8\[1,7\]/);
    await vscode.workspace.fs.delete(model);
  });

  it('the sample model that travels along opens in its table', async () => {
    await vscode.commands.executeCommand('milliwatt.openSample');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputCustom);
    assert.equal(tab.label, 'digits_float.tflite');
    const { analysis, error } = await (await milliwatt()).analysisOf(tab.input.uri);
    assert.equal(error, undefined);
    assert.equal(analysis?.report.layers.at(-1)?.operator, 'SOFTMAX');
  });
});
