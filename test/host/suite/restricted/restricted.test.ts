import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, hintsOf, lineWith, openListing, workspaceFile } from '../support';

describe('Restricted Mode', () => {
  after(closeAll);

  it('is on', () => assert.equal(vscode.workspace.isTrusted, false));

  it('reads models and shows their costs all the same', async () => {
    const { document } = await openListing(workspaceFile('models/digits.tflite'));
    const line = lineWith(document, 'CONV_2D');
    const hint = (await hintsOf(document)).get(line) ?? '';
    assert.match(hint.trim(), /^\d+ /);
  });
});
