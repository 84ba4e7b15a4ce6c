import * as vscode from 'vscode';
import type { FilesBeside } from '../analysis/filesBeside';
import type { Choices } from '../choices';
import { fileNameOf } from '../places';
import type { RunHow, textOfRun } from './modelRun';
import { classLabels } from './classLabels';
import { RunDocuments } from './runDocuments';

/** What a run needs, loaded with the first one. */
type LoadRun = () => Promise<{ readonly textOfRun: typeof textOfRun }>;

interface RunServices {
  readonly choices: Choices;
  readonly beside: FilesBeside;
}

/** Executes models on one sample and shows what they computed. */
export class ModelRuns {
  readonly #jobScript: string;
  readonly #choices: Choices;
  readonly #beside: FilesBeside;
  readonly #load: LoadRun;
  readonly #documents = new RunDocuments();

  constructor(jobScript: string, { choices, beside }: RunServices, load: LoadRun) {
    this.#load = load;
    this.#jobScript = jobScript;
    this.#choices = choices;
    this.#beside = beside;
  }

  /** Runs a model once, rounding as its target does where nothing else is wished. */
  async run(model: vscode.Uri, how: RunHow): Promise<void> {
    const name = fileNameOf(model);
    const options = { location: vscode.ProgressLocation.Notification, title: `Running ${name}`, cancellable: true };
    const text = await vscode.window.withProgress(options, async (_progress, token) => {
      const { request, layers } = await this.#choices.of(model);
      const { textOfRun: run } = await this.#load();
      const labels = classLabels(layers);
      return run({ script: this.#jobScript, model, beside: this.#beside, request, how, labels }, token);
    });
    await this.#documents.show(name, text);
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
