import * as vscode from 'vscode';
import { offerActions } from '../../core/compress/offerActions';
import type { Gauge } from '../../core/estimate/gauges';
import { gaugesOf } from '../../core/estimate/gauges';
import type { Report } from '../../core/estimate/report';
import { budgetText, bytesText } from '../../core/text/units';
import { Disposables } from '../disposables';
import type { Offers } from '../compress/offers';
import { callOf } from '../fixCommands';
import type { SettingsReader } from '../settings';
import type { PlacedSources } from './placedSources';
import type { PlacedView, PlacedViews } from './placedView';

/** Totals against the budget and the peak, above the head of the model. */
export class TotalLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #views: PlacedViews;
  readonly #settings: SettingsReader;
  readonly #offers: Offers;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  constructor({ views, analyses, settings, offers }: PlacedSources) {
    this.#views = views;
    this.#settings = settings;
    this.#offers = offers;
    this.onDidChangeCodeLenses = this.#emitter.event;
    this.#disposables.add(analyses.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(settings.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(offers.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(vscode.languages.registerCodeLensProvider(views.selector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const views = await this.#views.of(document, token);
    return views.filter(({ key }) => this.#settings.read(key.uri).codeLens).flatMap((view) => this.#lensesOf(view));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #lensesOf(view: PlacedView): readonly vscode.CodeLens[] {
    const head = new vscode.Range(view.head.start.line, 0, view.head.start.line, 0);
    return [...commandsFor(view), ...compressions(view, this.#offers)].map(
      (command) => new vscode.CodeLens(head, command),
    );
  }
}

function commandsFor(view: PlacedView): readonly vscode.Command[] {
  const { analysis, state, key } = view;
  const stale = state.stale && state.error !== undefined ? [staleCommand(view)] : [];
  const peak = peakCommand(analysis.report, view);
  return [
    ...stale,
    boardCommand(analysis.report, key.uri),
    ...gaugesOf(analysis.report).map((gauge) => gaugeCommand(gauge, key.uri)),
    ...(peak === undefined ? [] : [peak]),
  ];
}

/**
 * The first thing that can be done with the model; the others, and why something cannot be done, are in the light bulb.
 */
function compressions({ state, key }: PlacedView, offers: Offers): readonly vscode.Command[] {
  return offerActions(offers.lookUp(state), 'model')
    .filter(({ isPossible }) => isPossible)
    .slice(0, 1)
    .map(({ title, command }) => ({ title: `$(zap) ${title}`, ...callOf(command, key.uri) }));
}

function boardCommand({ target }: Report, model: vscode.Uri): vscode.Command {
  const isChosen = target.board !== undefined;
  return {
    title: isChosen ? `$(circuit-board) ${target.boardName ?? target.board}` : '$(circuit-board) Choose a board',
    tooltip: isChosen
      ? `${target.runtime} ${target.tflmVersion}, ${target.optimization}. Choose another board.`
      : 'Without a board there is no budget: choose one to see whether the model fits.',
    command: 'milliwatt.chooseBoard',
    arguments: [model],
  };
}

function gaugeCommand({ name, text, share, basis, explanation }: Gauge, model: vscode.Uri): vscode.Command {
  const percent = share === undefined ? '' : ` (${budgetText(share)})`;
  const icon = share !== undefined && share > 1 ? '$(error) ' : '';
  return {
    title: `${icon}${name} ${text}${percent}`,
    tooltip: `${explanation} (${basis})`,
    command: 'milliwatt.openModel',
    arguments: [model],
  };
}

function peakCommand({ arena, layers }: Report, { document, key }: PlacedView): vscode.Command | undefined {
  const layer = arena?.peakOperator === undefined ? undefined : layers.at(arena.peakOperator);
  if (layer?.ramBytes === undefined) return undefined;
  return {
    title: `Peak ${layer.name}, ${bytesText(layer.ramBytes)}`,
    tooltip: 'The operator during which most of the planned memory is in use. Go to it.',
    command: 'milliwatt.revealLayer',
    arguments: [document.uri, layer.index, key.uri],
  };
}

function staleCommand({ key, state }: PlacedView): vscode.Command {
  return {
    title: '$(warning) These are the figures of an earlier version of the file',
    tooltip: state.error ?? '',
    command: 'milliwatt.refresh',
    arguments: [key.uri],
  };
}
