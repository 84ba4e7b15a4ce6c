import * as vscode from 'vscode';
import type { FirmwareFinding } from '../../core/firmwareRules/firmwareProblems';
import type { PlacedLink } from '../../core/analysis/placedLinks';
import type { PlacedNote } from '../../core/firmwareRules/firmwareNotes';
import type { TextEdit } from '../../core/model/problem';
import { Disposables } from '../disposables';
import type { FirmwareServices } from './firmwareFolder';
import { FirmwareFolder } from './firmwareFolder';
import { heldCommands } from './modelLinks';

/** What is said of one source. */
export interface SourceReport {
  readonly folder: FirmwareFolder;
  readonly findings: readonly FirmwareFinding[];
  readonly notes: readonly PlacedNote[];
  /** Which programs built the models that it holds. */
  readonly links: readonly PlacedLink[];
}

/** The firmware of all folders of the workspace. */
export class Firmwares {
  readonly onDidChange: vscode.Event<void>;
  readonly #services: FirmwareServices;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #folders = new Map<string, FirmwareFolder>();

  /** `events`: what is chosen for models has changed. */
  constructor(services: FirmwareServices, events: readonly vscode.Event<void>[]) {
    this.#services = services;
    this.onDidChange = this.#emitter.event;
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#follow()));
    for (const event of events) {
      this.#disposables.add(event(() => this.folders.forEach((folder) => folder.choicesChanged())));
    }
    this.#follow();
  }

  get folders(): readonly FirmwareFolder[] {
    return [...this.#folders.values()];
  }

  /** What is known of a source once nothing about it is stale. */
  async reportOf(source: vscode.Uri): Promise<SourceReport | undefined> {
    const folder = this.folders.find(({ sources }) => sources.placeOf(source) !== undefined);
    const path = folder?.sources.placeOf(source);
    if (folder === undefined || path === undefined) return undefined;
    const { findings, notes, links } = await folder.settled();
    return {
      folder,
      findings: findings.filter(({ file }) => file === path),
      notes: notes.filter(({ file }) => file === path),
      links: links.filter(({ held }) => held.path === path),
    };
  }

  /** Where the firmware holds a program's model. */
  commandsFor(model: vscode.Uri): readonly vscode.Command[] {
    return heldCommands(this.folders, model);
  }

  async whenIdle(): Promise<void> {
    await Promise.all(this.folders.map(async (folder) => folder.settledWholly()));
  }

  dispose(): void {
    for (const folder of this.folders) folder.dispose();
    this.#disposables.dispose();
  }

  #follow(): void {
    const wanted = new Map((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => [uri.toString(), uri]));
    for (const [address, folder] of this.#folders) {
      if (wanted.has(address)) continue;
      folder.dispose();
      this.#folders.delete(address);
    }
    for (const [address, uri] of wanted) {
      if (this.#folders.has(address)) continue;
      const folder = new FirmwareFolder(uri, this.#services);
      folder.onDidChange(() => this.#emitter.fire());
      this.#folders.set(address, folder);
    }
    this.#emitter.fire();
  }
}

/** Edits with their files named by address, as they are applied. */
export function addressedEdits({ sources }: FirmwareFolder, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.map((edit) => ({ ...edit, file: sources.uriOf(edit.file).toString() }));
}
