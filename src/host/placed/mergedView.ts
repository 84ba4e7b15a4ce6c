import type * as vscode from 'vscode';
import { nameOfKey } from '../analysis/modelEntry';
import type { LayerPlace, PlacedSymbol, PlacedTensor, PlacedText, PlacedView } from './placedView';

/** The views of one document, one for each model: what several kinds of text know of the same model is combined. */
export function mergedViews(views: readonly PlacedView[]): readonly PlacedView[] {
  const models = [...new Set(views.map(({ key }) => nameOfKey(key)))];
  return models.map((model) => {
    const [first, ...others] = views.filter(({ key }) => nameOfKey(key) === model);
    return others.length === 0 ? first : new MergedView(first, others);
  });
}

/** Several views of the same model in the same document. Where one answer is asked for, the first wins. */
class MergedView implements PlacedView {
  readonly #first: PlacedView;
  readonly #views: readonly PlacedView[];

  constructor(first: PlacedView, others: readonly PlacedView[]) {
    this.#first = first;
    this.#views = [first, ...others];
  }

  get document(): vscode.TextDocument {
    return this.#first.document;
  }

  get key(): PlacedView['key'] {
    return this.#first.key;
  }

  get state(): PlacedView['state'] {
    return this.#first.state;
  }

  get analysis(): PlacedView['analysis'] {
    return this.#first.analysis;
  }

  get head(): PlacedView['head'] {
    return this.#first.head;
  }

  /** The same text at the same place is shown once. */
  get costs(): readonly PlacedText[] {
    const all = this.#views.flatMap(({ costs }) => costs);
    const nameOf = ({ position, text }: PlacedText): string => `${position.line} ${position.character} ${text}`;
    return [...new Map(all.map((cost) => [nameOf(cost), cost])).values()];
  }

  get sections(): PlacedView['sections'] {
    return this.#views.flatMap(({ sections }) => sections);
  }

  get symbols(): readonly PlacedSymbol[] | undefined {
    return firstKnown(this.#views, (view) => view.symbols);
  }

  placeOf(layer: number): LayerPlace | undefined {
    return firstKnown(this.#views, (view) => view.placeOf(layer));
  }

  layersAt(line: number): readonly number[] {
    const layers = this.#views.flatMap((view) => view.layersAt(line));
    return [...new Set(layers)].sort((left, right) => left - right);
  }

  isSummedUpAt(line: number): boolean {
    return this.#views.some((view) => view.isSummedUpAt?.(line) === true);
  }

  saidAt(position: vscode.Position): string | undefined {
    return firstKnown(this.#views, (view) => view.saidAt?.(position));
  }

  actionsAt(line: number): readonly vscode.CodeAction[] {
    return this.#views.flatMap((view) => view.actionsAt?.(line) ?? []);
  }

  tensorAt(position: vscode.Position): PlacedTensor | undefined {
    return firstKnown(this.#views, (view) => view.tensorAt(position));
  }
}

function firstKnown<Answer>(
  views: readonly PlacedView[],
  ask: (view: PlacedView) => Answer | undefined,
): Answer | undefined {
  for (const view of views) {
    const answer = ask(view);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
