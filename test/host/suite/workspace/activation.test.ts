import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('starts from the sources', async () => {
    const extension = vscode.extensions.getExtension('milliwatt.milliwatt');
    assert.ok(extension, 'The extension is not installed.');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
