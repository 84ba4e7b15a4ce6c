import * as vscode from 'vscode';
import type { BoardFigures } from '../../core/measure/measuredProfile';
import { HumanError } from '../../core/model/problem';
import type { Measurement } from '../../core/measure/measurement';
import type { ModelTrace } from '../../core/measure/modelTrace';
import { withMeasurement } from '../../core/measure/measurementsFile';
import { isUnitKnown, profileFindings } from '../../core/measure/profileFindings';
import { wholeFigures } from '../../core/measure/wholeInference';
import type { InferenceTime } from '../../core/serial/events';
import type { Profile } from '../../core/serial/profile';
import type { Analyses } from '../analysis/analyses';
import { isOfChoice } from '../analysis/modelEntry';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { failureSentence } from '../log';
import type { EventAction, FirmwareEvents, HeardGroup, HeardAt, HeardProfile } from '../serial/firmwareEvents';
import { isProfile } from '../serial/firmwareEvents';
import type { BoardProblems } from './boardProblems';
import type { MeasurementStore } from './measurementStore';
import type { ModelFinder } from './modelFinder';
import type { StreamModels } from './streamModels';

interface MeasuringServices {
  readonly analyses: Analyses;
  readonly events: FirmwareEvents;
  readonly store: MeasurementStore;
  readonly finder: ModelFinder;
  readonly models: StreamModels;
  readonly problems: BoardProblems;
  readonly log: Log;
}

/** Turns the profiles that boards print into measurements of the models in their firmware. */
export class Measuring {
  readonly #services: MeasuringServices;
  readonly #disposables = new Disposables();
  /** The last profile of streams whose model the user is asked for. */
  readonly #waiting = new Map<number, HeardProfile>();
  readonly #arenas = new Map<number, number>();
  /**
   * The newest profile of each stream that is not dealt with yet: of a board that floods them, older ones are not
   * waited for.
   */
  readonly #newest = new Map<number, HeardRun>();
  #turn: Promise<void> = Promise.resolve();

  constructor(services: MeasuringServices) {
    this.#services = services;
    const { events, models } = services;
    this.#disposables.add(
      events.onDidHear((heard) => {
        if (heard.group.type === 'arena-used') this.#arenas.set(heard.tab, heard.group.bytes);
        if (isProfile(heard) || isInference(heard)) this.#heard(heard);
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

  #heard(heard: HeardRun): void {
    const isUnderWay = this.#newest.has(heard.tab);
    this.#newest.set(heard.tab, heard);
    if (isUnderWay) return;
    this.#next(async () => {
      const newest = this.#newest.get(heard.tab);
      this.#newest.delete(heard.tab);
      if (newest !== undefined) await (isProfile(newest) ? this.#hear(newest) : this.#hearWhole(newest));
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
    const entry = analyses.entry({ uri: model, costs: 'hints' });
    const outcome = await entry.measure(figuresOf(profile), this.#arenas.get(tab));
    const remarks = profileFindings(profile, heard.source, outcome.known ? undefined : outcome.reason);
    if (isToldAgain === true) problems.remark(tab, model, remarks);
    else problems.profileHeard(tab, model, remarks);
    if (outcome.known && outcome.measurement !== undefined) await this.#keep(outcome.measurement, model);
  }

  /** A time of the whole names no model: it is of the one that is known of the stream, or of the only one there is. */
  async #hearWhole({ tab, board, group }: HeardInference): Promise<void> {
    const { analyses, finder, models, problems } = this.#services;
    const candidates = models.of(tab) === undefined ? await finder.candidates({ board }) : [];
    const model = models.of(tab) ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (model === undefined) return;
    const entry = analyses.entry({ uri: model, costs: 'hints' });
    const outcome = await entry.measure(wholeFigures(group), this.#arenas.get(tab));
    if (!outcome.known) return;
    problems.profileHeard(tab, model, []);
    if (outcome.measurement !== undefined) await this.#keep(outcome.measurement, model);
  }

  async #keep(measurement: Measurement, model: vscode.Uri): Promise<void> {
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

  #actionsFor(heard: HeardGroup): readonly EventAction[] {
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
    const states = this.#services.analyses.all().filter(({ key }) => isOfChoice(key));
    const state = known === undefined ? states : states.filter(({ key }) => key.uri.toString() === known.toString());
    const clocks = new Set(
      state.map(({ analysis }) => analysis?.report.target.clockHz).filter((hz) => hz !== undefined),
    );
    return clocks.size === 1 ? [...clocks][0] : undefined;
  }
}

type HeardInference = HeardGroup<InferenceTime>;
/** Something that a measurement is made of. */
type HeardRun = HeardProfile | HeardInference;

function isInference(heard: HeardGroup): heard is HeardInference {
  return heard.group.type === 'inference-time';
}

/** Without what it was put together from, which stays here. */
function figuresOf({ usable, operators, facts, dialect }: Profile): BoardFigures {
  return { usable, operators, facts, dialect };
}

function traceOf({ facts, operators }: Profile): ModelTrace {
  if (facts.modelHash !== undefined) return { hash: facts.modelHash };
  return operators.length > 0 ? { operators: operators.map(({ tag }) => tag) } : {};
}
