import * as vscode from 'vscode';
import type { Finding } from '../../core/estimate/report';
import { BoardFailures, isFailure } from '../../core/measure/boardFailures';
import { failureFindings } from '../../core/measure/failureProblems';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { EventAction, FirmwareEvents, HeardGroup } from '../serial/firmwareEvents';
import type { AddressResolver } from './addressResolver';
import type { BoardFindings } from './boardFindings';
import type { ModelFinder } from './modelFinder';
import type { StreamModels } from './streamModels';

interface BoardProblemServices {
  readonly analyses: Analyses;
  readonly events: FirmwareEvents;
  readonly finder: ModelFinder;
  readonly models: StreamModels;
  readonly findings: BoardFindings;
  readonly addresses: AddressResolver;
}

interface Stream {
  readonly failures: BoardFailures;
  source: string;
  board?: string;
  /** The operator that the last failure named. */
  operator?: string;
  /** The model that the failures stand at. */
  shownAt?: vscode.Uri;
  /** Why the last profile was not used. */
  remarks: readonly Finding[];
}

/** Makes problems of what fails on boards: on the model and its listing, at the operator that causes it. */
export class BoardProblems {
  readonly #services: BoardProblemServices;
  readonly #disposables = new Disposables();
  readonly #streams = new Map<number, Stream>();
  #turn: Promise<void> = Promise.resolve();

  constructor(services: BoardProblemServices) {
    this.#services = services;
    const { events, models } = services;
    this.#disposables.add(events.onDidHear((heard) => this.#hear(heard)));
    this.#disposables.add(events.registerActions((heard) => this.#actionsFor(heard)));
    this.#disposables.add(models.onDidChange((tab) => this.#later(tab)));
  }

  /** A profile of a model was heard: what failed before is over. `remarks`: why it was not used, if so. */
  profileHeard(tab: number, model: vscode.Uri, remarks: readonly Finding[]): void {
    this.#streamOf(tab).failures.clear();
    this.remark(tab, model, remarks);
  }

  /** Says something else about the last profile; what failed since then stays. */
  remark(tab: number, model: vscode.Uri, remarks: readonly Finding[]): void {
    const stream = this.#streamOf(tab);
    stream.remarks = remarks;
    if (stream.failures.all.length > 0) this.#later(tab);
    else this.#show(tab, stream, model, remarks);
  }

  /** Forgets all failures, at the user's wish. */
  clear(): void {
    for (const stream of this.#streams.values()) {
      stream.failures.clear();
      stream.remarks = [];
    }
    this.#services.findings.clear();
  }

  async whenIdle(): Promise<void> {
    await this.#turn;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #hear({ tab, source, board, group }: HeardGroup): void {
    const stream = this.#streamOf(tab);
    stream.source = source;
    stream.board = board;
    if (!stream.failures.hear(group)) return;
    stream.operator = 'operator' in group ? group.operator : undefined;
    this.#later(tab);
  }

  #later(tab: number): void {
    this.#turn = this.#turn.then(() => this.#publish(tab, this.#streamOf(tab))).catch(() => undefined);
  }

  async #publish(tab: number, stream: Stream): Promise<void> {
    const { models, analyses, addresses } = this.#services;
    const model = models.of(tab) ?? (await this.#guessed(tab, stream));
    if (model === undefined) return;
    const { analysis } = await analyses.settled({ uri: model, costs: 'hints' });
    if (analysis === undefined) return;
    const all = stream.failures.all;
    const names = await addresses.namesOf(all.flatMap((failure) => failure.addresses ?? []));
    const found = failureFindings(all, analysis.report, stream.source, (address) => names.get(address));
    this.#show(tab, stream, model, [...found, ...stream.remarks]);
  }

  /**
   * A failure names no model: where several may be meant, the user is asked, and until then the panel alone shows it.
   */
  async #guessed(tab: number, { operator, board, source, failures }: Stream): Promise<vscode.Uri | undefined> {
    const candidates = await this.#services.finder.candidates({ operator, board });
    if (candidates.length < 2 || failures.all.length === 0) return candidates.at(0);
    void this.#services.models.ask({ tab, because: `The board at ${source} reports a failure.`, candidates });
    return undefined;
  }

  #show(tab: number, stream: Stream, model: vscode.Uri, findings: readonly Finding[]): void {
    const { shownAt } = stream;
    if (shownAt !== undefined && shownAt.toString() !== model.toString()) this.#services.findings.set(shownAt, tab, []);
    stream.shownAt = model;
    this.#services.findings.set(model, tab, findings);
  }

  #actionsFor(heard: HeardGroup): readonly EventAction[] {
    if (!isFailure(heard.group)) return [];
    if (this.#services.finder.known.length === 0) return [];
    return [{ label: 'Show in the listing', run: () => this.#open(heard) }];
  }

  /** Which model it is may have been told since the failure was heard; where nobody knows, the user is asked. */
  async #open({ tab, source }: HeardGroup): Promise<void> {
    const { models, finder } = this.#services;
    const known = (): vscode.Uri | undefined => models.of(tab) ?? this.#streamOf(tab).shownAt;
    if (known() === undefined && finder.known.length > 1) {
      await vscode.commands.executeCommand('milliwatt.setFirmwareModel', source);
      if (known() === undefined) return;
    }
    await vscode.commands.executeCommand('milliwatt.openListing', known() ?? finder.known.at(0));
  }

  #streamOf(tab: number): Stream {
    const stream = this.#streams.get(tab) ?? { failures: new BoardFailures(), source: '', remarks: [] };
    this.#streams.set(tab, stream);
    return stream;
  }
}
