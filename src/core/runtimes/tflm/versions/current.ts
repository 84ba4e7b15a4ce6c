import { interpreterStructures } from '../structures/interpreter';
import { parameterBlocks, parameterStructures } from '../structures/parameters';
import type { TflmVersion } from '../version';

/**
 * The version that the shared measurements are of, with CMSIS-NN 4ab83cc3. Espressif's component 1.4.0 (99f49e1) has
 * the same structures and the same requests in its kernels.
 */
export const currentVersion: TflmVersion = {
  id: '90b983c2',
  commit: '90b983c2b3f1480642e040bbd2ddb37b998f3424',
  date: '2026-08-20',
  aliases: ['esp-tflite-micro-1.4.0', 'esp-1.4.0'],
  source: 'https://github.com/tensorflow/tflite-micro/tree/90b983c2b3f1480642e040bbd2ddb37b998f3424',
  structures: { ...interpreterStructures, ...parameterStructures },
  parameterBlocks,
  scratchRequestsPerOperator: 12,
};
