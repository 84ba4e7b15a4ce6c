import * as vscode from 'vscode';
import type { OfferAction } from '../compress/offerActions';
import { offerActions } from '../compress/offerActions';
import type { Offers } from '../compress/offers';
import type { ListingView } from '../listing/listingView';
import { operatorAt } from '../listing/listingView';
import type { BoardFindings } from '../measure/boardFindings';
import { FindingDiagnostic } from './diagnostics';
import type { Fix } from './fixes';
import { fixesFor } from './fixes';
import { projectFileFor } from './projectFile';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** Where the actions look things up. */
export interface ActionSources {
  readonly offers: Offers;
  readonly board: BoardFindings;
}

/** Quick fixes, joined to their problem by its finding's id, and what compressions of a line's layer and of the model bring. */
export async function actionsAt(
  view: ListingView,
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
  { state, analysis }: ListingView,
  { offers, board }: ActionSources,
): Promise<vscode.CodeAction[]> {
  const findings = [...analysis.report.findings, ...board.of(state.key.uri)];
  const finding = findings.find(({ id }) => id === diagnostic.finding);
  if (finding === undefined) return [];
  const file = await projectFileFor(state.key.uri, state.project);
  return fixesFor({ finding, state, file, offers: offers.lookUp(state) }).map((fix) => fixAction(fix, diagnostic));
}

function fixAction({ title, edit, command, isPreferred }: Fix, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = edit;
  action.isPreferred = isPreferred;
  if (command !== undefined) {
    action.command = { title, command: command.command, arguments: [...command.arguments] };
  }
  return action;
}

/** What can be done with the layer of the line, then with the model, then why the rest cannot; what is a quick fix already is not said twice. */
function rewrites(
  view: ListingView,
  line: number,
  offers: Offers,
  fixes: readonly vscode.CodeAction[],
): readonly vscode.CodeAction[] {
  const { state, key } = view;
  const known = offers.lookUp(state);
  const layer = operatorAt(view, line)?.layer.index;
  const actions: readonly OfferAction[] = [
    ...(layer === undefined ? [] : offerActions(known, layer, key.uri)),
    ...offerActions(known, 'model', key.uri),
  ];
  const rest = actions.filter(({ title }) => !fixes.some((fix) => fix.title === title));
  return [...rest].sort((a, b) => Number(b.isPossible) - Number(a.isPossible)).map(rewriteAction);
}

function rewriteAction({ title, command, arguments: values }: OfferAction): vscode.CodeAction {
  const action = new vscode.CodeAction(title, RefactorRewrite);
  action.command = { title, command, arguments: [...values] };
  return action;
}
