import * as vscode from 'vscode';
import type { Rounding } from '../../core/execute/executable';
import type { RunInputs, RunReply } from '../../protocol/jobs';
import type { Choices } from '../choices';
import { fileNameOf } from '../places';
import { jobEnds } from './jobEnds';
import type { JobRpc } from './jobThread';
import { runJob } from './jobThread';
import { RunDocuments } from './runDocuments';
import { runText } from './runText';

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
    const reply = await vscode.window.withProgress(options, (_progress, token) => this.#reply(model, how, token));
    await this.#documents.show(name, runText(reply, name));
  }

  dispose(): void {
    this.#documents.dispose();
  }

  async #reply(model: vscode.Uri, how: RunHow, token: vscode.CancellationToken): Promise<RunReply> {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const bytes = await vscode.workspace.fs.readFile(model);
    const { request } = await this.#choices.of(model);
    const ends = jobEnds(() => undefined);
    const ask = (rpc: JobRpc): Promise<RunReply> => rpc.request({ type: 'run', model: bytes, request, ...how });
    return runJob({ script: this.#jobScript }, ends, ask, controller.signal);
  }
}
