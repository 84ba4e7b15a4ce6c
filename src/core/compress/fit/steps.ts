import type { FitStep } from './step';
import { dropDeadWeight } from './steps/dropDeadWeight';
import { fuse } from './steps/fuse';
import { placeTensors } from './steps/placeTensors';
import { reorder } from './steps/reorder';

/** The ways to less memory, in the order in which they follow each other. A new one is a file and a line here. */
export const fitSteps: readonly FitStep[] = [dropDeadWeight, fuse, reorder, placeTensors];
