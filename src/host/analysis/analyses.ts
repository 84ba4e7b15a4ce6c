import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { Disposable } from '../disposables';
import type { EntryServices, ModelKey, ModelState } from './modelEntry';
import { ModelEntry, nameOfKey } from './modelEntry';

/** Models that nothing shows any more, kept for the moment they are opened again. */
const keptUnused = 16;

/** Events after which every analysis may be another one. */
interface TargetChanges {
  readonly events: readonly vscode.Event<void>[];
}

interface HeldAnalysis {
  readonly entry: ModelEntry;
  holders: number;
}

/** All models that are looked at: one cached analysis each, from which every feature only reads. */
export class Analyses {
  readonly onDidChange: vscode.Event<ModelState>;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<ModelState>());
  readonly #services: EntryServices;
  /** In order of last use. */
  readonly #held = new Map<string, HeldAnalysis>();

  constructor(services: Omit<EntryServices, 'changed'>, { events }: TargetChanges) {
    this.onDidChange = this.#emitter.event;
    this.#services = { ...services, changed: (state) => this.#emitter.fire(state) };
    for (const event of events) this.#disposables.add(event(() => this.#updateAll()));
  }

  /** What is known now, without waiting; nothing when the model is not looked at. */
  current(key: ModelKey): ModelState | undefined {
    return this.#held.get(nameOfKey(key))?.entry.state;
  }

  /** All that is known now. */
  all(): readonly ModelState[] {
    return [...this.#held.values()].map(({ entry }) => entry.state);
  }

  /** The state of a model once its analysis is done, started where needed. */
  async settled(key: ModelKey): Promise<ModelState> {
    return this.entry(key).whenIdle();
  }

  /** Keeps a model analysed and followed until the result is disposed. */
  hold(key: ModelKey): Disposable {
    const held = this.#find(key);
    held.holders++;
    let given = false;
    return {
      dispose: () => {
        if (given) return;
        given = true;
        held.holders--;
        this.#dropUnused();
      },
    };
  }

  entry(key: ModelKey): ModelEntry {
    return this.#find(key).entry;
  }

  /** Reads and analyses a model again, whether or not it seems to have changed. */
  refresh(uri?: vscode.Uri): void {
    for (const { entry } of this.#held.values()) {
      if (uri === undefined || entry.key.uri.toString() === uri.toString()) entry.update('open');
    }
  }

  /** Resolves when nothing is under way, for one model or for all. */
  async whenIdle(uri?: vscode.Uri): Promise<void> {
    const concerned = (): ModelEntry[] =>
      [...this.#held.values()]
        .map(({ entry }) => entry)
        .filter((entry) => uri === undefined || entry.key.uri.toString() === uri.toString());
    while (concerned().some((entry) => !entry.isIdle)) {
      await Promise.all(concerned().map((entry) => entry.whenIdle()));
    }
  }

  dispose(): void {
    for (const { entry } of this.#held.values()) entry.dispose();
    this.#held.clear();
    this.#disposables.dispose();
  }

  #updateAll(): void {
    for (const { entry } of this.#held.values()) entry.update('target');
  }

  #find(key: ModelKey): HeldAnalysis {
    const name = nameOfKey(key);
    const held = this.#held.get(name) ?? { entry: new ModelEntry(key, this.#services), holders: 0 };
    this.#held.delete(name);
    this.#held.set(name, held);
    this.#dropUnused();
    return held;
  }

  #dropUnused(): void {
    const unused = [...this.#held].filter(([, { holders }]) => holders === 0);
    for (const [name, { entry }] of unused.slice(0, Math.max(0, unused.length - keptUnused))) {
      entry.dispose();
      this.#held.delete(name);
    }
  }
}
