import * as vscode from 'vscode';
import { boardProposal } from '../../serial/boardProposal';
import type { ChoiceStore } from '../boards/choiceStore';
import { Disposables } from '../disposables';
import type { OpenModels } from '../openModels';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

const key = 'monitor.proposedBoards';

export interface ProposalServices {
  readonly monitor: Monitor;
  readonly choices: ChoiceStore;
  readonly open: OpenModels;
  readonly memory: vscode.Memento;
}

/** Proposes a board that a connected port turns out to be as the one to estimate for: once for each board of a workspace. */
export class BoardProposal {
  readonly #services: ProposalServices;
  readonly #disposables = new Disposables();

  constructor(services: ProposalServices) {
    this.#services = services;
    this.#disposables.add(services.monitor.onDidChangeTab((tab) => void this.#consider(tab)));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #consider(tab: MonitorTab): Promise<void> {
    const { monitor, choices, open, memory } = this.#services;
    const model = open.active?.uri ?? open.all.at(0)?.uri;
    const port = monitor.ports.portOf(tab.address);
    if (model === undefined || port === undefined || tab.connection.state.phase !== 'open') return;
    const { boardById } = await import('../../core/boards/boards');
    const { board } = await choices.chosenFor(model);
    // From here to its change nothing else runs: two changes of a tab at once are one question.
    const proposed = memory.get<readonly string[]>(key) ?? [];
    const proposal = boardProposal({
      port: tab.title,
      boards: port.boards,
      chosen: board === undefined ? undefined : (boardById(board) ?? { id: board, name: board }),
      proposed,
    });
    if (proposal === undefined) return;
    await memory.update(key, [...proposed, proposal.board]);
    const adopt = 'Estimate for It';
    if ((await vscode.window.showInformationMessage(proposal.sentence, adopt)) !== adopt) return;
    await vscode.commands.executeCommand('milliwatt.chooseBoard', model, proposal.board);
  }
}
