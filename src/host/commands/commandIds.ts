import { compressionKinds } from '../../core/compress/kinds';

/** Commands with a handler of their own. */
const ownCommandIds = [
  'milliwatt.openListing',
  'milliwatt.openModel',
  'milliwatt.toggleListing',
  'milliwatt.chooseBoard',
  'milliwatt.chooseRuntime',
  'milliwatt.chooseEnvironment',
  'milliwatt.takeProposedTarget',
  'milliwatt.compareBoards',
  'milliwatt.compareWithHead',
  'milliwatt.compareModels',
  'milliwatt.createProject',
  'milliwatt.openSettings',
  'milliwatt.openWalkthrough',
  'milliwatt.lookAround',
  'milliwatt.openSample',
  'milliwatt.refresh',
  'milliwatt.showLog',
  'milliwatt.copyReport',
  'milliwatt.calibrate',
  'milliwatt.forgetCalibration',
  'milliwatt.forgetMeasurements',
  'milliwatt.clearBoardProblems',
  'milliwatt.addProfiler',
  'milliwatt.setTickUnit',
  'milliwatt.setFirmwareModel',
  'milliwatt.openMonitor',
  'milliwatt.connectPort',
  'milliwatt.disconnectPort',
  'milliwatt.releasePort',
  'milliwatt.takeBackPort',
  'milliwatt.clearMonitor',
  'milliwatt.resetBoard',
  'milliwatt.sendLine',
  'milliwatt.startLog',
  'milliwatt.stopLog',
  'milliwatt.findInMonitor',
  'milliwatt.focusMonitorInput',
  'milliwatt.convert',
  'milliwatt.runModel',
  'milliwatt.exportFirmware',
  'milliwatt.discardResult',
] as const;

/** Every command of the extension; the manifest names the same ones, which a test checks. Each compression has one. */
export const commandIds: readonly string[] = [...ownCommandIds, ...compressionKinds.map(({ id }) => `milliwatt.${id}`)];

/** Commands that only other parts of the extension run, with arguments: they are not in the palette. */
export const internalCommandIds = [
  'milliwatt.revealLayer',
  'milliwatt.explainRule',
  'milliwatt.sayWhyNot',
  'milliwatt.applyOffer',
  'milliwatt.compressAgain',
  'milliwatt.giveOpenValue',
] as const;

export type OwnCommandId = (typeof ownCommandIds)[number] | (typeof internalCommandIds)[number];
