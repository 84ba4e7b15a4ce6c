import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import {
  closeAll,
  hintsOf,
  hoverAt,
  lensesOf,
  lineWith,
  listingAddress,
  openListing,
  placeOf,
  withSetting,
  workspaceFile,
} from '../support';

const board = 'arduino_nano33ble_sense_rev2';

describe('the listing', () => {
  let document: vscode.TextDocument;
  let convolution: number;
  let dense: number;
  let softmax: number;

  before(async () => {
    ({ document } = await openListing(workspaceFile('models/digits.tflite')));
    convolution = lineWith(document, 'CONV_2D');
    dense = lineWith(document, 'FULLY_CONNECTED');
    softmax = lineWith(document, 'SOFTMAX');
  });
  after(closeAll);

  it('has the language of listings', () => assert.equal(document.languageId, 'milliwatt-listing'));

  it('begins with what the model is', () => {
    assert.equal(document.lineAt(0).text, 'model  digits.tflite   TFLite 3 · 4,024 bytes · 3 operators · 4.86 k MACs');
  });

  it('names inputs, operators in order, and outputs', () => {
    const words = document
      .getText()
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 3).join(' '));
    assert.deepEqual(words, [
      'in image int8[1,8,8,1]',
      '# name operator',
      '0 features CONV_2D',
      '1 scores FULLY_CONNECTED',
      '2 probabilities SOFTMAX',
      'out probabilities int8[1,10]',
    ]);
  });

  it('shows RAM at the step beside every operator, in one column', async () => {
    const hints = await withSetting('board', board, () => hintsOf(document));
    const ofOperators = [convolution, dense, softmax].map((line) => hints.get(line) ?? '');
    // Input 64 + output 256 + CMSIS-NN's buffer of two columns of 9 int16 (36, rounded up to 48); 256 + 16; 16 + 16.
    assert.deepEqual(
      ofOperators.map((hint) => hint.trim().split(/\s+/)[0]),
      ['368', '272', '32'],
    );
    assert.deepEqual(new Set([...hints.values()].map((hint) => hint.length)).size, 1);
  });

  it('shows shares of the cost that make up the whole', async () => {
    const hints = await withSetting('board', board, () => hintsOf(document));
    const shares = [convolution, dense, softmax].map((line) => hints.get(line)?.trim().split(/\s+/)[3]);
    const sum = shares.reduce((total, share) => total + Number.parseInt(share?.replace('<', '') ?? '', 10), 0);
    assert.ok(sum >= 99 && sum <= 101, `The shares ${shares.join(', ')} do not make 100 %.`);
  });

  it('asks for a board above the first line while none is chosen', async () => {
    const lenses = await lensesOf(document.uri);
    assert.ok(
      lenses.some((title) => title.includes('Choose a board')),
      lenses.join(' | '),
    );
  });

  it('sets totals against the budget once a board is chosen, and names the peak', async () => {
    const lenses = await withSetting('board', board, () => lensesOf(document.uri));
    const all = lenses.join(' | ');
    assert.match(all, /Arduino Nano 33 BLE Sense Rev2/);
    assert.match(all, /RAM .*(KB|bytes|B).*%/);
    assert.match(all, /Flash .*%/);
    assert.match(all, /Peak features, 368 B/);
  });

  it('explains an operator on hover: shapes, quantization, MACs, range of the weights, where figures come from', async () => {
    const text = await withSetting('board', board, () =>
      hoverAt(document.uri, placeOf(document, convolution, 'CONV_2D')),
    );
    assert.match(text, /2,304/);
    assert.match(text, /int8\[4,3,3,1\]/);
    assert.match(text, /int8\[1,8,8,4\]/);
    assert.match(text, /-15 to 15|-0\.6 to 0\.6/);
    assert.match(text, /368 bytes.*the peak.*modelled/);
    assert.match(text, /conv general s8/);
  });

  it('explains a tensor on hover', async () => {
    const text = await hoverAt(document.uri, placeOf(document, dense, 'features'));
    assert.match(text, /activation/);
    assert.match(text, /int8\[1,8,8,4\]/);
    assert.match(text, /256 bytes/);
    assert.match(text, /0\.25/);
  });

  it('has an outline of the operators', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['0 features', '1 scores', '2 probabilities'],
    );
    assert.deepEqual(
      symbols.map(({ range }) => range.start.line),
      [convolution, dense, softmax],
    );
  });

  it('goes from the use of a tensor to where it is made', async () => {
    const use = placeOf(document, dense, '(features').translate(0, 1);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      use,
    );
    assert.deepEqual(
      found.map(({ range }) => range.start),
      [placeOf(document, convolution, 'features')],
    );
  });

  it('finds all mentions of a tensor', async () => {
    const made = placeOf(document, softmax, 'probabilities');
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      made,
    );
    assert.deepEqual(found.map(({ range }) => range.start.line).sort(), [softmax, softmax + 1]);
  });

  it('colours operators, activations and constants by what they are', async () => {
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    // Five numbers each. Mentions: input, 3 operators, their 3 outputs, 7 operands, output.
    assert.equal(data.length / 5, 15);
  });

  it('can be changed by nobody: what is typed goes away, and saving is refused', async () => {
    const before = document.getText();
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'typed'));
    await eventually(() => assert.equal(document.getText(), before));
    await eventually(() => assert.equal(document.isDirty, false));
    const write = vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode('other'));
    await assert.rejects(Promise.resolve(write), /generated from digits\.tflite/);
  });
});

describe('the listing of a model with two graphs', () => {
  after(closeAll);

  it('folds and outlines each graph', async () => {
    const { document } = await openListing(workspaceFile('models/graphs.tflite'));
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const starts = [lineWith(document, 'graph  0'), lineWith(document, 'graph  1')];
    assert.deepEqual(
      folds.map(({ start }) => start),
      starts,
    );
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ children }) => children.length),
      [2, 1],
    );
  });
});

describe('a listing with costs as text', () => {
  after(closeAll);

  it('carries on each line what the hints say', async () => {
    const address = listingAddress(workspaceFile('models/digits.tflite')).with({ query: `costs=${board}` });
    const document = await vscode.workspace.openTextDocument(address);
    const line = document.lineAt(lineWith(document, 'CONV_2D')).text;
    assert.match(line, /^ {2}0 +368 .*features +CONV_2D/);
  });
});
