import type { Band, StandInRates } from './timingFacts';
import { timingFacts } from './timingScale';

/** A core that nobody timed, with one that was: the same instruction set, in order, one instruction at a time. */
interface Borrowed {
  readonly core: string;
  /** A complete sentence for people. */
  readonly source: string;
}

const borrowed: ReadonlyMap<string, Borrowed> = new Map([
  [
    'riscv-hazard3',
    {
      core: 'riscv-rv32imc',
      source:
        'Nobody published a time of TensorFlow Lite Micro on this core: the rates of the ESP32-C3, whose core has the same instruction set and issues one instruction at a time as well, stand for it, with a band that is as much wider as two cores of which neither tells of the other. What it waits for weights in flash follows from mode, clock and cache.',
    },
  ],
]);

/** Rates of a core whose instructions nobody counted; `undefined` for other cores. */
export function standInRatesOf(core: string | undefined): StandInRates | undefined {
  const own = timingFacts.standIns[core ?? ''];
  const other = borrowed.get(core ?? '');
  if (own !== undefined || other === undefined) return own;
  const rates = timingFacts.standIns[other.core];
  return {
    ...rates,
    espNnBand: twice(rates.espNnBand),
    referenceBand: twice(rates.referenceBand),
    source: other.source,
    referenceSource: other.source,
  };
}

/** The band of two independent deviations, each as wide as `band`: logarithms grow with the root of 2. */
function twice({ low, high }: Band): Band {
  return { low: low ** Math.SQRT2, high: high ** Math.SQRT2 };
}
