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
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: ofGroup }) => ofGroup);
    return tabs.map(modelOfTab).filter((key) => key !== undefined);
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
  if (input instanceof vscode.TabInputText) return modelOfListing(input.uri);
  if (input instanceof vscode.TabInputTextDiff) return modelOfListing(input.modified);
  return undefined;
}

function modelOfListing(uri: vscode.Uri): ModelKey | undefined {
  return uri.scheme === listingScheme ? keyOfListing(uri) : undefined;
}
