import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { xxdNumbers } from '../../../support/sources';
import { MemoryFiles } from '../../support/memoryFiles';
import { digitsModel } from '../../support/sampleModels';
import { closeAll, milliwatt, waitForListing } from '../support';

const scheme = 'milliwatt-test';

/** A source whose array has its numbers in a file beside it. */
const source = 'const unsigned char g_model[] = {\n#include "numbers.inc"\n};\n';

describe('files beside a model to which no path leads', () => {
  const files = new MemoryFiles(scheme);
  let registration: vscode.Disposable;
  before(() => {
    registration = vscode.workspace.registerFileSystemProvider(scheme, files);
  });
  after(() => {
    registration.dispose();
  });
  afterEach(closeAll);

  it('are read through VS Code, and the model is read again when one changes', async () => {
    files.set('/app/model.h', source);
    files.set('/app/numbers.inc', xxdNumbers(digitsModel(10)));
    const document = await listingOf(files.uri('/app/model.h'));
    assert.match(document.getText(), /int8\[1,10\]/);
    files.set('/app/numbers.inc', xxdNumbers(digitsModel(4)));
    await waitForListing(document, /int8\[1,4\]/);
  });

  it('are not read outside of its folder', async () => {
    files.set('/secret.inc', xxdNumbers(digitsModel(10)));
    files.set('/app/outside.h', source.replace('numbers.inc', '../secret.inc'));
    const document = await listingOf(files.uri('/app/outside.h'));
    assert.match(document.getText(), /cannot be read from here/);
  });
});

async function listingOf(model: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('milliwatt.openListing', model);
  await (await milliwatt()).whenIdle(model);
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'milliwatt');
  return document;
}
