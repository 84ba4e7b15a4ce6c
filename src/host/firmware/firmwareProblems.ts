import * as vscode from 'vscode';
import type { FirmwareFinding } from '../../core/firmwareRules/firmwareProblems';
import { Disposables } from '../disposables';
import { cellOf } from '../notebooks';
import { rangeOf } from '../places';
import { ruleProblem } from '../problems/findingDiagnostic';
import type { Firmwares } from './firmwares';

/** A problem that knows its finding: VS Code hands the very object to the code action provider. */
export class FirmwareDiagnostic extends vscode.Diagnostic {
  readonly finding: FirmwareFinding;

  constructor(finding: FirmwareFinding) {
    const { span, message, severity, code } = finding;
    const like = ruleProblem(rangeOf(span), { message, severity, code });
    super(like.range, message, like.severity);
    this.finding = finding;
    this.source = like.source;
    this.code = like.code;
  }
}

/** Publishes what is found in firmware, each at its place, whether or not its source is open. */
export class FirmwareProblems {
  readonly #firmwares: Firmwares;
  readonly #disposables = new Disposables();
  readonly #collection = this.#disposables.add(vscode.languages.createDiagnosticCollection('milliwatt-firmware'));
  #published = new Map<string, string>();

  constructor(firmwares: Firmwares) {
    this.#firmwares = firmwares;
    this.#disposables.add(firmwares.onDidChange(() => this.#publish()));
    this.#disposables.add(vscode.workspace.onDidOpenNotebookDocument(() => this.#publish()));
    this.#publish();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** What did not change is not published again. */
  #publish(): void {
    const before = this.#published;
    this.#published = new Map();
    for (const [address, findings] of this.#bySource()) {
      const stamp = JSON.stringify(findings);
      this.#published.set(address, stamp);
      if (before.get(address) === stamp) continue;
      const problems = findings.map((finding) => new FirmwareDiagnostic(finding));
      this.#collection.set(vscode.Uri.parse(address, true), problems);
    }
    for (const address of before.keys()) {
      if (!this.#published.has(address)) this.#collection.delete(vscode.Uri.parse(address, true));
    }
  }

  #bySource(): ReadonlyMap<string, readonly FirmwareFinding[]> {
    const groups = new Map<string, FirmwareFinding[]>();
    for (const { sources, result } of this.#firmwares.folders) {
      for (const finding of result.findings) {
        const file = sources.uriOf(finding.file);
        const uri = finding.cell === undefined ? file : (cellOf(file, finding.cell)?.uri ?? file);
        const address = uri.toString();
        groups.set(address, [...(groups.get(address) ?? []), finding]);
      }
    }
    return groups;
  }
}
