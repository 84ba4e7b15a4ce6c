import * as vscode from 'vscode';
import type { FirmwareFinding } from '../../core/firmwareRules/firmwareProblems';
import { isFileFix } from '../../core/fixes/fix';
import { fixesFor } from '../../core/fixes/fixes';
import { editsTogether } from '../../core/fixes/together';
import { callOf } from '../fixCommands';
import { projectFileFor, workspaceEdit } from '../projectFile';
import type { FirmwareFolder } from './firmwareFolder';
import { FirmwareDiagnostic } from './firmwareProblems';
import type { SourceReport } from './firmwares';
import { addressedEdits } from './firmwares';

const { QuickFix, SourceFixAll } = vscode.CodeActionKind;

/** What can be done about the problems of a firmware that a place has; all of a source at once where that is asked. */
export async function firmwareActions(
  report: SourceReport,
  { diagnostics, only }: vscode.CodeActionContext,
): Promise<readonly vscode.CodeAction[]> {
  if (only !== undefined && SourceFixAll.intersects(only)) return allAtOnce(report, SourceFixAll.append('milliwatt'));
  const ours = diagnostics.filter((diagnostic) => diagnostic instanceof FirmwareDiagnostic);
  const fixes = (await Promise.all(ours.map(async (diagnostic) => fixesOf(diagnostic, report)))).flat();
  return ours.length === 0 ? fixes : [...fixes, ...allAtOnce(report, QuickFix)];
}

/** Writing an array again: its text is made when the action is chosen. */
class RewriteAction extends vscode.CodeAction {
  readonly finding: FirmwareFinding;
  readonly folder: FirmwareFolder;

  constructor(title: string, finding: FirmwareFinding, folder: FirmwareFolder) {
    super(title, QuickFix);
    this.finding = finding;
    this.folder = folder;
    this.isPreferred = true;
  }
}

/** An action with the edits that it was offered without. */
export async function resolvedAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
  if (action instanceof RewriteAction) {
    action.edit = workspaceEdit(await action.folder.rewriteEdits(action.finding));
  }
  return action;
}

function rewriteOf(
  finding: FirmwareFinding,
  folder: FirmwareFolder,
  of: vscode.Diagnostic,
): readonly vscode.CodeAction[] {
  if (finding.rewrite === undefined) return [];
  const action = new RewriteAction(finding.rewrite.title, finding, folder);
  action.diagnostics = [of];
  return [action];
}

function renewalOf(
  { renewal }: FirmwareFinding,
  folder: FirmwareFolder,
  of: vscode.Diagnostic,
): readonly vscode.CodeAction[] {
  if (renewal === undefined) return [];
  const action = new vscode.CodeAction(renewal.title, QuickFix);
  const before = folder.renewed(renewal);
  action.command = { title: renewal.title, command: 'milliwatt.exportFirmware', arguments: [before.model, before] };
  action.diagnostics = [of];
  action.isPreferred = true;
  return [action];
}

async function fixesOf(
  diagnostic: FirmwareDiagnostic,
  { folder, findings }: SourceReport,
): Promise<readonly vscode.CodeAction[]> {
  const finding = findings.find((each) => isSame(each, diagnostic.finding));
  if (finding === undefined) return [];
  const source = folder.sources.uriOf(finding.file);
  const project = await projectFileFor(source, await folder.projectOf(source));
  const fixes = finding.fixes.map((fix) => ({ ...fix, edits: addressedEdits(folder, fix.edits) }));
  const named = { ...finding, id: finding.code, isRule: true, fixes };
  const made = fixesFor({ finding: named, project, offers: [] }).map((fix) => {
    const action = new vscode.CodeAction(fix.title, QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = fix.isPreferred;
    if (isFileFix(fix)) action.edit = workspaceEdit(fix.edits);
    else action.command = { title: fix.title, ...callOf(fix.command, source) };
    return action;
  });
  return [...rewriteOf(finding, folder, diagnostic), ...renewalOf(finding, folder, diagnostic), ...made];
}

/** The same problem, though it may have moved. */
function isSame(left: FirmwareFinding, right: FirmwareFinding): boolean {
  return left.code === right.code && left.message === right.message && left.span.column === right.span.column;
}

function allAtOnce({ folder, findings }: SourceReport, kind: vscode.CodeActionKind): readonly vscode.CodeAction[] {
  const fixable = findings.filter(({ fixes }) => fixes.some(({ isPreferred }) => isPreferred === true));
  if (fixable.length === 0 || (kind.value === QuickFix.value && fixable.length < 2)) return [];
  const action = new vscode.CodeAction('Fix all that Milliwatt found in this file', kind);
  action.edit = workspaceEdit(addressedEdits(folder, editsTogether(fixable)));
  return [action];
}
