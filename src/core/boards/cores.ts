import type { Core, CoreId } from './board';

/**
 * The cores. Kernel paths: CMSIS-NN uses DSP instructions on M4, M7 and M33, MVE on M55 and M85, plain C on M0+ and M3
 * (its README); ESP-NN has assembly for ESP32-S3 and ESP32-P4 and plain C for the others.
 */
export const cores: readonly Core[] = [
  { id: 'cortex-m0plus', name: 'Cortex-M0+', kernelIsa: 'none', floatingPoint: 'none', abi: 'arm-eabi' },
  { id: 'cortex-m3', name: 'Cortex-M3', kernelIsa: 'none', floatingPoint: 'none', abi: 'arm-eabi' },
  { id: 'cortex-m4f', name: 'Cortex-M4F', kernelIsa: 'dsp', floatingPoint: 'single', abi: 'arm-eabi' },
  { id: 'cortex-m7', name: 'Cortex-M7', kernelIsa: 'dsp', floatingPoint: 'double', abi: 'arm-eabi' },
  { id: 'cortex-m33', name: 'Cortex-M33', kernelIsa: 'dsp', floatingPoint: 'single', abi: 'arm-eabi' },
  { id: 'cortex-m55', name: 'Cortex-M55', kernelIsa: 'mve', floatingPoint: 'double', abi: 'arm-eabi' },
  { id: 'cortex-m85', name: 'Cortex-M85', kernelIsa: 'mve', floatingPoint: 'double', abi: 'arm-eabi' },
  { id: 'xtensa-lx6', name: 'Xtensa LX6', kernelIsa: 'xtensa-lx6', floatingPoint: 'single', abi: 'xtensa' },
  { id: 'xtensa-lx7', name: 'Xtensa LX7', kernelIsa: 'esp32s3', floatingPoint: 'single', abi: 'xtensa' },
  { id: 'riscv-rv32imc', name: 'RISC-V RV32IMC', kernelIsa: 'riscv', floatingPoint: 'none', abi: 'riscv-ilp32' },
  { id: 'riscv-p4', name: 'RISC-V (ESP32-P4)', kernelIsa: 'esp32p4', floatingPoint: 'single', abi: 'riscv-ilp32' },
  { id: 'riscv-hazard3', name: 'RISC-V Hazard3', kernelIsa: 'rv32', floatingPoint: 'none', abi: 'riscv-ilp32' },
];

/** The core with this id; `undefined` where there is none. */
export function coreById(id: string): Core | undefined {
  return cores.find((core) => core.id === id);
}

/** The core with this id, which the tables are known to have. */
export function knownCore(id: CoreId): Core {
  const core = coreById(id);
  if (core === undefined) throw new Error(`No core ${id} in the table.`);
  return core;
}
