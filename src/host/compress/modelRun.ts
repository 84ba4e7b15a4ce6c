import type * as vscode from 'vscode';
import type { Rounding } from '../../core/execute/executable';
import { mostBytesOf } from '../../files/limits';
import type { RunInputs, RunMessage, RunReply } from '../../protocol/jobs';
import type { BesideHandlers } from '../analysis/filesBeside';
import { besideOf } from '../analysis/modelEntry';
import { fileNameOf } from '../places';
import { readUri } from '../reading';
import { folderPaths } from '../workspaceFolders';
import type { JobRpc } from './jobThread';
import { runJob } from './jobThread';
import { runText } from './runText';
import { workspaceFiles } from './workspaceFiles';

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
  readonly beside: BesideHandlers;
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
  const bytes = await readUri(model, mostBytesOf.model);
  const ends = { progress: () => undefined, files: workspaceFiles, roots: folderPaths(), beside };
  const about = { model: bytes, beside: besideOf(model), request, labels };
  const ask = (rpc: JobRpc): Promise<RunReply> => rpc.request({ type: 'run', ...about, ...how });
  return runText(await runJob({ script }, ends, ask, controller.signal), fileNameOf(model));
}
