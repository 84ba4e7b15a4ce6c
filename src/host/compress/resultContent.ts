import type * as vscode from 'vscode';
import { kindOfPath } from '../../core/formats/kinds';
import { besideOf } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import type { WindowJob } from './windowJob';
import { runWindowJob } from './windowJob';

/** A result, and where it is to be written. */
interface PlacedResult {
  readonly uri: vscode.Uri;
  /** As a TFLite file. */
  readonly bytes: Uint8Array;
  readonly source: vscode.Uri;
  /** What the source held when the work began. */
  readonly model: Uint8Array;
  /** An array of the project, in whose style a new one is written. */
  readonly pattern?: vscode.Uri;
}

/** What is written for a result. The text of a source with an array is long: it is made on a thread of its own. */
export async function contentOfResult(
  { uri, bytes, source, model, pattern }: PlacedResult,
  job: Pick<WindowJob<Uint8Array>, 'script' | 'beside'>,
): Promise<Uint8Array> {
  if (kindOfPath(uri.path)?.isFirmware !== true) return bytes;
  const from = { path: pathIn(source), bytes: model, beside: besideOf(source) };
  const like = pattern && { path: pathIn(pattern), bytes: await modelSourceOf(pattern).bytes() };
  const ask: WindowJob<Uint8Array>['ask'] = (rpc) =>
    rpc.request({ type: 'resultContent', path: uri.path, bytes, source: from, ...(like && { pattern: like }) });
  // Work that was stopped may have a result as well, which is to be written.
  return runWindowJob({ ...job, ask }, new AbortController().signal);
}

/** With the name of the array where it is one of several models. */
function pathIn({ path, fragment }: vscode.Uri): string {
  return fragment === '' ? path : `${path}#${fragment}`;
}
