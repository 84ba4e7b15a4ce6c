import * as vscode from 'vscode';
import { unplacedText } from '../../core/model/origin';
import type { Finding } from '../../core/estimate/report';
import type { Severity } from '../../core/model/problem';
import type { ModelState } from '../analysis/modelEntry';
import { fileNameOf } from '../places';
import { originLocation } from '../placed/originPlaces';
import type { PlacedViews } from '../placed/placedView';
import { problem } from './findingDiagnostic';

/** One problem for a model's file: that it cannot be read, or how many findings there are and where. */
export function summaryOf(
  state: ModelState,
  findings: readonly Finding[],
  views: PlacedViews,
): readonly vscode.Diagnostic[] {
  const start = new vscode.Range(0, 0, 0, 0);
  if (state.error !== undefined) return [problem(start, state.error, 'error')];
  if (findings.length === 0) return [];
  const summary = problem(start, summarySentence(state, findings), worst(findings));
  summary.relatedInformation = findings.flatMap((finding) => relatedInformation(finding, state, views));
  return [summary];
}

/** Leads to the finding where it stands, which alone carries its message. */
function relatedInformation(
  { code, layer, origin }: Finding,
  state: ModelState,
  views: PlacedViews,
): readonly vscode.DiagnosticRelatedInformation[] {
  const name = layer === undefined ? 'the model' : state.analysis?.report.layers.at(layer)?.name;
  const location = originLocation(state.key.uri, origin) ?? views.locationOf(state, layer);
  if (location === undefined) return [];
  const node = unplacedText(origin);
  const at = node === undefined ? (name ?? 'an operator') : `${name}, ${node}`;
  return [new vscode.DiagnosticRelatedInformation(location, `${code} at ${at}`)];
}

function summarySentence({ key, analysis }: ModelState, findings: readonly Finding[]): string {
  const board = analysis?.report.target.boardName;
  const counts = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${nouns[severity][count === 1 ? 0 : 1]}`);
  const place = board === undefined ? '' : ` on ${board}`;
  return `${fileNameOf(key.uri)}${place}: ${counts.join(', ')}. The listing shows them at their operators.`;
}

const nouns: Readonly<Record<Severity, readonly [one: string, several: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['note', 'notes'],
  hint: ['hint', 'hints'],
};

function worst(findings: readonly Finding[]): Severity {
  const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
  return order.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'hint';
}
