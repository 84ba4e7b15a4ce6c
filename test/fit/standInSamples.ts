import { elementCount } from '../../src/core/model/dataType';
import type { TargetChoice } from '../../src/core/estimate/choice';
import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { movedBytes } from '../../src/core/estimate/timing/arenaWait';
import { lineCycles } from '../../src/core/estimate/timing/flashWait';
import type { Model } from '../../src/core/model/model';
import { sharedModel } from '../support/models';
import { kernelModel } from './boardModels';
import type { BoardRow } from './boardRows';
import type { OtherRow } from './otherRows';

/** A measured run on a core whose instructions nobody counted. */
export interface StandInSample {
  readonly name: string;
  readonly model: Model;
  readonly choice: TargetChoice;
  readonly cycles: number;
  /** What is held out together. */
  readonly study: string;
  /** A single run from cold caches: it weighs less. */
  readonly isKernel?: boolean;
  /** What it waits for tensors in external memory. */
  readonly tensorWait?: number;
}

/** Boards of the published rows. */
const chips: Readonly<Record<string, { readonly board: string; readonly core: string }>> = {
  ESP32: { board: 'esp32_devkit', core: 'xtensa-lx6' },
  'ESP32-S3': { board: 'esp32_s3_devkitc', core: 'xtensa-lx7' },
  'ESP32-C3': { board: 'esp32_c3_devkit', core: 'riscv-rv32imc' },
  'ESP32-P4': { board: 'esp32_p4_devkit', core: 'riscv-p4' },
};

/**
 * Espressif measures with the flash read on four lines at 80 MHz, and on the ESP32-S3 with a data cache of 64 KB and
 * lines of 64 bytes (sdkconfig.defaults.esp32s3 of its example, and of ESP-NN's own measurements), as Arduino has them.
 */
const fastFlash = { flashMode: 'qio', flashHz: 80e6 };
const largeCache = { board: 'seeed_xiao_esp32s3_sense', dcacheBytes: 65_536 };

/**
 * Reference kernels on an ESP32 as Espressif publishes them: its example sets `CONFIG_SPIRAM_CACHE_WORKAROUND`, by
 * which the compiler adds instructions to loads behind stores. ESP-NN's loops have no stores.
 */
export function hasPsramWorkaround({ board, runtime }: Pick<OtherRow, 'board' | 'runtime'>): boolean {
  return board === 'ESP32' && runtime === 'TFLM without ESP-NN (TFLM reference)';
}

/** person_detect as Espressif publishes it, with ESP-NN or without. */
export function publishedSamples(
  rows: readonly OtherRow[],
  runtime: string,
): readonly (StandInSample & { core: string })[] {
  return rows.flatMap(({ board, runtime: kernels, model, clock_mhz: clock, latency_ms: ms }) => {
    const chip = chips[board ?? ''];
    const isWanted = kernels === `TFLM ${runtime}` && model?.includes('person_detect') === true;
    if (chip === undefined || !isWanted || !clock || !ms) return [];
    const isEspNn = runtime.startsWith('with ESP-NN');
    if (hasPsramWorkaround({ board, runtime: kernels })) return [];
    // The library was compiled with -O3 (espressif/esp-tflite-micro@7b68078 components/tflite-lib/CMakeLists.txt).
    const { board: id, ...cache } = chip.core === 'xtensa-lx7' ? largeCache : { board: chip.board };
    const settings = { clockHz: clock * 1e6, optimization: 'O3', ...fastFlash, ...cache };
    const choice = { board: id, runtime: isEspNn ? 'tflm-esp-nn' : 'tflm-reference', settings };
    const cycles = ms * clock * 1000;
    return [
      {
        name: 'person_detect',
        model: sharedModel('tflm_person_detect'),
        choice,
        cycles,
        study: 'esp-nn',
        core: chip.core,
      },
    ];
  });
}

/** A published kernel run: board, shape and cycles. */
export interface KernelRow extends OtherRow {
  readonly core?: string;
  readonly shape?: string;
  readonly cycles?: number;
  /** The first layers of a network in their order: kind and cycles. */
  readonly layer_cycles?: readonly (readonly [kind: string, cycles: number])[];
}

/** Memory outside of the chip with the tensors of convolutions of that table: QPI and HEX, as it states them. */
const external: Readonly<Record<string, Parameters<typeof lineCycles>[0]>> = {
  'ESP32-S3': { mode: 'qio', memoryHz: 80e6, clockHz: 240e6, bytes: 64 },
  'ESP32-P4': { mode: 'opi', memoryHz: 200e6, clockHz: 360e6, bytes: 64 },
};

/**
 * Convolutions and dense layers of ESP-NN's own table, on one chip. The dense layer of the ESP32-S3 is left out: with a
 * zero point of 0, which no model has, it does not sum its weights, which takes most of the time.
 */
export function kernelSamples(rows: readonly KernelRow[], chip: string, kernels: string): readonly StandInSample[] {
  return rows.flatMap(({ group, board, model: kind, shape, runtime, cycles }) => {
    if (group !== 'esp_nn_kernels' || runtime !== kernels || !board?.startsWith(`${chip} `) || !cycles) return [];
    const isDense = kind === 'fully connected';
    if (isDense && chip === 'ESP32-S3' && kernels === 'esp-nn optimized') return [];
    const model = kernelModel(kind ?? '', shape ?? '');
    const choice = { board: chips[chip].board, runtime: 'tflm-esp-nn', settings: { weightsRegion: 'RAM' } };
    if (model === undefined) return [];
    const output = elementCount(model.graphs[0].tensors[model.graphs[0].outputs[0]]?.shape ?? []);
    const outputWait = isDense ? 0 : (output * lineCycles(external[chip])) / external[chip].bytes;
    return [{ name: shape ?? '', model, choice, cycles, study: 'esp-nn', isKernel: true, tensorWait: outputWait }];
  });
}

/** Rows of boards as samples, those with one kind of kernels. */
export function boardSamples(rows: readonly BoardRow[], core: string, runtime: string): readonly StandInSample[] {
  return rows
    .filter(({ published, choice }) => published.core === core && choice.runtime === runtime)
    .map((row) => {
      const { model, choice, cycles, study, published } = row;
      return { name: published.model, model, choice, cycles, study, tensorWait: arenaWaitOf(row) };
    });
}

/** What a row waits for its arena where that lies in PSRAM, whose clock its source states. */
function arenaWaitOf({ published, model, choice }: BoardRow): number {
  const stated = /octal PSRAM (\d+) MHz, arena in PSRAM/.exec(published.conditions ?? '');
  const { clockHz, dcacheBytes } = resolveTarget(choice).target;
  if (stated === null || clockHz === undefined || dcacheBytes === undefined) return 0;
  const line = lineCycles({ mode: 'opi', memoryHz: Number(stated[1]) * 1e6, clockHz, bytes: 64 }) / 64;
  return placedOperators(model).reduce(
    (sum, { operator, graph }) => sum + line * movedBytes(operator, graph, dcacheBytes),
    0,
  );
}
