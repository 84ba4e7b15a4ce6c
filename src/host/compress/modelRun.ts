import type * as vscode from 'vscode';
import type { Rounding } from '../../core/execute/executable';
import type { RunInputs, RunMessage, RunReply } from '../../protocol/jobs';
import type { FilesBeside } from '../analysis/filesBeside';
import { besideOf } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import { fileNameOf } from '../places';
import type { JobRpc } from './jobThread';
import { runText } from './runText';
import { runWindowJob } from './windowJob';

/** On what a model is run, and how. */
export interface RunHow {
  readonly inputs: RunInputs;
  readonly rounding?: Rounding;
}

/** One run of a model. */
interface ModelRun {
  /** The script of the job's thread. */
  readonly script: string;
  readonly model: vscode.Uri;
  readonly beside: FilesBeside;
  readonly request: RunMessage['request'];
  readonly how: RunHow;
  readonly labels?: RunMessage['labels'];
}

/** Executes a model once on a thread of its own; gives what it computed as text. */
export async function textOfRun(
  { script, model, beside, request, how, labels }: ModelRun,
  token: vscode.CancellationToken,
): Promise<string> {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  const bytes = await modelSourceOf(model).bytes();
  const about = { model: bytes, beside: besideOf(model), request, labels };
  const ask = (rpc: JobRpc): Promise<RunReply> => rpc.request({ type: 'run', ...about, ...how });
  return runText(await runWindowJob({ script, beside, ask }, controller.signal), fileNameOf(model));
}
