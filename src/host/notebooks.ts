import * as vscode from 'vscode';
import { holdsSummary } from '../core/keras/source/printedSummaries';

/**
 * A notebook as its file would have it, as far as readers look: its cells, unsaved ones too, and of what they printed
 * the summaries of models. Format: nbformat 4.
 */
export function notebookText(notebook: vscode.NotebookDocument): string {
  const cells = notebook.getCells().map(({ kind, document, outputs }) => ({
    cell_type: kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    source: document.getText(),
    outputs: outputs.flatMap(summaryOutput),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

/** A cell of a notebook; `undefined` where it is not open: then it has no cells yet. */
export function cellOf(notebook: vscode.Uri, index: number): vscode.TextDocument | undefined {
  const address = notebook.toString();
  const open = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === address);
  return open !== undefined && index < open.cellCount ? open.cellAt(index).document : undefined;
}

/** Kinds of output that are text; streams are a kind of VS Code's own. */
const textKinds: ReadonlySet<string> = new Set(['text/plain', 'application/vnd.code.notebook.stdout']);

/** Bytes of an output beyond which it is no summary. */
const mostBytes = 200_000;

function summaryOutput({ items }: vscode.NotebookCellOutput): readonly { output_type: 'stream'; text: string }[] {
  const texts = items.flatMap(({ mime, data }) =>
    textKinds.has(mime) && data.byteLength <= mostBytes ? [new TextDecoder().decode(data)] : [],
  );
  return texts.filter(holdsSummary).map((text) => ({ output_type: 'stream', text }));
}
