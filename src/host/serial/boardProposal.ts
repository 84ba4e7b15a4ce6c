import * as vscode from 'vscode';
import { boardProposal, proposable } from '../../serial/boardProposal';
import type { ChoiceStore } from '../boards/choiceStore';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { OpenModels } from '../openModels';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

const key = 'monitor.proposedBoards';

interface ProposalServices {
  readonly monitor: Monitor;
  readonly choices: ChoiceStore;
  readonly open: OpenModels;
  readonly memory: vscode.Memento;
  readonly log: Log;
}

/**
 * Proposes a board that a connected port turns out to be as the one to estimate for: once for each board of a
 * workspace.
 */
export class BoardProposal {
  readonly #services: ProposalServices;
  readonly #disposables = new Disposables();

  constructor(services: ProposalServices) {
    this.#services = services;
    this.#disposables.add(services.monitor.onDidChangeTab((tab) => this.#hear(tab)));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Ids of the boards that were proposed in this workspace. */
  get #proposed(): readonly string[] {
    return this.#services.memory.get<readonly string[]>(key) ?? [];
  }

  /** A tab changes often; nobody asked for a proposal, so that a failure goes to the log alone. */
  #hear(tab: MonitorTab): void {
    this.#consider(tab).catch((error: unknown) => this.#services.log.warn(`No board was proposed: ${String(error)}`));
  }

  async #consider(tab: MonitorTab): Promise<void> {
    const { monitor, choices, open, memory } = this.#services;
    const model = open.active?.uri ?? open.all.at(0)?.uri;
    const port = monitor.ports.portOf(tab.address);
    if (model === undefined || port === undefined || tab.connection.state.phase !== 'open') return;
    if (proposable(port.boards, this.#proposed) === undefined) return;
    const { boardById } = await import('../../core/boards/boards');
    const { board } = await choices.chosenFor(model);
    // From here to its change nothing else runs: two changes of a tab at once are one question.
    const proposed = this.#proposed;
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
