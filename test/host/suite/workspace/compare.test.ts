import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, lineWith, milliwatt, waitForListing, withSetting, workspaceFile } from '../support';

describe('comparing', () => {
  const digits = (): vscode.Uri => workspaceFile('models/digits.tflite');

  before(milliwatt);
  afterEach(closeAll);

  it('two models shows both listings with their costs as text', async () => {
    const smaller = workspaceFile('models/smaller.tflite');
    await vscode.workspace.fs.writeFile(smaller, digitsModel(4));
    await vscode.commands.executeCommand('milliwatt.compareModels', smaller, digits());
    const [left, right] = await sides('smaller.tflite ↔ digits.tflite');
    assert.match(lineOf(left, 'SOFTMAX'), /int8\[1,4\]/);
    assert.match(lineOf(right, 'SOFTMAX'), /int8\[1,10\]/);
    // The convolution is the same in both, with its planned bytes (without a board there is CMSIS-NN's scratch buffer
    // all the same).
    assert.match(lineOf(right, 'CONV_2D'), /^ {2}0 +368 /);
    assert.equal(lineOf(left, 'CONV_2D').slice(0, 12), lineOf(right, 'CONV_2D').slice(0, 12));
    await vscode.workspace.fs.delete(smaller);
  });

  it('with HEAD shows what changed since the last commit', async () => {
    const before = await vscode.workspace.fs.readFile(digits());
    try {
      await vscode.workspace.fs.writeFile(digits(), digitsModel(4));
      await vscode.commands.executeCommand('milliwatt.compareWithHead', digits());
      const [left, right] = await sides('digits.tflite (HEAD ↔ now)');
      await waitForListing(left, /int8\[1,10\]/);
      await waitForListing(right, /int8\[1,4\]/);
    } finally {
      await vscode.workspace.fs.writeFile(digits(), before);
    }
  });

  it('two boards shows the costs on each', async () => {
    await withSetting('board', 'arduino_nano33ble_sense_rev2', async () => {
      await vscode.commands.executeCommand('milliwatt.compareBoards', digits(), 'raspberry_pi_pico');
      const [left, right] = await sides('digits.tflite (Arduino Nano 33 BLE Sense Rev2 ↔ Raspberry Pi Pico)');
      // The Pico's core has no DSP instructions: CMSIS-NN takes its plain C kernels there, which cost more.
      assert.notEqual(lineOf(left, 'CONV_2D'), lineOf(right, 'CONV_2D'));
    });
  });

  /** The documents of the diff editor with this title. */
  async function sides(title: string): Promise<readonly [vscode.TextDocument, vscode.TextDocument]> {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, title);
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const { original, modified } = tab.input;
    return [await vscode.workspace.openTextDocument(original), await vscode.workspace.openTextDocument(modified)];
  }

  function lineOf(document: vscode.TextDocument, text: string): string {
    return document.lineAt(lineWith(document, text)).text;
  }
});
