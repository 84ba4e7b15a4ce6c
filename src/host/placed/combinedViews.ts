import * as vscode from 'vscode';
import type { ModelState } from '../analysis/modelEntry';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { mergedViews } from './mergedView';
import type { PlacedView, PlacedViews } from './placedView';

/**
 * The views of all kinds of text. Several kinds may speak about one document, and about the same model in it. Kinds
 * that are added later are asked first: the listing, which every model has, is the first to be added.
 */
export class CombinedViews implements PlacedViews {
  readonly onDidChange: vscode.Event<void>;
  /** A kind was added or taken away, so that `selector` is another one. */
  readonly onDidChangeSelector: vscode.Event<void>;
  readonly #disposables = new Disposables();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #selectorChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  #kinds: readonly PlacedViews[] = [];

  constructor() {
    this.onDidChange = this.#changed.event;
    this.onDidChangeSelector = this.#selectorChanged.event;
  }

  /** Until the result is disposed, the documents of this kind have all features of placed documents. */
  add(kind: PlacedViews): Disposable {
    const following = kind.onDidChange(() => this.#changed.fire());
    this.#setKinds([kind, ...this.#kinds]);
    return {
      dispose: () => {
        following.dispose();
        this.#setKinds(this.#kinds.filter((each) => each !== kind));
      },
    };
  }

  get selector(): vscode.DocumentSelector {
    return this.#kinds.flatMap(({ selector }) => selector);
  }

  get documents(): readonly vscode.TextDocument[] {
    return [...new Set(this.#kinds.flatMap(({ documents }) => documents))];
  }

  async of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly PlacedView[]> {
    const views = await Promise.all(this.#kindsOf(document).map(async (kind) => kind.of(document, token)));
    return mergedViews(views.flat());
  }

  current(document: vscode.TextDocument): readonly PlacedView[] {
    return mergedViews(this.#kindsOf(document).flatMap((kind) => kind.current(document)));
  }

  locationOf(state: ModelState, layer: number | undefined): vscode.Location | undefined {
    for (const kind of this.#kinds) {
      const location = kind.locationOf(state, layer);
      if (location !== undefined) return location;
    }
    return undefined;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #kindsOf(document: vscode.TextDocument): readonly PlacedViews[] {
    return this.#kinds.filter(({ selector }) => vscode.languages.match(selector, document) > 0);
  }

  #setKinds(kinds: readonly PlacedViews[]): void {
    this.#kinds = kinds;
    this.#selectorChanged.fire();
    this.#changed.fire();
  }
}

/** Keeps something registered for the selector of all kinds: VS Code takes a selector only once, when it registers. */
export function registeredForAll(views: CombinedViews, register: () => Disposable): Disposable {
  let registered = register();
  const following = views.onDidChangeSelector(() => {
    registered.dispose();
    registered = register();
  });
  return {
    dispose: () => {
      following.dispose();
      registered.dispose();
    },
  };
}
