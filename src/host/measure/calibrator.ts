import type * as vscode from 'vscode';
import type { CalibrationOutcome, CalibrationPair } from '../../core/measure/calibrate';
import {
  keptCalibration,
  measuredTarget,
  measurementsOn,
  withoutCalibration,
} from '../../core/measure/boardCalibration';
import type { Measurement } from '../../core/measure/measurement';
import type { StoredCalibration } from '../../core/measure/storedCalibration';
import { withCalibration } from '../../core/measure/storedCalibration';
import { HumanError } from '../../core/model/problem';
import type { Analyses } from '../analysis/analyses';
import { besideOf, bytesOfModel } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import type { AnalysisWorker } from '../analysis/workerClient';
import type { Choices } from '../choices';
import { pathOf } from '../places';
import type { MeasurementStore } from './measurementStore';
import type { ModelFinder } from './modelFinder';

interface CalibratorServices {
  readonly analyses: Analyses;
  readonly worker: AnalysisWorker;
  readonly choices: Choices;
  readonly store: MeasurementStore;
  readonly finder: Pick<ModelFinder, 'withHash'>;
}

/** What calibrating a board came to: errors of whole models as shares, before and with the correction. */
interface Calibrated {
  readonly calibration: StoredCalibration;
  readonly quality: Extract<CalibrationOutcome, { readonly known: true }>['quality'];
  readonly boardName: string;
}

/** Corrects the estimates of a board by what was measured on it. */
export class Calibrator {
  readonly #services: CalibratorServices;

  constructor(services: CalibratorServices) {
    this.#services = services;
  }

  /** Fits the board that is chosen for `model` to all its measurements, and keeps the result. @throws {HumanError} */
  async calibrate(model: vscode.Uri): Promise<Calibrated> {
    const { store, analyses } = this.#services;
    const { report } = (await analyses.settled({ uri: model, costs: 'hints' })).analysis ?? {};
    const board = report?.target.board;
    if (report === undefined || board === undefined) {
      throw new HumanError('no-board', 'Choose a board first: the correction belongs to one board.');
    }
    const { measurements } = await store.forModel(model);
    const pairs = await this.#pairs(model, measurementsOn(measurements, report.target));
    if (pairs.length === 0) {
      throw new HumanError(
        'no-measurement',
        `There is no measurement of ${report.target.boardName ?? board} with a model of this workspace. ` +
          'Connect the board in the monitor and let its firmware print a profile.',
      );
    }
    const { outcome, tables } = await this.#services.worker.calibrate(pairs);
    if (!outcome.known) throw new HumanError('not-calibrated', outcome.reason);
    const calibration = keptCalibration(outcome, pairs, { tables, recordedAt: new Date().toISOString() });
    await store.change(model, (file) => ({ ...file, calibrations: withCalibration(file.calibrations, calibration) }));
    return { calibration, quality: outcome.quality, boardName: report.target.boardName ?? board };
  }

  /** Takes the correction of a model's board back. False where there was none. */
  async forget(model: vscode.Uri): Promise<boolean> {
    const { store, analyses } = this.#services;
    const { analysis } = await analyses.settled({ uri: model, costs: 'hints' });
    if (analysis === undefined) return false;
    const { target } = analysis.report;
    const { calibrations } = await store.forModel(model);
    if (withoutCalibration(calibrations, target).length === calibrations.length) return false;
    await store.change(model, (file) => ({ ...file, calibrations: withoutCalibration(file.calibrations, target) }));
    return true;
  }

  /** Each measurement of the board with the estimate of its model, made without any correction. */
  async #pairs(near: vscode.Uri, measurements: readonly Measurement[]): Promise<readonly CalibrationPair[]> {
    const pairs: CalibrationPair[] = [];
    for (const measurement of measurements) {
      const uri = await this.#services.finder.withHash(measurement.model);
      if (uri === undefined) continue;
      const { request } = await this.#services.choices.of(near);
      const target = measuredTarget(request.target, measurement);
      const source = modelSourceOf(uri);
      const { name: content } = await source.version();
      const job = { content, costs: 'hints' as const, request: { path: pathOf(uri), target }, beside: besideOf(uri) };
      const { analysis, contentHash } = await this.#services.worker.analyse(job, bytesOfModel(source));
      // The file may be another one by now.
      if (contentHash === measurement.model) pairs.push({ report: analysis.report, measurement });
    }
    return pairs;
  }
}
