import type { Core, CoreId, KernelIsa, Optimization } from '../../../src/core/boards/board';
import type { RuntimeId } from '../../../src/core/runtimes/runtimeId';
import type { Target } from '../../../src/core/runtimes/target';

const isas: Partial<Record<CoreId, KernelIsa>> = {
  'cortex-m0plus': 'none',
  'cortex-m3': 'none',
  'cortex-m55': 'mve',
  'cortex-m85': 'mve',
  'xtensa-lx7': 'esp32s3',
};

/** A target that differs from the Cortex-M4 with CMSIS-NN at -O2 in what is given. */
export function targetOf(given: {
  readonly core?: CoreId;
  readonly runtime?: RuntimeId;
  readonly optimization?: Optimization;
}): Target {
  const id = given.core ?? 'cortex-m4f';
  const core: Core = {
    id,
    name: id,
    kernelIsa: isas[id] ?? 'dsp',
    floatingPoint: 'single',
    abi: id.startsWith('xtensa') ? 'xtensa' : 'arm-eabi',
  };
  return {
    core,
    runtime: given.runtime ?? 'tflm-cmsis-nn',
    tflmVersion: '90b983c2',
    optimization: given.optimization ?? 'O2',
    rounding: 'double',
    enumBytes: 1,
    preserveAllTensors: false,
    origins: {},
  };
}
