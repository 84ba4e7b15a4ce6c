import type { StandInRates } from '../../src/core/estimate/timing/timingFacts';
import type { BoardRow } from './boardRows';
import type { ReferenceSamples } from './referenceRates';
import { referenceRates } from './referenceRates';
import { bandOf, cyclesPerOperator, plainRates, predictStandIn, restShare, vectorRates } from './standIns';
import type { KernelRow, StandInSample } from './standInSamples';
import { boardSamples, kernelSamples, publishedSamples } from './standInSamples';

/**
 * Xtensa executes 30 instructions for what takes RISC-V 24.6 in the loop over four products: bytes are loaded without
 * their sign, which one more instruction each extends, and the loop itself takes none (counted in what GCC 12 makes of
 * ESP-NN for Xtensa). None takes less than a cycle.
 */
const xtensa = [30 / 24.64, 1] as const;

/**
 * Espressif's cores: how published rows name chip and core; and the fewest cycles for each instruction counted on
 * RISC-V, in loops and around them.
 */
const cores = [
  { core: 'xtensa-lx6', chip: 'ESP32', published: 'Xtensa LX6', fewest: xtensa },
  { core: 'xtensa-lx7', chip: 'ESP32-S3', published: 'Xtensa LX7', fewest: xtensa },
  { core: 'riscv-rv32imc', chip: 'ESP32-C3', published: 'RISC-V RV32IMC', fewest: [1, 1] },
  { core: 'riscv-p4', chip: 'ESP32-P4', published: 'RISC-V HP (RV32IMAFC + PIE)', fewest: [1, 1] },
] as const;

export type StandInCore = (typeof cores)[number];

export const standInCores: readonly StandInCore[] = cores;

/** Everything measured of one core, by what it tells of. */
export interface StandInSamples {
  /** ESP-NN's own kernels, plain C or with vector instructions. */
  readonly espNn: readonly StandInSample[];
  /** Its plain C where models run vector kernels, and what those take of it for other operators. */
  readonly ansi: readonly StandInSample[];
  readonly restShare: number;
  readonly fewest: readonly [loop: number, other: number];
  readonly reference: ReferenceSamples;
}

/** What was measured of a core. */
export function samplesOf(
  { core, chip, published, fewest }: StandInCore,
  other: readonly KernelRow[],
  rows: readonly BoardRow[],
): StandInSamples {
  const ofCore = (runtime: string): readonly StandInSample[] =>
    publishedSamples(other, runtime).filter((sample) => sample.core === core);
  const inside = ofCore('with ESP-NN, internal RAM');
  const models = inside.length > 0 ? inside : ofCore('with ESP-NN');
  return {
    espNn: [
      ...models,
      ...boardSamples(rows, published, 'tflm-esp-nn').filter((sample) => !isFloat(sample)),
      ...kernelSamples(other, chip, 'esp-nn optimized'),
    ],
    ansi: kernelSamples(other, chip, 'esp-nn ANSI C'),
    restShare: restShare(other, chip),
    fewest,
    reference: {
      own: referenceSamples(core, other, rows),
      elsewhere: cores.flatMap((each) => (each.core === core ? [] : referenceSamples(each.core, other, rows))),
    },
  };
}

/** Runs of reference kernels on a core: without ESP-NN, and of floats, which ESP-NN has no kernels for. */
function referenceSamples(
  core: string,
  other: readonly KernelRow[],
  rows: readonly BoardRow[],
): readonly StandInSample[] {
  const { published } = cores.find((each) => each.core === core)!;
  return [
    ...publishedSamples(other, 'without ESP-NN (TFLM reference)').filter((sample) => sample.core === core),
    ...boardSamples(rows, published, 'tflm-reference'),
    ...boardSamples(rows, published, 'tflm-esp-nn').filter(isFloat),
  ];
}

function isFloat({ model }: StandInSample): boolean {
  return model.graphs[0].tensors[0]?.type === 'float32';
}

/** The narrowest bands, as logarithms: builds of others differ in compiler, version and cache. */
export const narrowest = { espNn: 0.22, reference: 0.36 };

/** Fits the rates of a core from its samples. */
export function ratesOf(
  samples: StandInSamples,
): Omit<StandInRates, 'source' | 'referenceSource' | 'espNnBand' | 'referenceBand'> {
  const hasVector = samples.ansi.length > 0;
  const plain = plainRates(hasVector ? samples.ansi : samples.espNn, samples.fewest);
  const [espNnLoop, espNnOther] = plain;
  return {
    espNnLoop,
    espNnOther,
    ...(hasVector ? { vector: vectorRates(samples.espNn, samples.restShare * espNnOther, plain) } : {}),
    ...referenceRates(samples.reference),
    cyclesPerOperator,
  };
}

/** Measured over predicted of each study by a fit that has not seen it; nothing where there is one alone. */
export function leftOutRatios(samples: StandInSamples): { readonly sample: StandInSample; readonly ratio: number }[] {
  const models = samples.espNn.filter(({ isKernel }) => isKernel !== true);
  const studies = [...new Set(models.map(({ study }) => study))];
  return studies.flatMap((study) => {
    const rest = { ...samples, espNn: samples.espNn.filter((sample) => sample.study !== study || sample.isKernel) };
    if (rest.espNn.every(({ isKernel }) => isKernel)) return [];
    const rates = ratesOf(rest);
    return models
      .filter((sample) => sample.study === study)
      .map((sample) => ({ sample, ratio: sample.cycles / predictStandIn(sample, rates) }));
  });
}

/** The table of all cores. */
export function standInTable(other: readonly KernelRow[], rows: readonly BoardRow[]): Record<string, StandInRates> {
  const table: Record<string, StandInRates> = {};
  for (const each of cores) {
    const samples = samplesOf(each, other, rows);
    const rates = ratesOf(samples);
    const held = leftOutRatios(samples).map(({ ratio }) => ratio);
    const { own } = samples.reference;
    const references = own.map((sample) => sample.cycles / predictStandIn(sample, rates));
    const models = samples.espNn.filter(({ isKernel }) => isKernel !== true);
    table[each.core] = {
      ...rates,
      espNnBand: bandOf(held, held.length > 1 ? narrowest.espNn : 2 * narrowest.espNn),
      referenceBand: bandOf(references, narrowest.reference),
      source: sourceText(each.chip, models.length, samples.espNn.length - models.length),
      referenceSource: referenceText(
        each.chip,
        own.filter((sample) => !isFloat(sample)).length,
        own.filter(isFloat).length,
      ),
    };
    console.log(
      `${each.core.padEnd(16)} esp-nn ${rates.espNnLoop.toFixed(2)} loops, ${rates.espNnOther.toFixed(2)} other` +
        `${rates.vector === undefined ? '' : `, vector ${rates.vector.map((rate) => rate.toFixed(2)).join(' / ')}`}; ` +
        `reference ${rates.reference.toFixed(2)}, windows ${Object.values<number>({ ...rates.windows })
          .map((rate) => rate.toFixed(2))
          .join(' / ')}; ` +
        `left out: ${held.map((ratio) => ratio.toFixed(2)).join(', ')}`,
    );
  }
  return table;
}

function sourceText(chip: string, models: number, kernels: number): string {
  const alone = kernels === 0 ? '' : ` and ${kernels} kernels by themselves`;
  return (
    `Nobody counted instructions on this core: those of ESP-NN's plain C on a RISC-V core stand for them, at rates that were fitted to ` +
    `${models === 1 ? '1 model' : `${models} models`}${alone} on the ${chip}. What it waits for weights in flash follows from mode, clock and cache.`
  );
}

function referenceText(chip: string, integers: number, floats: number): string {
  const measured = [
    ...(integers === 0 ? [] : [`${integers} of int8 models`]),
    ...(floats === 0 ? [] : [`${floats} of float models`]),
  ];
  return (
    'Nobody counted instructions on this core: those of reference kernels on a Cortex-M stand for them, ' +
    (measured.length === 0
      ? 'at the median rate of related cores.'
      : `at the median rate of ${measured.join(' and ')} on the ${chip}.`)
  );
}
