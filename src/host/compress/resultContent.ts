import type * as vscode from 'vscode';
import { kindOfPath } from '../../core/formats/kinds';
import { besideOf } from '../analysis/modelEntry';
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
}

/** What is written for a result. The text of a source with an array is long: it is made on a thread of its own. */
export async function contentOfResult(
  { uri, bytes, source, model }: PlacedResult,
  job: Pick<WindowJob<Uint8Array>, 'script' | 'beside'>,
): Promise<Uint8Array> {
  if (kindOfPath(uri.path)?.isFirmware !== true) return bytes;
  const path = source.fragment === '' ? source.path : `${source.path}#${source.fragment}`;
  const from = { path, bytes: model, beside: besideOf(source) };
  const ask: WindowJob<Uint8Array>['ask'] = (rpc) =>
    rpc.request({ type: 'resultContent', path: uri.path, bytes, source: from });
  // Work that was stopped may have a result as well, which is to be written.
  return runWindowJob({ ...job, ask }, new AbortController().signal);
}
