import * as vscode from 'vscode';
import { programLines, type ProgramLine } from '../../core/analysis/programLines';
import { programOutline } from '../../core/analysis/programOutline';
import { modelPattern, programKinds } from '../../core/formats/kinds';
import type { SourcePlace } from '../../core/model/origin';
import type { Program } from '../../core/model/program';
import { originLocation } from '../placed/originPlaces';
import type { LayerPlace, PlacedSymbol, PlacedText, PlacedView } from '../placed/placedView';
import { openValueActions } from './openValueActions';
import { followNotebooks, followTexts } from './openSources';
import { conversionHover, layersHover, modelHover } from './programHover';
import { isPlaceIn, placeAt } from './programPlaces';
import { trainedHover } from './trainedLenses';
import { modelSymbol } from './programSymbols';
import { sourceSchemes } from './sourceSchemes';
import type { AnalysedModel, SourceKind } from './sourceViews';

const texts: vscode.DocumentSelector = sourceSchemes.map((scheme) => ({
  scheme,
  pattern: modelPattern(programKinds),
}));

/** Programs that build models, and cells of notebooks: what is said of a layer stands where it is made. */
export const programSources: SourceKind = {
  selector: [...texts, { scheme: 'vscode-notebook-cell', language: 'python' }],
  follow: (events) => vscode.Disposable.from(followTexts(texts, events), followNotebooks(events)),
  viewOf: (document, model) => {
    const view = new ProgramView(document, model);
    return view.isEmpty ? undefined : view;
  },
  locationOf: ({ document, name }, { key, analysis }, layer) => {
    const origin = layer === undefined ? undefined : analysis?.report.layers.at(layer)?.origin;
    return originLocation(key.uri, origin) ?? new vscode.Location(document.uri, name);
  },
};

const nothing: Program = { layers: [], openValues: [], isCosted: false, assumptions: [], known: [] };

/** The lines of a document about a model: worked out once for an analysis, as every change asks every open document. */
function linesIn(
  document: vscode.TextDocument,
  analysis: AnalysedModel['analysis'],
  isHere: (place: SourcePlace) => boolean,
): readonly ProgramLine[] {
  const ofAnalysis = keptLines.get(analysis) ?? new WeakMap<vscode.TextDocument, readonly ProgramLine[]>();
  keptLines.set(analysis, ofAnalysis);
  const lines = ofAnalysis.get(document) ?? programLines(analysis.program ?? nothing, analysis.report, isHere);
  ofAnalysis.set(document, lines);
  return lines;
}

const keptLines = new WeakMap<AnalysedModel['analysis'], WeakMap<vscode.TextDocument, readonly ProgramLine[]>>();

/** What stands of a model in one document: its own program, or a module that makes some of its layers. */
class ProgramView implements PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: PlacedView['key'];
  readonly state: PlacedView['state'];
  readonly analysis: PlacedView['analysis'];
  readonly #model: AnalysedModel;
  readonly #program: Program;
  readonly #lines: readonly ProgramLine[];

  constructor(document: vscode.TextDocument, model: AnalysedModel) {
    this.document = document;
    this.key = model.key;
    this.state = model.state;
    this.analysis = model.analysis;
    this.#model = model;
    this.#program = model.analysis.program ?? nothing;
    const lines = linesIn(document, model.analysis, (place) => this.#isHere(place));
    this.#lines = lines.filter(({ line }) => line < document.lineCount);
  }

  get isEmpty(): boolean {
    return this.document !== this.#model.document && this.#lines.length === 0;
  }

  /** In a module that only makes layers, the first of them stands for the model. */
  get head(): vscode.Range {
    if (this.document === this.#model.document) return this.#model.name;
    return this.document.lineAt(this.#lines[0].line).range;
  }

  get sections(): PlacedView['sections'] {
    return [];
  }

  get costs(): readonly PlacedText[] {
    return this.#lines.map(({ line, text }) => ({
      position: this.document.lineAt(line).range.end,
      text: `  ${text}`,
    }));
  }

  placeOf(layer: number): LayerPlace | undefined {
    const place = this.analysis.report.layers.at(layer)?.origin?.place;
    if (place?.span === undefined || !this.#isHere(place) || place.span.line >= this.document.lineCount)
      return undefined;
    return placeAt(this.document, place.span);
  }

  get symbols(): readonly PlacedSymbol[] {
    const layers = programOutline(this.#program, this.analysis.report, (place) => this.#isHere(place));
    return [modelSymbol(this, layers)];
  }

  layersAt(line: number): readonly number[] {
    const own = this.#layersOn(line).flatMap((index) => this.#program.layers[index].operators);
    const wanted = new Set(own);
    return this.analysis.report.layers.flatMap(({ index, graph, position }) =>
      graph === 0 && wanted.has(position) ? [index] : [],
    );
  }

  tensorAt(): undefined {
    return undefined;
  }

  isSummedUpAt(line: number): boolean {
    return this.#layersOn(line).length > 1;
  }

  saidAt({ line }: vscode.Position): string | undefined {
    const layers = this.#layersOn(line).map((index) => this.#program.layers[index]);
    const isHead = line === this.head.start.line;
    const { trained } = this.#program;
    const parts = [
      ...(isHead ? [modelHover(this.#program, this.analysis)] : []),
      ...(layers.length === 0 ? [] : [layersHover(layers, this.analysis, isHead)]),
      ...(isHead && trained !== undefined ? [trainedHover(trained, this.key.uri)] : []),
      ...(isHead ? [conversionHover(this.#program, this.key.uri, this.state.layers ?? [])] : []),
    ].filter((part) => part !== '');
    return parts.length === 0 ? undefined : parts.join('\n\n');
  }

  actionsAt(line: number): readonly vscode.CodeAction[] {
    return openValueActions(this, line);
  }

  #layersOn(line: number): readonly number[] {
    return this.#lines.find((each) => each.line === line)?.layers ?? [];
  }

  #isHere(place: SourcePlace): boolean {
    return isPlaceIn(this.document, this.key.uri, place);
  }
}
