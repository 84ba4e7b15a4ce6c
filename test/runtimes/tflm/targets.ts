import type { Core, CoreId } from '../../../src/core/boards/board';
import type { Target } from '../../../src/core/runtimes/target';

/** Cores as the arena sees them. */
const cores: Readonly<Partial<Record<CoreId, Core>>> = {
  'cortex-m0plus': core('cortex-m0plus', 'none'),
  'cortex-m3': core('cortex-m3', 'none'),
  'cortex-m4f': core('cortex-m4f', 'dsp'),
  'cortex-m7': core('cortex-m7', 'dsp'),
  'cortex-m33': core('cortex-m33', 'dsp'),
  'cortex-m55': core('cortex-m55', 'mve'),
  'xtensa-lx6': { ...core('xtensa-lx6', 'xtensa-lx6'), abi: 'xtensa' },
  'xtensa-lx7': { ...core('xtensa-lx7', 'esp32s3'), abi: 'xtensa' },
  'riscv-p4': { ...core('riscv-p4', 'esp32p4'), abi: 'riscv-ilp32' },
  'riscv-rv32imc': { ...core('riscv-rv32imc', 'riscv'), abi: 'riscv-ilp32' },
};

function core(id: CoreId, kernelIsa: Core['kernelIsa']): Core {
  return { id, name: id, kernelIsa, floatingPoint: 'single', abi: 'arm-eabi' };
}

/**
 * A target for tests of the arena: reference kernels on a Cortex-M4F in the measured version, unless said otherwise.
 */
export function arenaTarget(coreId: string = 'cortex-m4f', more: Partial<Target> = {}): Target {
  const found = cores[coreId as CoreId];
  if (found === undefined) throw new Error(`No core ${coreId} among those of these tests.`);
  return {
    core: found,
    runtime: 'tflm-reference',
    tflmVersion: '90b983c2',
    optimization: 'O2',
    rounding: 'double',
    enumBytes: found.abi === 'arm-eabi' ? 1 : 4,
    preserveAllTensors: false,
    origins: {},
    ...more,
  };
}
