import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { isOfChoice } from '../analysis/modelEntry';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import type { OpenModels } from '../openModels';
import type { Projects } from '../project';
import { modelsOf } from '../project';

/** The models that are checked: those open in a tab, and those that a `milliwatt.json` names. */
export class CheckedModels {
  readonly onDidChange: vscode.Event<void>;
  readonly #analyses: Analyses;
  readonly #projects: Projects;
  readonly #open: OpenModels;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  #named = new Map<string, Disposable>();
  #ready: Promise<void>;
  #round = 0;

  constructor(analyses: Analyses, projects: Projects, open: OpenModels) {
    this.#analyses = analyses;
    this.#projects = projects;
    this.#open = open;
    this.onDidChange = this.#emitter.event;
    this.#disposables.add(open.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(
      projects.onDidChange(() => {
        this.#ready = this.#follow();
      }),
    );
    this.#ready = this.#follow();
  }

  /** Resolves once the models that the projects name are known. */
  async whenReady(): Promise<void> {
    await this.#ready;
  }

  /** What is known of every checked model at the moment. */
  states(): readonly ModelState[] {
    const open = this.#open.all.filter(({ uri }) => uri.scheme !== 'git').map(({ uri }) => uri.toString());
    const names = new Set([...open, ...this.#named.keys()]);
    return this.#analyses.all().filter(({ key }) => isOfChoice(key) && names.has(key.uri.toString()));
  }

  dispose(): void {
    for (const hold of this.#named.values()) hold.dispose();
    this.#disposables.dispose();
  }

  async #follow(): Promise<void> {
    const round = ++this.#round;
    const models = (await this.#projects.all()).flatMap(modelsOf);
    if (round !== this.#round) return;
    const before = this.#named;
    this.#named = new Map(models.map((uri) => [uri.toString(), this.#analyses.hold({ uri, costs: 'hints' })] as const));
    for (const hold of before.values()) hold.dispose();
    this.#emitter.fire();
  }
}
