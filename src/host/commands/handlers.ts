import { compressionKinds } from '../../core/compress/kinds';
import { lookup } from '../../core/text/lookup';
import { chooseBoard, chooseEnvironment, chooseRuntime, createProject, takeProposedTarget } from './choiceCommands';
import type { OwnCommandId } from './commandIds';
import { compareBoards, compareModels, compareWithHead } from './compareCommands';
import * as measure from './measureCommands';
import * as monitor from './monitorCommands';
import { applyOffer } from './applyOffer';
import { compressAgain } from './compressAgain';
import { compress, discardResult } from './compressCommands';
import { convert } from './convertCommand';
import { exportFirmware } from './exportCommands';
import { setFirmwareModel, setTickUnit } from './firmwareCommands';
import { lookAround } from './lookAround';
import { giveOpenValue } from './programCommands';
import { runModel } from './runCommands';
import type { CommandHandler } from './services';
import * as view from './viewCommands';

/** What a command does. A new one is a line here, in `commandIds.ts` and in the manifest. */
const ownHandlers: Readonly<Record<OwnCommandId, CommandHandler>> = {
  'milliwatt.openListing': view.openListing,
  'milliwatt.openModel': view.openModel,
  'milliwatt.toggleListing': view.toggleListing,
  'milliwatt.chooseBoard': chooseBoard,
  'milliwatt.chooseRuntime': chooseRuntime,
  'milliwatt.chooseEnvironment': chooseEnvironment,
  'milliwatt.takeProposedTarget': takeProposedTarget,
  'milliwatt.compareBoards': compareBoards,
  'milliwatt.compareWithHead': compareWithHead,
  'milliwatt.compareModels': compareModels,
  'milliwatt.createProject': createProject,
  'milliwatt.openSettings': view.openSettings,
  'milliwatt.openWalkthrough': view.openWalkthrough,
  'milliwatt.lookAround': lookAround,
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
  'milliwatt.convert': convert,
  'milliwatt.runModel': runModel,
  'milliwatt.exportFirmware': exportFirmware,
  'milliwatt.discardResult': discardResult,
  'milliwatt.applyOffer': applyOffer,
  'milliwatt.compressAgain': compressAgain,
  'milliwatt.giveOpenValue': giveOpenValue,
  'milliwatt.revealLayer': view.revealLayer,
  'milliwatt.explainRule': view.explainRule,
  'milliwatt.sayWhyNot': view.sayWhyNot,
};

/** A command for each kind of compression: on a model, with what is decided in advance. */
const compressing = compressionKinds.map((kind): readonly [string, CommandHandler] => [
  `milliwatt.${kind.id}`,
  (services, value, preset) => compress(services, kind, value, preset),
]);

/** What every command does. */
export const commandHandlers = lookup<CommandHandler>({ ...ownHandlers, ...Object.fromEntries(compressing) });
