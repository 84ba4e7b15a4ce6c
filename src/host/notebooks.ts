import * as vscode from 'vscode';

/**
 * A notebook as its file would have it, as far as readers look: its cells, unsaved ones too. Format: nbformat 4.
 */
export function notebookText(notebook: vscode.NotebookDocument): string {
  const cells = notebook.getCells().map(({ kind, document }) => ({
    cell_type: kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    source: document.getText(),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
