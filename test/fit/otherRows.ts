import type { RuntimeId } from '../../src/core/runtimes/runtimeId';
import type { Scale } from '../../src/core/estimate/timing/timingFacts';

/** A published measurement outside MLPerf Tiny, as far as the fit needs it. */
export interface OtherRow {
  readonly group: string;
  readonly board?: string | null;
  readonly runtime?: string | null;
  readonly model?: string | null;
  readonly clock_mhz?: number | null;
  readonly latency_ms?: number | null;
}

type Formula = (model: string, core: string) => number | undefined;

/** Chips in the published rows, by core. */
const chips: Readonly<Record<string, string>> = {
  ESP32: 'xtensa-lx6',
  'ESP32-S3': 'xtensa-lx7',
  'ESP32-C3': 'riscv-rv32imc',
  'ESP32-P4': 'riscv-p4',
};

/** One model on one board says little of another: half to twice is left open. */
const oneModel = { low: 0.5, high: 2 };

/** How a published row names the kernels, and what counts for them. */
interface Kernels {
  readonly runtime: string;
  readonly name: string;
  readonly id: RuntimeId;
  readonly countedAs: RuntimeId;
  readonly band: { readonly low: number; readonly high: number };
}

const espNn: Kernels = {
  runtime: 'TFLM with ESP-NN',
  name: 'with ESP-NN',
  id: 'tflm-esp-nn',
  countedAs: 'tflm-cmsis-nn',
  band: oneModel,
};

/** The same models without ESP-NN. */
export const withoutEspNn: Kernels = {
  runtime: 'TFLM without ESP-NN (TFLM reference)',
  name: 'with reference kernels',
  id: 'tflm-reference',
  countedAs: 'tflm-reference',
  // A convolutional network built with -Os on an ESP32-S3 took less than half of what the Cortex-M's growth from -O2 to
  // -Os would give.
  band: { low: 0.35, high: 2 },
};

/**
 * Scales of Espressif's cores with ESP-NN or without. Nobody counted instructions there, so the Cortex-M4's stand for
 * the amount of work, and the one published model (person_detect, espressif/esp-nn README) gives the ratio.
 */
export function espScales(
  rows: readonly OtherRow[],
  formula: (model: string) => number | undefined,
  kernels: Kernels = espNn,
): Readonly<Record<string, Scale>> {
  const expected = formula('tflm_person_detect');
  if (expected === undefined) return {};
  return Object.fromEntries(
    personDetect(rows, kernels.runtime).flatMap(({ board, cycles }) => {
      const core = chips[board];
      if (core === undefined) return [];
      const factor = Number((cycles / expected).toPrecision(5));
      console.log(`${core.padEnd(22)} x ${factor.toFixed(3)} from person_detect alone (${kernels.name})`);
      return [[core, { factor, ...kernels.band, ...provenance(board, kernels) }]];
    }),
  );
}

/**
 * Ratios of boards that are not in the table of boards but tell something of their core: person_detect with CMSIS-NN on
 * a NUCLEO-F413ZH (Cortex-M4F). Its build flags are not known; the formula is that of -O3.
 */
export function unlistedScales(
  rows: readonly OtherRow[],
  formula: Formula,
): readonly (readonly [core: string, factor: number])[] {
  const expected = formula('tflm_person_detect', 'cortex-m4f');
  if (expected === undefined) return [];
  return personDetect(rows, 'TFLM + CMSIS-NN (mbed)')
    .filter(({ board }) => board === 'NUCLEO_F413ZH')
    .map(({ cycles }) => ['cortex-m4f', cycles / expected] as const);
}

function personDetect(
  rows: readonly OtherRow[],
  runtime: string,
): readonly { readonly board: string; readonly cycles: number }[] {
  return rows.flatMap((row) => {
    if (row.runtime !== runtime || !row.model?.includes('person_detect') || !row.clock_mhz || !row.latency_ms)
      return [];
    return [{ board: row.board ?? '', cycles: row.clock_mhz * row.latency_ms * 1000 }];
  });
}

function provenance(board: string, { name, id, countedAs }: Kernels): Omit<Scale, 'factor' | 'low' | 'high'> {
  return {
    rows: 1,
    kind: 'architectural',
    runtimes: [id],
    countedAs: { core: 'cortex-m4f', runtime: countedAs },
    source:
      `A rough figure: one published model (person_detect ${name} on the ${board}, espressif/esp-nn README) gives the ratio, ` +
      'and the instructions of a Cortex-M4F stand for the amount of work.',
  };
}
