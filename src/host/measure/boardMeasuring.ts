import type { Analyses } from '../analysis/analyses';
import type { AnalysisWorker } from '../analysis/workerClient';
import type { Choices } from '../choices';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { OpenModels } from '../openModels';
import type { FirmwareEvents } from '../serial/firmwareEvents';
import type { SettingsReader } from '../settings';
import { AddressResolver } from './addressResolver';
import type { BoardFindings } from './boardFindings';
import { BoardProblems } from './boardProblems';
import { Calibrator } from './calibrator';
import type { MeasurementStore } from './measurementStore';
import { Measuring } from './measuring';
import { ModelFinder } from './modelFinder';
import { StreamModels } from './streamModels';

/** Everything that brings a board's figures home. */
export interface BoardMeasuring {
  readonly store: MeasurementStore;
  readonly calibrator: Calibrator;
  readonly problems: BoardProblems;
  readonly findings: BoardFindings;
  readonly models: StreamModels;
  /** Resolves when what was heard so far is kept and shown. */
  whenIdle(): Promise<void>;
  dispose(): void;
}

interface BoardMeasuringServices {
  readonly analyses: Analyses;
  readonly open: OpenModels;
  readonly worker: AnalysisWorker;
  readonly choices: Choices;
  readonly store: MeasurementStore;
  readonly findings: BoardFindings;
  readonly events: FirmwareEvents;
  readonly settings: SettingsReader;
  readonly log: Log;
}

export function createBoardMeasuring(services: BoardMeasuringServices): BoardMeasuring {
  const { analyses, open, worker, choices, store, findings, events, settings, log } = services;
  const all = new Disposables();
  const finder = new ModelFinder(analyses, worker, open);
  const addresses = new AddressResolver(() => settings.readFirmware());
  const models = all.add(new StreamModels(finder));
  const problems = all.add(new BoardProblems({ analyses, events, finder, models, findings, addresses }));
  const measuring = all.add(new Measuring({ analyses, events, store, finder, models, problems, log }));
  return {
    store,
    calibrator: new Calibrator({ analyses, worker, choices, store, finder }),
    problems,
    findings,
    models,
    whenIdle: async () => {
      await measuring.whenIdle();
      await problems.whenIdle();
    },
    dispose: () => all.dispose(),
  };
}
