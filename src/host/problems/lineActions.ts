import * as vscode from 'vscode';
import type { OfferAction } from '../../core/compress/offerActions';
import { offerActions } from '../../core/compress/offerActions';
import type { Fix } from '../../core/fixes/fix';
import { isFileFix } from '../../core/fixes/fix';
import { fixesFor } from '../../core/fixes/fixes';
import type { Offers } from '../compress/offers';
import type { PlacedView } from '../placed/placedView';
import type { BoardFindings } from '../measure/boardFindings';
import { FindingDiagnostic } from './findingDiagnostic';
import { callOf } from '../fixCommands';
import { projectFileFor, workspaceEdit } from '../projectFile';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** Where the actions look things up. */
export interface ActionSources {
  readonly offers: Offers;
  readonly board: BoardFindings;
}

/**
 * Quick fixes, joined to their problem by its model and its finding's id, and what compressions of a line's layers and
 * of its models bring.
 */
export async function actionsAt(
  views: readonly PlacedView[],
  line: number,
  context: vscode.CodeActionContext,
  sources: ActionSources,
): Promise<vscode.CodeAction[]> {
  const actions = await Promise.all(views.map((view) => actionsOf({ view, line, views }, context, sources)));
  return actions.flat();
}

/** A line as seen by one of the views of its document. */
interface ViewedLine {
  readonly view: PlacedView;
  readonly line: number;
  readonly views: readonly PlacedView[];
}

async function actionsOf(
  place: ViewedLine,
  { diagnostics, only }: vscode.CodeActionContext,
  sources: ActionSources,
): Promise<readonly vscode.CodeAction[]> {
  const { view, line } = place;
  const model = view.key.uri.toString();
  const ours = diagnostics
    .filter((diagnostic) => diagnostic instanceof FindingDiagnostic)
    .filter((diagnostic) => diagnostic.model === model);
  const isFixing = only === undefined || only.contains(QuickFix) || QuickFix.contains(only);
  const values = isFixing ? (view.actionsAt?.(line) ?? []) : [];
  const fixes = [...values, ...(await Promise.all(ours.map((each) => fixesOf(each, view, sources)))).flat()];
  const wanted = only === undefined || only.contains(RefactorRewrite) || RefactorRewrite.contains(only);
  return wanted && isAbout(place) ? [...fixes, ...rewrites(view, line, sources.offers, fixes)] : fixes;
}

/** In a document of one model every line is about it; of several, those lines that name it. */
function isAbout({ view, line, views }: ViewedLine): boolean {
  if (views.length === 1 || view.head.start.line === line || view.layersAt(line).length > 0) return true;
  return view.sections.some((section) => line >= section.line && line <= section.endLine);
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
 * What can be done with the layers of the line, then with the model, then why the rest cannot; what is a quick fix
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
  const actions: readonly OfferAction[] = [
    ...view.layersAt(line).flatMap((layer) => offerActions(known, layer)),
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
