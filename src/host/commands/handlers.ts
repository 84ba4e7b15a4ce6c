import { chooseBoard, chooseRuntime, createProject } from './choiceCommands';
import type { CommandId } from './commandIds';
import { compareBoards, compareModels, compareWithHead } from './compareCommands';
import * as measure from './measureCommands';
import * as monitor from './monitorCommands';
import { applyOffer } from './applyOffer';
import { compressAgain } from './compressAgain';
import { clean, discardResult, prune, quantize } from './compressCommands';
import { setFirmwareModel, setTickUnit } from './firmwareCommands';
import { runModel } from './runCommands';
import type { CommandHandler } from './services';
import * as view from './viewCommands';

/** What every command does. A new one is a line here, in `commandIds.ts` and in the manifest. */
export const commandHandlers: Readonly<Record<CommandId, CommandHandler>> = {
  'milliwatt.openListing': view.openListing,
  'milliwatt.openModel': view.openModel,
  'milliwatt.toggleListing': view.toggleListing,
  'milliwatt.chooseBoard': chooseBoard,
  'milliwatt.chooseRuntime': chooseRuntime,
  'milliwatt.compareBoards': compareBoards,
  'milliwatt.compareWithHead': compareWithHead,
  'milliwatt.compareModels': compareModels,
  'milliwatt.createProject': createProject,
  'milliwatt.openSettings': view.openSettings,
  'milliwatt.openWalkthrough': view.openWalkthrough,
  'milliwatt.openSample': view.openSample,
  'milliwatt.refresh': view.refresh,
  'milliwatt.showLog': view.showLog,
  'milliwatt.copyReport': view.copyReport,
  'milliwatt.calibrate': measure.calibrate,
  'milliwatt.forgetCalibration': measure.forgetCalibration,
  'milliwatt.forgetMeasurements': measure.forgetMeasurements,
  'milliwatt.clearBoardProblems': measure.clearBoardProblems,
  'milliwatt.addProfiler': measure.addProfiler,
  'milliwatt.setTickUnit': setTickUnit,
  'milliwatt.setFirmwareModel': setFirmwareModel,
  'milliwatt.openMonitor': monitor.openMonitor,
  'milliwatt.connectPort': monitor.connectPort,
  'milliwatt.disconnectPort': monitor.disconnectPort,
  'milliwatt.releasePort': monitor.releasePort,
  'milliwatt.takeBackPort': monitor.takeBackPort,
  'milliwatt.clearMonitor': monitor.clearMonitor,
  'milliwatt.resetBoard': monitor.resetBoard,
  'milliwatt.sendLine': monitor.sendLine,
  'milliwatt.startLog': monitor.startLog,
  'milliwatt.stopLog': monitor.stopLog,
  'milliwatt.findInMonitor': monitor.findInMonitor,
  'milliwatt.focusMonitorInput': monitor.focusMonitorInput,
  'milliwatt.quantize': quantize,
  'milliwatt.prune': prune,
  'milliwatt.clean': clean,
  'milliwatt.runModel': runModel,
  'milliwatt.discardResult': discardResult,
  'milliwatt.applyOffer': applyOffer,
  'milliwatt.compressAgain': compressAgain,
  'milliwatt.revealLayer': view.revealLayer,
  'milliwatt.explainRule': view.explainRule,
  'milliwatt.sayWhyNot': view.sayWhyNot,
};
