import type * as vscode from 'vscode';
import type { Finding } from '../../core/estimate/report';
import { BoardFailures } from '../../core/measure/boardFailures';
import { failureFindings } from '../../core/measure/failureProblems';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { FirmwareEvents, HeardEvent } from '../serial/firmwareEvents';
import type { AddressResolver } from './addressResolver';
import type { BoardFindings } from './boardFindings';
import type { ModelFinder } from './modelFinder';

export interface BoardProblemServices {
  readonly analyses: Analyses;
  readonly events: FirmwareEvents;
  readonly finder: ModelFinder;
  readonly findings: BoardFindings;
  readonly addresses: AddressResolver;
}

interface Stream {
  readonly failures: BoardFailures;
  source: string;
  /** The model in the firmware, once a profile or a failure told. */
  model?: vscode.Uri;
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
    this.#disposables.add(services.events.onDidHear((heard) => this.#hear(heard)));
  }

  /** A profile of a model was heard: what failed before is over. `remarks`: why it was not used, if so. */
  profileHeard(tab: number, model: vscode.Uri, remarks: readonly Finding[]): void {
    const stream = this.#streamOf(tab);
    stream.model = model;
    stream.remarks = remarks;
    stream.failures.clear();
    this.#services.findings.set(model, tab, remarks);
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

  #hear({ tab, source, event }: HeardEvent): void {
    const stream = this.#streamOf(tab);
    stream.source = source;
    if (!stream.failures.hear(event)) return;
    const operator = 'operator' in event ? event.operator : undefined;
    this.#turn = this.#turn.then(() => this.#publish(tab, stream, operator)).catch(() => undefined);
  }

  async #publish(tab: number, stream: Stream, operator: string | undefined): Promise<void> {
    const { finder, findings, analyses, addresses } = this.#services;
    const candidates = stream.model === undefined ? await finder.candidates({ operator }) : [stream.model];
    // A failure names no model: where several are open, the panel alone shows it.
    if (candidates.length !== 1) return;
    const [model] = candidates;
    const { analysis } = await analyses.settled({ uri: model, costs: 'hints' });
    if (analysis === undefined) return;
    const all = stream.failures.all;
    const names = await addresses.namesOf(all.flatMap((failure) => failure.addresses ?? []));
    const found = failureFindings(all, analysis.report, stream.source, (address) => names.get(address));
    findings.set(model, tab, [...found, ...stream.remarks]);
  }

  #streamOf(tab: number): Stream {
    const stream = this.#streams.get(tab) ?? { failures: new BoardFailures(), source: '', remarks: [] };
    this.#streams.set(tab, stream);
    return stream;
  }
}
