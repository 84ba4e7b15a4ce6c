import * as vscode from 'vscode';
import { unplacedText } from '../../core/model/origin';
import type { Finding } from '../../core/estimate/report';
import type { Problem, Severity } from '../../core/model/problem';

const diagnosticSource = 'Milliwatt';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** A problem that knows its finding: VS Code hands the very object to the code action provider. */
export class FindingDiagnostic extends vscode.Diagnostic {
  /** Id of the finding: unique among those of its model. */
  readonly finding: string;
  /** Address of the model. */
  readonly model: string;

  constructor({ id, code, message, severity, origin }: Finding, model: vscode.Uri, range: vscode.Range) {
    const node = unplacedText(origin);
    super(range, node === undefined ? message : `${node}: ${message}`, severities[severity]);
    this.finding = id;
    this.model = model.toString();
    this.source = diagnosticSource;
    this.code = code.startsWith('board-') ? code : { value: code, target: explainUri(code) };
  }
}

/** A problem that is of no finding. */
export function problem(range: vscode.Range, message: string, severity: Severity): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}

/** A problem that a rule found: its code leads to what the rule is about. */
export function ruleProblem(range: vscode.Range, { code, message, severity }: Problem): vscode.Diagnostic {
  const diagnostic = problem(range, message, severity);
  diagnostic.code = { value: code, target: explainUri(code) };
  return diagnostic;
}

/** A link that explains the rule. */
function explainUri(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:milliwatt.explainRule?${encodeURIComponent(JSON.stringify([code]))}`);
}
