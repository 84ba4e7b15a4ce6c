import type { FixMaker } from './fix';
import { ofCodes } from './fix';

/** Measurements that do not fit the model any more. */
export const forgetMeasurements: FixMaker = {
  id: 'forget-measurements',
  isFor: ofCodes('measurement-unusable'),
  make: () => [{ title: 'Forget the measurements of this model', command: { id: 'forgetMeasurements' } }],
};

/** A calibration that was fitted against older tables. */
export const calibrateAgain: FixMaker = {
  id: 'calibrate-again',
  isFor: ofCodes('calibration-outdated'),
  make: () => [{ title: 'Calibrate the board again', isPreferred: true, command: { id: 'calibrate' } }],
};

/** What a tick of the board's timer is was never told. */
export const setTickUnit: FixMaker = {
  id: 'set-tick-unit',
  isFor: ofCodes('board-profile-unit'),
  make: ({ finding: { source } }) => [
    { title: 'Set what a tick is…', isPreferred: true, command: { id: 'setTickUnit', source } },
  ],
};

/** A profile that says too little: our own profiler says it all. */
export const addProfiler: FixMaker = {
  id: 'add-profiler',
  isFor: ofCodes('board-profile', 'board-profile-unit'),
  make: () => [{ title: 'Use Milliwatt’s profiler…', command: { id: 'addProfiler' } }],
};
