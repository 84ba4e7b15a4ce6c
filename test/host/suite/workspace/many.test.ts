import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, hintsOf, lineWith, milliwatt, listingAddress, withSetting, workspaceFile } from '../support';

describe('ten models at once', () => {
  const models = Array.from({ length: 10 }, (_, index) => ({ path: `models/many${index}.tflite`, classes: index + 2 }));

  before(async () => {
    for (const { path, classes } of models)
      await vscode.workspace.fs.writeFile(workspaceFile(path), digitsModel(classes));
  });
  after(async () => {
    await closeAll();
    for (const { path } of models) await vscode.workspace.fs.delete(workspaceFile(path));
  });

  it('each show their own figures, and all follow the board', async () => {
    const documents: vscode.TextDocument[] = [];
    for (const { path } of models) {
      const document = await vscode.workspace.openTextDocument(listingAddress(workspaceFile(path)));
      await vscode.window.showTextDocument(document, { preview: false });
      documents.push(document);
    }
    await (await milliwatt()).whenIdle();
    const types = documents.map((document) => /SOFTMAX +(\S+)/.exec(document.getText())?.[1]);
    assert.deepEqual(
      types,
      models.map(({ classes }) => `int8[1,${classes}]`),
    );
    await withSetting('board', 'arduino_nano33ble_sense_rev2', async () => {
      for (const document of documents) {
        const hint = (await hintsOf(document)).get(lineWith(document, 'CONV_2D')) ?? '';
        assert.equal(hint.trim().split(/\s+/)[0], '368');
      }
    });
    await eventually(() => assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 10));
  });
});
