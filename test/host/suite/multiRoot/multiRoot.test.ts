import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { closeAll, codesAt, lensesOf, milliwatt, openListing, workspaceFile } from '../support';

describe('a workspace of two folders', () => {
  const models = [0, 1].map((folder) => workspaceFile('models/huge.tflite', folder));

  before(() => setBoards(['arduino_nano33ble_sense_rev2', 'raspberry_pi_pico2']));
  after(async () => {
    await setBoards([undefined, undefined]);
    await closeAll();
  });

  it('has two folders', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(({ name }) => name),
      ['first', 'second'],
    );
  });

  it('keeps a board for each of them', async () => {
    const documents = [];
    for (const model of models) documents.push((await openListing(model)).document);
    const lenses = await Promise.all(documents.map(({ uri }) => lensesOf(uri)));
    assert.match(lenses[0].join(' | '), /Arduino Nano 33 BLE Sense Rev2/);
    assert.match(lenses[1].join(' | '), /Raspberry Pi Pico 2/);
    assert.deepEqual(
      documents.map(({ uri }) => codesAt(uri)),
      [
        ['arena-over-region', 'arena-over-region'],
        ['arena-over-region', 'arena-over-region'],
      ],
    );
  });

  it("takes a folder's milliwatt.json for the models of that folder alone", async () => {
    const project = workspaceFile('milliwatt.json', 1);
    await vscode.workspace.fs.writeFile(project, new TextEncoder().encode('{ "board": "esp32_devkit" }'));
    try {
      const { document } = await openListing(workspaceFile('models/digits.tflite', 1));
      const { document: other } = await openListing(workspaceFile('models/digits.tflite', 0));
      // The file is watched: its news come when the system tells of it.
      await eventually(async () => assert.match((await lensesOf(document.uri)).join(' | '), /ESP32/));
      assert.match((await lensesOf(other.uri)).join(' | '), /Arduino Nano 33/);
    } finally {
      await vscode.workspace.fs.delete(project);
    }
  });
});

async function setBoards(boards: readonly (string | undefined)[]): Promise<void> {
  for (const [index, board] of boards.entries()) {
    const folder = vscode.workspace.workspaceFolders?.at(index);
    const configuration = vscode.workspace.getConfiguration('milliwatt', folder);
    await configuration.update('board', board, vscode.ConfigurationTarget.WorkspaceFolder);
  }
  await (await milliwatt()).whenIdle();
}
