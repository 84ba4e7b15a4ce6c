import * as vscode from 'vscode';
import { changesText } from '../../core/compress/changesText';
import type { Proof } from '../../core/compress/proof';
import { totalsOf } from '../../core/compress/totals';

/** Tells somebody who is doing something else by now that there are steps to choose from; true when they want to. */
export async function tellReady(name: string): Promise<boolean> {
  const show = 'Show Steps';
  return (await vscode.window.showInformationMessage(`The steps that make ${name} fit are ready.`, show)) === show;
}

/**
 * Tells somebody who is doing something else by now that a result is written, and what it brought; true when they want
 * to see it.
 */
export async function tellFinished(name: string, { before, after }: Proof): Promise<boolean> {
  const brought = before === undefined ? '' : `: ${changesText(totalsOf(before), totalsOf(after))}`;
  const show = 'Show Report';
  return (await vscode.window.showInformationMessage(`${name} is written${brought}.`, show)) === show;
}
