import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/eventually';
import { registerOtherHints } from '../../support/otherHints';
import { closeAll, hintsOf, lineWith, milliwatt, textOfLabel, workspaceFile } from '../support';

async function opened(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(name));
  await vscode.window.showTextDocument(document, { preview: false });
  await (await milliwatt()).whenIdle();
  return document;
}

/** The symbols of a document, a line each: name, detail and the line's number, what lies below indented. */
async function outlineOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const drawn = (all: readonly vscode.DocumentSymbol[], indent: string): readonly string[] =>
    all.flatMap(({ name, detail, selectionRange, children }) => [
      `${indent}${selectionRange.start.line} ${name}: ${detail}`,
      ...drawn(children, `${indent}  `),
    ]);
  return drawn(symbols ?? [], '');
}

/** Waits until the outline has exactly these lines; the digits of costs are left out. */
function waitForOutline(document: vscode.TextDocument, expected: readonly string[]): Promise<void> {
  return eventually(async () => {
    const lines = (await outlineOf(document)).map((line) => line.replace(/: \d.*| · .*/, ''));
    assert.deepEqual(lines, expected);
  });
}

describe('programs beside what else an editor shows', () => {
  before(milliwatt);
  afterEach(closeAll);

  it('has models and layers in the outline, not operators, with each round of a loop', async () => {
    await waitForOutline(await opened('train.py'), [
      '6 model',
      '  8 conv2d: Conv2D  25x5x64',
      '  10 separable_conv2d: SeparableConv2D  25x5x64',
      '  10 separable_conv2d_1: SeparableConv2D  25x5x64',
      '  11 global_average_pooling2d: GlobalAveragePooling2D  64',
      '  12 dropout: Dropout  64',
      '  13 dense: Dense  12',
    ]);
  });

  it('has in the outline of a cell the layers that stand in it', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(workspaceFile('gestures.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    await (await milliwatt()).whenIdle();
    await waitForOutline(notebook.cellAt(2).document, [
      '0 model',
      '  2 flatten: Flatten  300',
      '  3 dense: Dense  16',
      '  4 dense_1: Dense  4',
    ]);
    await waitForOutline(notebook.cellAt(1).document, []);
  });

  it('stands behind the hints of others, at the end of the line, in 28 characters', async () => {
    const others = registerOtherHints();
    try {
      const document = await opened('train.py');
      const line = lineWith(document, 'layers.Conv2D');
      const { text, range } = document.lineAt(line);
      const hints = await eventually(async () => {
        const found = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          range,
        );
        const here = found
          .filter(({ position }) => position.line === line)
          .sort((left, right) => left.position.character - right.position.character);
        assert.equal(here.length, 3, here.map(({ label }) => textOfLabel(label)).join('\n'));
        return here;
      });
      assert.deepEqual(
        hints.map(({ position }) => position.character),
        [text.indexOf('64'), text.indexOf('(10'), text.length],
      );
      assert.match(textOfLabel(hints[2].label), /^ {2}25x5x64 · \S+ · \S+ \d+%$/);
      for (const label of (await hintsOf(document)).values()) assert.ok(label.trim().length <= 28, label);
    } finally {
      others.dispose();
    }
  });
});
