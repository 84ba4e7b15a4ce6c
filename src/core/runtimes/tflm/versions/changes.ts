import { cmsisNnKernelStructures } from '../../memory/cmsisNn/cmsisNn';
import {
  fullyConnected2023,
  fullyConnected2023Structures,
  transposeConv2023,
} from '../../memory/cmsisNn/earlierKernels';
import { cmsisNn2023Kernels, cmsisNn2023Structures } from '../../memory/cmsisNn2023/cmsisNn2023';
import type { KernelMemory } from '../../memory/kernelMemory';
import type { StructureTable } from '../../memory/layout';
import { earlierConcatenation } from '../../memory/reference/earlierConcatenation';
import { earlierReductionKernels, earlierReductionStructures } from '../../memory/reference/earlierReductions';
import { referenceKernels } from '../../memory/reference/reference';
import type { KernelLibrary } from '../../../operators/operator';
import { biasTypes, stridedOffset } from './earlierParameters';

/** A change of TFLM that decides what the arena holds: what was before it. */
export interface TflmChange {
  /** Day of the commit in TFLM's history, ISO 8601, and its commit. */
  readonly day: string;
  readonly commit: string;
  /** Structures as they were before, of every library or of some. */
  readonly structures?: StructureTable;
  /** Kernels as they were before. */
  readonly kernels?: readonly (readonly [string, KernelMemory])[];
  /** The libraries that it is about; absent for all. */
  readonly libraries?: readonly KernelLibrary[];
  /** Kernels that are not described before it: what stands in for them is a model. */
  readonly undescribed?: readonly string[];
}

const structures = cmsisNnKernelStructures;
const earlier = cmsisNn2023Structures;
const referenceFullyConnected: KernelMemory = {
  ...referenceKernels.get('FULLY_CONNECTED')!,
  prepare: (call) => ({ scratch: referenceKernels.get('FULLY_CONNECTED')!.prepare?.(call)?.scratch }),
};

/**
 * Every change since February 2023 that the arena shows, newest first. New operators are in `operatorDays`, the scratch
 * buffers of CMSIS-NN in `memory/cmsisNn/earlierSizes`. Changes that were taken back between are left out.
 * Source: tensorflow/tflite-micro, history of tensorflow/lite/micro and tensorflow/lite/core/c.
 */
export const changes: readonly TflmChange[] = [
  {
    day: '2026-07-01',
    commit: 'e142972d4',
    structures: { ConcatenationParams: { ...structures.ConcatenationParams, axis: 'int8', inputsCount: 'uint16' } },
  },
  {
    day: '2026-01-16',
    commit: '0efdd51a3',
    structures: earlierReductionStructures,
    kernels: earlierReductionKernels,
  },
  { day: '2024-12-16', commit: '50e7e5dbd', kernels: [earlierConcatenation] },
  {
    day: '2024-12-11',
    commit: '39ba5a848',
    structures: {
      TfLiteQuantization: { type: 'enum', params: 'pointer' },
      OpDataAbsRsqrt: { ...structures.OpDataAbsRsqrt, inputQuantizationType: 'enum' },
    },
  },
  {
    day: '2024-11-12',
    commit: '182c8c770',
    libraries: ['cmsis_nn'],
    kernels: [['TRANSPOSE_CONV', transposeConv2023]],
  },
  {
    day: '2024-09-27',
    commit: '47b545074',
    structures: { OpDataFullyConnected: earlier.OpDataFullyConnected },
    kernels: [['FULLY_CONNECTED', referenceFullyConnected]],
  },
  {
    day: '2024-09-27',
    commit: '47b545074',
    libraries: ['cmsis_nn'],
    structures: fullyConnected2023Structures,
    kernels: [['FULLY_CONNECTED', fullyConnected2023]],
  },
  { day: '2024-09-26', commit: 'ef2179ce0', structures: { Relu6OpData: earlier.Relu6OpData } },
  {
    day: '2024-09-09',
    commit: '89f99a9e7',
    libraries: ['cmsis_nn'],
    kernels: [['BATCH_MATMUL', referenceKernels.get('BATCH_MATMUL')!]],
  },
  // Until then the kernel of CMSIS-NN for LSTM changed three times: not described.
  {
    day: '2024-04-23',
    commit: '9741578df',
    libraries: ['cmsis_nn'],
    undescribed: ['UNIDIRECTIONAL_SEQUENCE_LSTM'],
  },
  {
    day: '2023-11-07',
    commit: 'c845961df',
    libraries: ['cmsis_nn'],
    kernels: [['TRANSPOSE_CONV', referenceKernels.get('TRANSPOSE_CONV')!]],
  },
  {
    day: '2023-09-19',
    commit: '3022d0960',
    libraries: ['cmsis_nn'],
    structures: { CmsisNnFullyConnected: earlier.CmsisNnFullyConnected },
    kernels: (['FULLY_CONNECTED', 'SVDF'] as const).map((kind) => [kind, cmsisNn2023Kernels.get(kind)!] as const),
  },
  { day: '2023-09-14', commit: 'ad8d238f9', structures: biasTypes },
  {
    day: '2023-06-01',
    commit: '982aaef60',
    structures: {
      ...stridedOffset,
      OpDataSelect: earlier.OpDataSelect,
      StridedSliceParams: earlier.StridedSliceParams,
    },
  },
  { day: '2023-03-11', commit: '3eb568638', structures: { ArithmeticParams: earlier.ArithmeticParams } },
  {
    day: '2023-03-02',
    commit: 'c373ad48b',
    libraries: ['cmsis_nn'],
    kernels: ['UNIDIRECTIONAL_SEQUENCE_LSTM', 'CONV_2D', 'DEPTHWISE_CONV_2D'].map(
      (kind) => [kind, cmsisNn2023Kernels.get(kind)!] as const,
    ),
  },
  {
    day: '2023-02-17',
    commit: '808ddbf75',
    structures: {
      MicroResourceVariable: { container: 'pointer', sharedName: 'pointer', resourceBuffer: 'pointer', bytes: 'size' },
    },
  },
  {
    day: '2023-01-10',
    commit: '8746ec938',
    structures: {
      TfLiteUnidirectionalSequenceLstmParams: {
        activation: 'enum',
        cellClip: 'float',
        projClip: 'float',
        timeMajor: 'bool',
        asymmetricQuantizeInputs: 'bool',
      },
    },
  },
];
