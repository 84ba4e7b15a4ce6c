import { cores } from '../../src/core/boards/cores';
import { knownCore } from '../../src/core/boards/cores';
import type { CoreId } from '../../src/core/boards/board';
import type { Runtime } from '../../src/core/runtimes/runtime';
import { defaultRuntime, runtimeById, runtimes } from '../../src/core/runtimes/runtimes';
import { operatorCost } from '../../src/core/runtimes/cost/cost';
import { planArena } from '../../src/core/runtimes/tflm/arena';
import { codeBuild } from '../../src/core/runtimes/tflm/codeBuilds';
import { tflmReference } from '../../src/core/runtimes/tflm/tflmReference';
import type { TflmVersion } from '../../src/core/runtimes/tflm/version';
import { tflmVersions } from '../../src/core/runtimes/tflm/versions';
import { currentVersion } from '../../src/core/runtimes/tflm/versions/current';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { arenaTarget } from './tflm/targets';

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
  { name: 'RP2350 as RISC-V', input: 'riscv-hazard3', expected: 'tflm-reference' },
]);

check('the list of runtimes', () => runtimes.map(({ id }) => runtimeById(id)?.kernelLibrary), [
  { name: 'each is found by its id', input: undefined, expected: ['reference', 'cmsis_nn', 'esp_nn'] },
]);

check('reference kernels run on every core', () => cores.filter((core) => !runtimes[0].isas.includes(core.kernelIsa)), [
  { name: 'all cores', input: undefined, expected: [] },
]);

const relu = graph([tensor('x', 'float32', [1, 16]), tensor('y', 'float32', [1, 16])], [operator('RELU', [0], [1])], {
  inputs: [0],
  outputs: [1],
});

/** Adds to a list for as long as `of` runs. */
function withAdded<Entry, Result>(list: readonly Entry[], entry: Entry, of: () => Result): Result {
  const open = list as Entry[];
  open.push(entry);
  try {
    return of();
  } finally {
    open.pop();
  }
}

const madeUp: Runtime = {
  ...tflmReference,
  id: 'made-up',
  kernels: new Map([['RELU', { prepare: () => ({ scratch: [1000] }), temporaries: () => [] }]]),
  codeImages: { library: 'reference', note: 'Images of another runtime stand for it.' },
};

check(
  'a runtime that only the list knows',
  () =>
    withAdded(runtimes, madeUp, () => {
      const target = arenaTarget('cortex-m4f', { runtime: 'made-up' });
      const outcome = planArena(model(relu), target);
      const cost = operatorCost(relu.operators[0], relu, model(relu), target);
      const reference = operatorCost(relu.operators[0], relu, model(relu), arenaTarget());
      return {
        scratchBytes: outcome.known && outcome.arena.scratchBytes,
        basis: outcome.known && outcome.arena.basis,
        countedAsReference: cost !== undefined && cost.instructions === reference?.instructions,
        note: codeBuild(target).source.includes('Images of another runtime stand for it.'),
      };
    }),
  [
    {
      name: 'has its own requests (1000 bytes, rounded up to 16), instructions and code',
      input: undefined,
      expected: { scratchBytes: 1008, basis: 'exact', countedAsReference: true, note: true },
    },
  ],
);

const madeUpVersion: TflmVersion = {
  ...currentVersion,
  id: 'made-up-9',
  commit: '0123456789abcdef0123456789abcdef01234567',
  aliases: [],
  kernels: { reference: madeUp.kernels },
};

check(
  'a version that only the list knows',
  (runtime: string) =>
    withAdded(tflmVersions, madeUpVersion, () => {
      const outcome = planArena(model(relu), arenaTarget('cortex-m4f', { runtime, tflmVersion: 'made-up-9' }));
      return outcome.known && [outcome.arena.basis, outcome.arena.scratchBytes];
    }),
  [
    { name: 'with kernels that it describes', input: 'tflm-reference', expected: ['exact', 1008] },
    { name: 'with kernels that it does not: the newest stands in', input: 'tflm-cmsis-nn', expected: ['modelled', 0] },
  ],
);
