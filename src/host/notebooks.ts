import * as vscode from 'vscode';

/** Characters of an output that are kept: a summary of a model is much shorter, a picture much longer. */
const mostOutput = 100_000;

/**
 * A notebook as its file would have it, as far as readers look: its cells, unsaved ones too, and what they printed.
 * Format: nbformat 4.
 */
export function notebookText(notebook: vscode.NotebookDocument): string {
  const cells = notebook.getCells().map(({ kind, document, outputs }) => ({
    cell_type: kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    source: document.getText(),
    outputs: outputs.flatMap(printed),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

/** Media types of text that VS Code gives streams of a notebook. */
const textual = ['text/plain', 'application/vnd.code.notebook.stdout'];

function printed({
  items,
}: vscode.NotebookCellOutput): readonly { readonly output_type: string; readonly text: string }[] {
  return items
    .filter(({ mime, data }) => textual.includes(mime) && data.byteLength <= mostOutput)
    .map(({ data }) => ({ output_type: 'stream', name: 'stdout', text: new TextDecoder().decode(data) }));
}
