import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import { modelEditorType } from '../openModels';
import { fileNameOf } from '../places';
import type { ModelEditor, ModelEditorSources } from './modelEditor';
import { pageHtml, webviewRoot } from '../page';

/** The editor, loaded with the first one that is opened. */
type LoadEditor = () => Promise<{ readonly ModelEditor: typeof ModelEditor }>;

/** Opens model files in the model editor. The document holds nothing: everything shown comes from the analyses. */
export class ModelEditorProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #sources: ModelEditorSources;
  readonly #load: LoadEditor;
  readonly #editors = new Set<ModelEditor>();
  readonly #disposables = new Disposables();

  constructor(extensionUri: vscode.Uri, sources: ModelEditorSources, load: LoadEditor) {
    this.#load = load;
    this.#extensionUri = extensionUri;
    this.#sources = sources;
    this.#disposables.add(
      vscode.window.registerCustomEditorProvider(modelEditorType, this, { supportsMultipleEditorsPerDocument: true }),
    );
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const opened = new Disposables();
    panel.onDidDispose(() => opened.dispose());
    // The analysis starts while the editor is being loaded.
    opened.add(this.#sources.analyses.hold({ uri, costs: 'hints' }));
    const { ModelEditor: Editor } = await this.#load();
    if (opened.isDisposed) return;
    const root = webviewRoot(this.#extensionUri);
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const editor = opened.add(new Editor(uri, panel, this.#sources));
    this.#editors.add(editor);
    opened.add({ dispose: () => void this.#editors.delete(editor) });
    panel.webview.html = pageHtml(panel.webview, root, 'model', fileNameOf(uri));
  }

  /** Selects a layer in the open editors of a model. */
  reveal(uri: vscode.Uri, layer: number): void {
    for (const editor of this.#editors) {
      if (editor.uri.toString() === uri.toString()) editor.reveal(layer);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
