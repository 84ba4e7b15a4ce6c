import * as vscode from 'vscode';
import type { Rounding } from '../../core/execute/executable';
import type { RunInputs } from '../../protocol/jobs';
import type { Choices } from '../choices';
import { fileNameOf } from '../places';
import { RunDocuments } from './runDocuments';

/** On what a model is run, and how. */
export interface RunHow {
  readonly inputs: RunInputs;
  readonly rounding?: Rounding;
}

/** Executes models on one sample and shows what they computed. */
export class ModelRuns {
  readonly #jobScript: string;
  readonly #choices: Choices;
  readonly #documents = new RunDocuments();

  constructor(jobScript: string, choices: Choices) {
    this.#jobScript = jobScript;
    this.#choices = choices;
  }

  /** Runs a model once, rounding as its target does where nothing else is wished. */
  async run(model: vscode.Uri, how: RunHow): Promise<void> {
    const name = fileNameOf(model);
    const options = { location: vscode.ProgressLocation.Notification, title: `Running ${name}`, cancellable: true };
    const text = await vscode.window.withProgress(options, async (_progress, token) => {
      const { request } = await this.#choices.of(model);
      const { textOfRun } = await import('../later');
      return textOfRun({ script: this.#jobScript, model, request, how }, token);
    });
    await this.#documents.show(name, text);
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
