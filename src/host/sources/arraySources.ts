import * as vscode from 'vscode';
import { firmwareKinds, modelPattern } from '../../core/formats/kinds';
import { summaryText } from '../../core/estimate/gauges';
import type { LayerPlace, PlacedText, PlacedView } from '../placed/placedView';
import { followTexts } from './openSources';
import { sourceSchemes } from './sourceSchemes';
import type { AnalysedModel, SourceKind } from './sourceViews';

const selector: vscode.DocumentSelector = sourceSchemes.map((scheme) => ({
  scheme,
  pattern: modelPattern(firmwareKinds),
}));

/** C and C++ sources whose arrays hold models: all that is said of one stands at its declaration. */
export const arraySources: SourceKind = {
  selector,
  follow: (events) => followTexts(selector, events),
  viewOf: (document, model) => (document === model.document ? new ArrayView(model) : undefined),
  locationOf: ({ document, name }) => new vscode.Location(document.uri, name),
};

/** An array with the analysis of the model that it holds. */
class ArrayView implements PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: PlacedView['key'];
  readonly state: PlacedView['state'];
  readonly analysis: PlacedView['analysis'];
  readonly head: vscode.Range;
  readonly sections = [];

  constructor({ document, key, state, analysis, name }: AnalysedModel) {
    this.document = document;
    this.key = key;
    this.state = state;
    this.analysis = analysis;
    this.head = name;
  }

  get costs(): readonly PlacedText[] {
    const position = this.document.lineAt(this.head.start.line).range.end;
    return [{ position, text: `  ${summaryText(this.analysis.report)}` }];
  }

  /** All that is said of a layer stands at the name of the array: its body says nothing to people. */
  placeOf(): LayerPlace {
    const name = this.head;
    return { range: name, name, mark: name };
  }

  layersAt(): readonly number[] {
    return [];
  }

  tensorAt(): undefined {
    return undefined;
  }
}
