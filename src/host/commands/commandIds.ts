/** Every command of the extension; the manifest names the same ones, which a test checks. */
export const commandIds = [
  'milliwatt.openListing',
  'milliwatt.openModel',
  'milliwatt.toggleListing',
  'milliwatt.chooseBoard',
  'milliwatt.chooseRuntime',
  'milliwatt.compareBoards',
  'milliwatt.compareWithHead',
  'milliwatt.compareModels',
  'milliwatt.createProject',
  'milliwatt.openSettings',
  'milliwatt.openWalkthrough',
  'milliwatt.openSample',
  'milliwatt.refresh',
  'milliwatt.showLog',
  'milliwatt.copyReport',
  'milliwatt.calibrate',
  'milliwatt.forgetCalibration',
  'milliwatt.forgetMeasurements',
  'milliwatt.clearBoardProblems',
  'milliwatt.addProfiler',
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
] as const;

/** Commands that only other parts of the extension run, with arguments: they are not in the palette. */
export const internalCommandIds = ['milliwatt.revealLayer', 'milliwatt.explainRule', 'milliwatt.sayWhyNot'] as const;

export type CommandId = (typeof commandIds)[number] | (typeof internalCommandIds)[number];
