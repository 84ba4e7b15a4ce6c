import * as vscode from 'vscode';
import { measuredProfile } from '../../core/measure/measuredProfile';
import type { Report } from '../../core/estimate/report';
import { HumanError } from '../../core/model/problem';
import type { Measurement } from '../../core/measure/measurement';
import type { ModelTrace } from '../../core/measure/modelTrace';
import { measuredTotal } from '../../core/measure/measurement';
import { withMeasurement } from '../../core/measure/measurementsFile';
import { isUnitKnown, profileFindings } from '../../core/measure/profileFindings';
import type { Profile } from '../../core/serial/profile';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { failureSentence } from '../log';
import type { EventAction, FirmwareEvents, Heard, HeardAt, HeardProfile } from '../serial/firmwareEvents';
import { isProfile } from '../serial/firmwareEvents';
import type { BoardProblems } from './boardProblems';
import type { MeasurementStore } from './measurementStore';
import type { ModelFinder } from './modelFinder';
import type { StreamModels } from './streamModels';

export interface MeasuringServices {
  readonly analyses: Analyses;
  readonly events: FirmwareEvents;
  readonly store: MeasurementStore;
  readonly finder: ModelFinder;
  readonly models: StreamModels;
  readonly problems: BoardProblems;
  readonly log: Log;
}

/** A profile that differs from the kept one by less than this is not written again: boards print one a second. */
const sameShare = 0.02;

/** Turns the profiles that boards print into measurements of the models in their firmware. */
export class Measuring {
  readonly #services: MeasuringServices;
  readonly #disposables = new Disposables();
  /** The last profile of streams whose model the user is asked for. */
  readonly #waiting = new Map<number, HeardProfile>();
  readonly #arenas = new Map<number, number>();
  /** The newest profile of each stream that is not dealt with yet: of a board that floods them, older ones are not waited for. */
  readonly #newest = new Map<number, HeardProfile>();
  #turn: Promise<void> = Promise.resolve();

  constructor(services: MeasuringServices) {
    this.#services = services;
    const { events, models } = services;
    this.#disposables.add(
      events.onDidHear((heard) => {
        if (heard.group.type === 'arena-used') this.#arenas.set(heard.tab, heard.group.bytes);
        if (isProfile(heard)) this.#heard(heard);
      }),
    );
    this.#disposables.add(models.onDidChange((tab) => this.#modelKnown(tab)));
    this.#disposables.add(events.registerActions((heard) => this.#actionsFor(heard)));
    this.#disposables.add(events.registerTickHints((at) => ({ clockHz: this.#clockOf(at) })));
  }

  /** Resolves when all that was heard so far is kept. */
  async whenIdle(): Promise<void> {
    await this.#turn;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #next(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      const sentence = failureSentence(error, this.#services.log);
      void vscode.window.showWarningMessage(sentence);
    });
  }

  #heard(heard: HeardProfile): void {
    const isUnderWay = this.#newest.has(heard.tab);
    this.#newest.set(heard.tab, heard);
    if (isUnderWay) return;
    this.#next(async () => {
      const newest = this.#newest.get(heard.tab);
      this.#newest.delete(heard.tab);
      if (newest !== undefined) await this.#hear(newest);
    });
  }

  async #hear(heard: HeardProfile): Promise<void> {
    const { tab, isToldAgain } = heard;
    const { profile } = heard.group;
    const { models, problems, analyses } = this.#services;
    const model = await this.#modelOf(heard);
    if (model === undefined) return;
    this.#waiting.delete(tab);
    models.set(tab, model);
    const { analysis } = await analyses.settled({ uri: model, costs: 'hints' });
    if (analysis === undefined) return;
    const outcome = this.#measurementOf(heard, analysis.report, model);
    const reason = typeof outcome === 'string' ? outcome : undefined;
    const remarks = profileFindings(profile, heard.source, reason);
    if (isToldAgain === true) problems.remark(tab, model, remarks);
    else problems.profileHeard(tab, model, remarks);
    if (typeof outcome !== 'string') await this.#keep(outcome, model, analysis.report);
  }

  /** The measurement, or why there is none. */
  #measurementOf({ group: { profile }, tab }: HeardProfile, report: Report, model: vscode.Uri): Measurement | string {
    const hash = this.#services.analyses.current({ uri: model, costs: 'hints' })?.contentHash;
    if (hash === undefined) return 'The model has not been read yet.';
    const arenaUsedBytes = this.#arenas.get(tab);
    const recordedAt = new Date().toISOString();
    const outcome = measuredProfile(profile, { report, model: hash, arenaUsedBytes, recordedAt });
    return outcome.known ? outcome.measurement : outcome.reason;
  }

  async #keep(measurement: Measurement, model: vscode.Uri, { measured }: Report): Promise<void> {
    const [before, now] = [measured?.cycles ?? measured?.ms, totalOf(measurement)];
    const isSame = before !== undefined && now !== undefined && Math.abs(now - before) <= sameShare * before;
    const isArenaKnown = measurement.arenaUsedBytes === undefined || measured?.arenaUsedBytes !== undefined;
    if (isSame && isArenaKnown) return;
    await this.#services.store.change(model, (file) => withMeasurement(file, measurement));
    await this.#services.analyses.whenIdle(model);
  }

  async #candidates({ group: { profile }, board }: HeardProfile): Promise<readonly vscode.Uri[]> {
    return this.#services.finder.candidates({ ...traceOf(profile), board });
  }

  async #modelOf(heard: HeardProfile): Promise<vscode.Uri | undefined> {
    const { tab, source } = heard;
    const { profile } = heard.group;
    const { models, finder } = this.#services;
    const before = models.of(tab);
    if (before !== undefined && (await finder.isCandidate(before, traceOf(profile)))) return before;
    const candidates = await this.#candidates(heard);
    if (candidates.length < 2) return candidates.at(0);
    // Sums by kind say nothing about the model: nobody is asked for their sake.
    if (profile.operators.length === 0) return undefined;
    this.#waiting.set(tab, heard);
    void models.ask({ tab, because: `A profile was heard at ${source}.`, candidates });
    return undefined;
  }

  #modelKnown(tab: number): void {
    const heard = this.#waiting.get(tab);
    if (heard !== undefined) this.#next(() => this.#hear(heard));
  }

  #actionsFor(heard: Heard): readonly EventAction[] {
    if (!isProfile(heard)) return [];
    const { profile } = heard.group;
    const helper: EventAction = {
      label: 'Use Milliwatt’s profiler…',
      run: () => vscode.commands.executeCommand('milliwatt.addProfiler'),
    };
    if (!profile.usable) return [helper];
    const unit: EventAction = {
      label: profile.remarks.some(({ code }) => code === 'unit-unknown')
        ? 'Set what a tick is…'
        : 'Change what a tick is…',
      run: () => vscode.commands.executeCommand('milliwatt.setTickUnit', heard.source),
    };
    const show: EventAction = { label: 'Show in the listing', run: () => this.#show(heard) };
    const calibrate: EventAction = {
      label: 'Calibrate the board',
      run: async () => vscode.commands.executeCommand('milliwatt.calibrate', await this.#shown(heard)),
    };
    if (profile.dialect === 'milliwatt') return [show, calibrate];
    return isUnitKnown(profile) ? [show, calibrate, unit, helper] : [unit, helper];
  }

  async #shown(heard: HeardProfile): Promise<vscode.Uri> {
    const { models, finder } = this.#services;
    const model = models.of(heard.tab) ?? (await finder.pick(await this.#candidates(heard), 'Model in the firmware'));
    if (model !== undefined) return model;
    throw new HumanError(
      'no-model',
      'No model that is open has the operators of this profile in their order. Open the model that the firmware holds.',
    );
  }

  async #show(heard: HeardProfile): Promise<void> {
    const model = await this.#shown(heard);
    this.#services.models.set(heard.tab, model);
    this.#next(() => this.#hear(heard));
    await this.#turn;
    await vscode.commands.executeCommand('milliwatt.openListing', model);
  }

  /** The clock that the model's target has: it tells cycles from other ticks. */
  #clockOf({ tab }: HeardAt): number | undefined {
    const known = this.#services.models.of(tab);
    const states = this.#services.analyses.all().filter(({ key }) => key.costs === 'hints' && key.board === undefined);
    const state = known === undefined ? states : states.filter(({ key }) => key.uri.toString() === known.toString());
    const clocks = new Set(
      state.map(({ analysis }) => analysis?.report.target.clockHz).filter((hz) => hz !== undefined),
    );
    return clocks.size === 1 ? [...clocks][0] : undefined;
  }
}

function totalOf(measurement: Measurement): number | undefined {
  return measuredTotal(measurement, 'cycles') ?? measuredTotal(measurement, 'ms');
}

function traceOf({ facts, operators }: Profile): ModelTrace {
  if (facts.modelHash !== undefined) return { hash: facts.modelHash };
  return operators.length > 0 ? { operators: operators.map(({ tag }) => tag) } : {};
}
