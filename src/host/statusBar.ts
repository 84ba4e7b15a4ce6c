import * as vscode from 'vscode';
import type { Gauge } from '../core/estimate/gauges';
import { gaugesOf, shareBar } from '../core/estimate/gauges';
import type { Report } from '../core/estimate/report';
import type { ChoiceLayer } from '../core/project/layers';
import { proposedKeys } from '../core/project/proposedLayers';
import { budgetText } from '../core/text/units';
import type { Analyses } from './analysis/analyses';
import type { ModelState } from './analysis/modelEntry';
import { Disposables } from './disposables';
import type { OpenModels } from './openModels';
import { markdownText as plain } from '../core/text/markdown';
import { fileNameOf } from './places';
import { targetHover } from './targetHover';

/** Board and memory gauges of the active model; a click picks another board. */
export class StatusBar {
  readonly #analyses: Analyses;
  readonly #open: OpenModels;
  readonly #disposables = new Disposables();
  readonly #board = this.#disposables.add(
    vscode.window.createStatusBarItem('milliwatt.board', vscode.StatusBarAlignment.Right, 1001),
  );
  readonly #memory = this.#disposables.add(
    vscode.window.createStatusBarItem('milliwatt.memory', vscode.StatusBarAlignment.Right, 1000),
  );

  constructor(analyses: Analyses, open: OpenModels) {
    this.#analyses = analyses;
    this.#open = open;
    this.#board.name = 'Milliwatt: Board';
    this.#memory.name = 'Milliwatt: RAM and Flash';
    for (const item of [this.#board, this.#memory]) item.command = 'milliwatt.chooseBoard';
    this.#disposables.add(analyses.onDidChange(() => this.#refresh()));
    this.#disposables.add(open.onDidChange(() => this.#refresh()));
    this.#refresh();
  }

  /** What the two items show, for tests. */
  get texts(): readonly [board: string, memory: string] {
    return [this.#board.text, this.#memory.text];
  }

  /** What the hover over the board says, for tests. */
  get boardHover(): string {
    const { tooltip: shown } = this.#board;
    return shown instanceof vscode.MarkdownString ? shown.value : (shown ?? '');
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #refresh(): void {
    const key = this.#open.active;
    const state = key && this.#analyses.current(key);
    if (key === undefined || state?.analysis === undefined) {
      this.#board.hide();
      this.#memory.hide();
      return;
    }
    this.#showBoard(state.analysis.report, state);
    this.#showMemory(key.uri, state, state.analysis.report);
  }

  #showBoard({ target }: Report, { layers = [] }: ModelState): void {
    const name = target.boardName ?? 'Choose a board';
    this.#board.text = `$(circuit-board) ${name}`;
    this.#board.tooltip =
      target.board === undefined
        ? 'No board is chosen: there is no budget. Choose one.'
        : withOffers(targetHover(target, layers), layers);
    this.#board.accessibilityInformation = { label: `Milliwatt board: ${name}` };
    this.#board.show();
  }

  #showMemory(uri: vscode.Uri, state: ModelState, report: Report): void {
    const gauges = memoryGauges(report);
    if (gauges.length === 0) {
      this.#memory.hide();
      return;
    }
    const isOver = gauges.some(({ share = 0 }) => share > 1);
    const mark = `${state.stale ? '$(sync) ' : ''}${isOver ? '$(error) ' : ''}`;
    this.#memory.text = `${mark}${gauges.map(gaugeText).join('  ')}`;
    this.#memory.tooltip = tooltip(uri, gauges, state);
    this.#memory.backgroundColor = isOver ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#memory.accessibilityInformation = { label: `${fileNameOf(uri)}: ${gauges.map(spoken).join(', ')}` };
    this.#memory.show();
  }
}

/** What the project's build files say can be taken into `milliwatt.json`, and be that of another environment. */
function withOffers(hover: vscode.MarkdownString, layers: readonly ChoiceLayer[]): vscode.MarkdownString {
  if (proposedKeys(layers).length === 0) return hover;
  hover.appendMarkdown(
    '\n\nThe project says so; nobody chose it. ' +
      '[Take it into milliwatt.json](command:milliwatt.takeProposedTarget) | ' +
      '[Another environment](command:milliwatt.chooseEnvironment)',
  );
  hover.isTrusted = { enabledCommands: ['milliwatt.takeProposedTarget', 'milliwatt.chooseEnvironment'] };
  return hover;
}

function memoryGauges(report: Report): readonly Gauge[] {
  return gaugesOf(report).filter(({ name }) => name === 'RAM' || name === 'Flash');
}

function gaugeText({ name, text, share }: Gauge): string {
  return share === undefined ? `${name} ${text}` : `${name} ${shareBar(share)}`;
}

function spoken({ name, text, share }: Gauge): string {
  return share === undefined ? `${name} ${text}` : `${name} ${text}, ${budgetText(share)}`;
}

function tooltip(uri: vscode.Uri, gauges: readonly Gauge[], state: ModelState): vscode.MarkdownString {
  const lines = gauges.map(
    ({ name, text, explanation, basis }) => `- ${plain(`${name} ${text} (${basis}): ${explanation}`)}`,
  );
  const note = state.stale ? `\n\nThese are the figures of an earlier version. ${plain(state.error ?? '')}` : '';
  return new vscode.MarkdownString(`**${plain(fileNameOf(uri))}**\n\n${lines.join('\n')}${note}`);
}
