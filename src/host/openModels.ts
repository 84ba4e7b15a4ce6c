import * as vscode from 'vscode';
import type { ModelKey } from './analysis/modelEntry';
import { Disposables } from './disposables';
import { keyOfListing, listingScheme } from './listing/listingAddress';

export const modelEditorType = 'milliwatt.model';

/** Which models the tabs show, and which of them is the active one. */
export class OpenModels {
  readonly onDidChange: vscode.Event<void>;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  constructor() {
    this.onDidChange = this.#emitter.event;
    const changed = (): void => this.#emitter.fire();
    this.#disposables.add(vscode.window.tabGroups.onDidChangeTabs(changed));
    this.#disposables.add(vscode.window.tabGroups.onDidChangeTabGroups(changed));
  }

  /** The model of the active tab: its model editor, its listing, or the newer side of a comparison. */
  get active(): ModelKey | undefined {
    return modelOfTab(vscode.window.tabGroups.activeTabGroup.activeTab);
  }

  /** The models of all tabs. */
  get all(): readonly ModelKey[] {
    return allTabs()
      .map(modelOfTab)
      .filter((key) => key !== undefined);
  }

  /** Whether a tab shows a file as text, by itself or as the newer side of a comparison. */
  showsText(file: vscode.Uri): boolean {
    return allTabs().some((tab) => textOfTab(tab)?.toString() === file.toString());
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

function modelOfTab(tab: vscode.Tab | undefined): ModelKey | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputCustom) {
    return input.viewType === modelEditorType ? { uri: input.uri, costs: 'hints' } : undefined;
  }
  const text = textOfTab(tab);
  return text?.scheme === listingScheme ? keyOfListing(text) : undefined;
}

function textOfTab(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
