import type { Library } from '../library';

/** Arm's kernels. */
export const cmsisNn: Library = {
  id: 'cmsis-nn',
  name: 'CMSIS-NN',
  names: ['arm-software/cmsis-nn', 'cmsis-nn', 'cmsis_nn', 'arm::cmsis-nn'],
  holds: 'kernels',
  kernelLibrary: 'cmsis_nn',
  releases: [
    { version: '7.0.0', date: '2024-11-05', id: 'cmsis-nn-7.0.0' },
    { version: '6.0.0', date: '2024-05-14', id: 'cmsis-nn-6.0.0' },
    { version: '5.0.0', date: '2023-11-09', id: 'cmsis-nn-5.0.0' },
    { version: '4.1.0', date: '2023-05-09', id: 'cmsis-nn-4.1.0' },
    { version: '4.0.0', date: '2022-11-16', id: 'cmsis-nn-4.0.0' },
  ],
  source: 'tags of github:ARM-software/CMSIS-NN',
};
