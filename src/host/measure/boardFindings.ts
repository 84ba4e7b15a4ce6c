import * as vscode from 'vscode';
import type { Finding } from '../../core/estimate/report';

/**
 * What boards said about models, as findings beside those of the rules. `tab` names the monitor's stream they came
 * from.
 */
export class BoardFindings {
  readonly #emitter = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#emitter.event;
  readonly #byModel = new Map<string, Map<number, readonly Finding[]>>();
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  of(model: vscode.Uri): readonly Finding[] {
    return [...(this.#byModel.get(model.toString())?.values() ?? [])].flat();
  }

  /** Replaces what one stream says about a model. */
  set(model: vscode.Uri, tab: number, findings: readonly Finding[]): void {
    const key = model.toString();
    const ofModel = this.#byModel.get(key) ?? new Map<number, readonly Finding[]>();
    if (findings.length === 0 && (ofModel.get(tab) ?? []).length === 0) return;
    ofModel.set(tab, findings);
    this.#byModel.set(key, ofModel);
    this.#changed();
  }

  /** Forgets what was said about a model, or about all. */
  clear(model?: vscode.Uri): void {
    if (model === undefined) this.#byModel.clear();
    else this.#byModel.delete(model.toString());
    this.#changed();
  }

  dispose(): void {
    this.#emitter.dispose();
  }

  #changed(): void {
    this.#revision += 1;
    this.#emitter.fire();
  }
}
