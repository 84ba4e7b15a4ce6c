import { cores } from '../../src/core/boards/cores';
import { knownCore } from '../../src/core/boards/cores';
import type { CoreId } from '../../src/core/boards/board';
import { defaultRuntime, runtimeById, runtimes } from '../../src/core/runtimes/runtimes';
import { check } from '../support/check';

check('the fastest runtime of a core', (id: CoreId) => defaultRuntime(knownCore(id)), [
  { name: 'Cortex-M0+', input: 'cortex-m0plus', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M3', input: 'cortex-m3', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M4F', input: 'cortex-m4f', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M7', input: 'cortex-m7', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M33', input: 'cortex-m33', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M55', input: 'cortex-m55', expected: 'tflm-cmsis-nn' },
  { name: 'Cortex-M85', input: 'cortex-m85', expected: 'tflm-cmsis-nn' },
  { name: 'ESP32', input: 'xtensa-lx6', expected: 'tflm-esp-nn' },
  { name: 'ESP32-S3', input: 'xtensa-lx7', expected: 'tflm-esp-nn' },
  { name: 'ESP32-C3', input: 'riscv-rv32imc', expected: 'tflm-esp-nn' },
  { name: 'ESP32-P4', input: 'riscv-p4', expected: 'tflm-esp-nn' },
]);

check('the list of runtimes', () => runtimes.map(({ id }) => runtimeById(id)?.kernelLibrary), [
  { name: 'each is found by its id', input: undefined, expected: ['reference', 'cmsis_nn', 'esp_nn'] },
]);

check('reference kernels run on every core', () => cores.filter((core) => !runtimes[0].isas.includes(core.kernelIsa)), [
  { name: 'all cores', input: undefined, expected: [] },
]);
