import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { node, constant, onnxFile } from '../../../support/onnxFile';
import { xxdSource } from '../../../support/sources';
import { webModel } from '../../../support/webModel';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, milliwatt, workspaceFile } from '../support';

/** A convolution, with the channels first as ONNX has them. */
const convolution = onnxFile({
  nodes: [node('Conv', ['x', 'w'], ['y'])],
  inputs: [['x', [1, 2, 4, 4]]],
  outputs: ['y'],
  constants: [constant('w', [2, 2, 1, 1], [1, 1, 10, 0])],
});

const folder = 'convert';

describe('converting trained files', () => {
  before(milliwatt);
  beforeEach(async () => {
    const { json, weights } = webModel();
    const write = (name: string, content: Uint8Array | string): Thenable<void> =>
      vscode.workspace.fs.writeFile(
        workspaceFile(`${folder}/${name}`),
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      );
    await write('model.json', json);
    await write('weights.bin', weights);
    await write('kws.onnx', convolution);
    await write('model_data.c', xxdSource('g_old', digitsModel()).replace('unsigned char', 'uint8_t'));
  });
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(workspaceFile(folder), { recursive: true });
  });

  it('makes a model of a TensorFlow.js file, and says what the official converter would have made', async () => {
    await vscode.commands.executeCommand('milliwatt.convert', workspaceFile(`${folder}/model.json`), {
      numbers: 'float32',
    });
    const { state, result } = (await milliwatt()).lastCompression()!;
    assert.equal(state.error, undefined);
    assert.equal(state.title, 'Convert from TensorFlow.js to .tflite');
    assert.equal(result?.path.split('/').at(-1), 'model.tflm.tflite');
    const { official } = state.proof!;
    assert.deepEqual([official?.official?.operators, official?.result.operators], [13, 3]);
    assert.deepEqual(
      state.alternatives?.map(({ text }) => text),
      ['Compare outputs on samples of your own…'],
    );
  });

  it("makes an array in the style of the project's own, channels last", async () => {
    await vscode.commands.executeCommand('milliwatt.convert', workspaceFile(`${folder}/kws.onnx`), {
      numbers: 'float32',
      array: true,
    });
    const { state, result } = (await milliwatt()).lastCompression()!;
    assert.equal(state.error, undefined);
    assert.equal(result?.path.split('/').at(-1), 'kws.tflm.c');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(result));
    assert.match(text, /const uint8_t g_kws_tflm\[\] __attribute__/);
    assert.match(state.proof!.decisions.join(' '), /1×4×4×2, channels last; the file has 1×2×4×4/);
  });

  it('opens a file that is dropped into the editor area in the model editor', async () => {
    // What a drop does: the file is opened with the editor that is the default of its name.
    await vscode.commands.executeCommand('vscode.open', workspaceFile(`${folder}/kws.onnx`));
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, 'milliwatt.model');
  });
});
