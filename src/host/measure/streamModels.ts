import * as vscode from 'vscode';
import type { TabId } from '../../protocol/monitorState';
import type { ModelFinder } from './modelFinder';

/** A question about one stream, and what led to it: `A profile was heard at ttyACM0.` */
interface ModelQuestion {
  readonly tab: TabId;
  readonly because: string;
  readonly candidates: readonly vscode.Uri[];
}

/** Which model the firmware behind each stream holds: a profile tells it, or the user. */
export class StreamModels {
  readonly #finder: ModelFinder;
  readonly #emitter = new vscode.EventEmitter<TabId>();
  readonly onDidChange = this.#emitter.event;
  readonly #known = new Map<TabId, vscode.Uri>();
  /** Nobody is asked the same twice. */
  readonly #asked = new Set<string>();

  constructor(finder: ModelFinder) {
    this.#finder = finder;
  }

  of(tab: TabId): vscode.Uri | undefined {
    return this.#known.get(tab);
  }

  set(tab: TabId, model: vscode.Uri): void {
    if (this.#known.get(tab)?.toString() === model.toString()) return;
    this.#known.set(tab, model);
    this.#emitter.fire(tab);
  }

  /** Asks beside the work, not in front of it; an answer arrives as a change. */
  async ask({ tab, because, candidates }: ModelQuestion): Promise<void> {
    const question = `${tab} ${candidates.map(String).sort().join(' ')}`;
    if (this.#asked.has(question)) return;
    this.#asked.add(question);
    const choose = 'Choose the Model…';
    const sentence = `${because} Which model does the firmware hold?`;
    if ((await vscode.window.showInformationMessage(sentence, choose)) !== choose) return;
    const picked = await this.#finder.pick(candidates, 'Model in the firmware');
    if (picked !== undefined) this.set(tab, picked);
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
