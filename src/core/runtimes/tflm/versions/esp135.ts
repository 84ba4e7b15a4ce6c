import { espNnReplaced } from '../../memory/espNn/espNn';
import { espScratch11 } from '../../memory/espNn/scratch11';
import type { KernelTable } from '../../memory/kernelMemory';
import { earlierReductionKernels, earlierReductionStructures } from '../../memory/reference/earlierReductions';
import { referenceKernels } from '../../memory/reference/reference';
import type { TflmVersion } from '../version';
import { currentVersion } from './current';

/** Reductions aside, the kernels took what the current ones take; REDUCE_ALL had none. */
const kernels: KernelTable = new Map(
  [...referenceKernels, ...earlierReductionKernels].filter(([kind]) => kind !== 'REDUCE_ALL'),
);

/**
 * A release of Espressif's component, with the ESP-NN that was newest when it came out (its manifest asks for 1.1.1 or
 * later).
 */
export const esp135Version: TflmVersion = {
  id: 'esp-tflite-micro-1.3.5',
  commit: '5f31ea08cee30ef3c2a1dfe7357f4be4048bc044',
  date: '2025-11-17',
  aliases: ['esp-1.3.5'],
  source:
    'https://github.com/espressif/esp-tflite-micro/tree/v1.3.5 with https://github.com/espressif/esp-nn/tree/v1.1.2',
  structures: { ...currentVersion.structures, ...earlierReductionStructures },
  parameterBlocks: currentVersion.parameterBlocks,
  kernels: { reference: kernels, esp_nn: new Map([...kernels, ...espNnReplaced(espScratch11)]) },
  scratchRequestsPerOperator: 12,
};
