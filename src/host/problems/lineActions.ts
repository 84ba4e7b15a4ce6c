import * as vscode from 'vscode';
import type { OfferAction } from '../../core/compress/offerActions';
import { offerActions } from '../../core/compress/offerActions';
import type { Fix } from '../../core/fixes/fix';
import { isFileFix } from '../../core/fixes/fix';
import { fixesFor } from '../../core/fixes/fixes';
import type { Offers } from '../compress/offers';
import type { PlacedView } from '../placed/placedView';
import type { BoardFindings } from '../measure/boardFindings';
import { FindingDiagnostic } from './diagnostics';
import { callOf } from '../fixCommands';
import { projectFileFor, workspaceEdit } from '../projectFile';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** Where the actions look things up. */
export interface ActionSources {
  readonly offers: Offers;
  readonly board: BoardFindings;
}

/**
 * Quick fixes, joined to their problem by its finding's id, and what compressions of a line's layer and of the model
 * bring.
 */
export async function actionsAt(
  view: PlacedView,
  line: number,
  { diagnostics, only }: vscode.CodeActionContext,
  sources: ActionSources,
): Promise<vscode.CodeAction[]> {
  const ours = diagnostics.filter((diagnostic) => diagnostic instanceof FindingDiagnostic);
  const fixes = (await Promise.all(ours.map((diagnostic) => fixesOf(diagnostic, view, sources)))).flat();
  const wanted = only === undefined || only.contains(RefactorRewrite) || RefactorRewrite.contains(only);
  return wanted ? [...fixes, ...rewrites(view, line, sources.offers, fixes)] : fixes;
}

async function fixesOf(
  diagnostic: FindingDiagnostic,
  { state, analysis }: PlacedView,
  { offers, board }: ActionSources,
): Promise<vscode.CodeAction[]> {
  const findings = [...analysis.report.findings, ...board.of(state.key.uri)];
  const finding = findings.find(({ id }) => id === diagnostic.finding);
  if (finding === undefined) return [];
  const project = await projectFileFor(state.key.uri, state.project);
  const { layers } = analysis.report;
  return fixesFor({ finding, layers, project, offers: offers.lookUp(state) }).map((fix) =>
    fixAction(fix, diagnostic, state.key.uri),
  );
}

function fixAction(fix: Fix, diagnostic: vscode.Diagnostic, model: vscode.Uri): vscode.CodeAction {
  const { title, isPreferred } = fix;
  const action = new vscode.CodeAction(title, QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = isPreferred;
  if (isFileFix(fix)) action.edit = workspaceEdit(fix.edits);
  else action.command = { title, ...callOf(fix.command, model) };
  return action;
}

/**
 * What can be done with the layer of the line, then with the model, then why the rest cannot; what is a quick fix
 * already is not said twice.
 */
function rewrites(
  view: PlacedView,
  line: number,
  offers: Offers,
  fixes: readonly vscode.CodeAction[],
): readonly vscode.CodeAction[] {
  const { state, key } = view;
  const known = offers.lookUp(state);
  const layer = view.layerAt(line);
  const actions: readonly OfferAction[] = [
    ...(layer === undefined ? [] : offerActions(known, layer)),
    ...offerActions(known, 'model'),
  ];
  const rest = actions.filter(({ title }) => !fixes.some((fix) => fix.title === title));
  return [...rest]
    .sort((a, b) => Number(b.isPossible) - Number(a.isPossible))
    .map((action) => rewriteAction(action, key.uri));
}

function rewriteAction({ title, command }: OfferAction, model: vscode.Uri): vscode.CodeAction {
  const action = new vscode.CodeAction(title, RefactorRewrite);
  action.command = { title, ...callOf(command, model) };
  return action;
}
