import { cmsisNn2023Kernels, cmsisNn2023Structures } from '../../memory/cmsisNn2023/cmsisNn2023';
import type { TflmVersion } from '../version';
import { currentVersion } from './current';
import { desktopStructures } from './desktop';
import { biasTypes, stridedOffset } from './earlierParameters';

/** The library Arduino_TensorFlowLite. */
export const arduinoVersion: TflmVersion = {
  id: 'arduino-2.4.0',
  commit: '7948b85e020470a30a83bf00e10fc43b486bfcba',
  date: '2023-02-27',
  aliases: ['arduino_tensorflowlite', 'arduino'],
  source: 'https://github.com/tensorflow/tflite-micro-arduino-examples/tree/7948b85',
  structures: {
    ...currentVersion.structures,
    ...cmsisNn2023Structures,
    ...desktopStructures,
    ...biasTypes,
    ...stridedOffset,
  },
  parameterBlocks: currentVersion.parameterBlocks,
  kernels: { cmsis_nn: cmsisNn2023Kernels },
  scratchRequestsPerOperator: 12,
};
