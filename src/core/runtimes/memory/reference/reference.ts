import type { StructureTable } from '../layout';
import type { KernelTable } from '../kernelMemory';
import { convolutionKernels } from './convolution';
import { decodeKernels } from './decode';
import { denseKernels } from './dense';
import { detectionKernels } from './detection';
import { elementwiseKernels } from './elementwise';
import { layoutKernels } from './dataLayout';
import { poolingKernels } from './pooling';
import { recurrentKernels } from './recurrent';
import { reductionKernels } from './reductions';
import { signalKernels } from './signal';
import { signalStructures } from './signalStructures';
import { referenceStructures } from './structures';

/** What the reference kernels take of the arena: every operator that the interpreter has a kernel for. */
export const referenceKernels: KernelTable = new Map([
  ...elementwiseKernels,
  ...layoutKernels,
  ...reductionKernels,
  ...convolutionKernels,
  ...denseKernels,
  ...poolingKernels,
  ...recurrentKernels,
  ...detectionKernels,
  ...signalKernels,
  ...decodeKernels,
]);

/** Structures that these kernels name. */
export const referenceKernelStructures: StructureTable = { ...referenceStructures, ...signalStructures };
