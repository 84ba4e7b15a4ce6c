import * as vscode from 'vscode';
import type { ModelState } from '../../../src/host/analysis/modelEntry';
import type { PlacedText, PlacedView, PlacedViews } from '../../../src/host/placed/placedView';

/**
 * A kind of text for tests: `model NAME` begins a model, and each word `@N` of the lines below it stands for its layer
 * N, on as many lines as have it.
 */
export class ToyViews implements PlacedViews {
  readonly selector: vscode.DocumentSelector = { pattern: '**/*.toy' };
  readonly onDidChange: vscode.Event<void> = () => new vscode.Disposable(() => undefined);
  readonly #states: ReadonlyMap<string, ModelState>;

  /** By the name that the text has for the model. */
  constructor(states: ReadonlyMap<string, ModelState>) {
    this.#states = states;
  }

  get documents(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => uri.path.endsWith('.toy'));
  }

  of(document: vscode.TextDocument): Promise<readonly PlacedView[]> {
    return Promise.resolve(this.current(document));
  }

  current(document: vscode.TextDocument): readonly PlacedView[] {
    const lines = document.getText().split('\n');
    const heads = lines.flatMap((text, line) => (text.startsWith('model ') ? [line] : []));
    return heads.flatMap((line, index) => {
      const state = this.#states.get(lines[line].slice('model '.length));
      const endLine = (heads.at(index + 1) ?? lines.length) - 1;
      return state === undefined ? [] : [new ToyView(document, state, { line, endLine })];
    });
  }

  locationOf(): undefined {
    return undefined;
  }
}

class ToyView implements PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: PlacedView['key'];
  readonly state: ModelState;
  readonly head: vscode.Range;
  readonly sections: PlacedView['sections'];
  readonly #words: readonly { readonly layer: number; readonly range: vscode.Range }[];

  constructor(document: vscode.TextDocument, state: ModelState, section: PlacedView['sections'][number]) {
    this.document = document;
    this.key = state.key;
    this.state = state;
    this.head = document.lineAt(section.line).range;
    this.sections = [section];
    this.#words = wordsIn(document, section);
  }

  get analysis(): PlacedView['analysis'] {
    if (this.state.analysis === undefined) throw new Error('The toy views need a model that is analysed.');
    return this.state.analysis;
  }

  get costs(): readonly PlacedText[] {
    return this.#words.map(({ layer, range }) => ({
      position: range.end,
      text: this.analysis.report.layers[layer].operator,
    }));
  }

  placeOf(layer: number): ReturnType<PlacedView['placeOf']> {
    const word = this.#words.find((each) => each.layer === layer);
    return word && { range: word.range, name: word.range, mark: word.range };
  }

  layersAt(line: number): readonly number[] {
    return this.#words.filter(({ range }) => range.start.line === line).map(({ layer }) => layer);
  }

  tensorAt(): undefined {
    return undefined;
  }
}

function wordsIn(
  document: vscode.TextDocument,
  { line: first, endLine }: PlacedView['sections'][number],
): readonly { readonly layer: number; readonly range: vscode.Range }[] {
  const lines = Array.from({ length: endLine - first }, (_unused, index) => first + 1 + index);
  return lines.flatMap((line) =>
    [...document.lineAt(line).text.matchAll(/@(\d+)/g)].map((match) => ({
      layer: Number(match[1]),
      range: new vscode.Range(line, match.index, line, match.index + match[0].length),
    })),
  );
}
