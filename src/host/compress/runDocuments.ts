import * as vscode from 'vscode';
import { Disposables } from '../disposables';

const scheme = 'milliwatt-run';

/** Runs whose text is kept; older ones are gone when their tab is opened again. */
const keptTexts = 32;

/** Shows what a run of a model computed, as a read-only text. */
export class RunDocuments {
  readonly #disposables = new Disposables();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    const provideTextDocumentContent = ({ path }: vscode.Uri): string =>
      this.#texts.get(path) ?? 'This run is no longer kept. Run the model again.\n';
    this.#disposables.add(vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent }));
  }

  /** Opens a text under a name of its own, `Run 3 of kws.tflite`. */
  async show(model: string, text: string): Promise<void> {
    this.#count++;
    const path = `/Run ${this.#count} of ${model}.txt`;
    this.#texts.set(path, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= keptTexts) break;
      this.#texts.delete(oldest);
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
