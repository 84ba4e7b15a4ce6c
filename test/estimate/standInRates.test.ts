import { standInRatesOf } from '../../src/core/estimate/timing/standInRates';
import { timingFacts } from '../../src/core/estimate/timing/timingScale';
import { check } from '../support/check';

const { 'riscv-rv32imc': measured } = timingFacts.standIns;

check(
  'rates of cores whose instructions nobody counted',
  (core: string | undefined) => {
    const rates = standInRatesOf(core);
    const { low, high } = measured.referenceBand;
    return (
      rates && {
        isAsMeasured: rates.reference === measured.reference && rates.windows === measured.windows,
        widerBy: [
          Math.log(rates.referenceBand.low) / Math.log(low),
          Math.log(rates.referenceBand.high) / Math.log(high),
        ].map((ratio) => ratio.toFixed(3)),
        saysSo: rates.referenceSource.startsWith('Nobody published a time'),
      }
    );
  },
  [
    {
      name: 'one that was timed',
      input: 'riscv-rv32imc',
      expected: { isAsMeasured: true, widerBy: ['1.000', '1.000'], saysSo: false },
    },
    {
      // The root of 2: twice the variance.
      name: 'one that was not takes those of another, and twice its variance',
      input: 'riscv-hazard3',
      expected: { isAsMeasured: true, widerBy: ['1.414', '1.414'], saysSo: true },
    },
    { name: 'a core that was counted', input: 'cortex-m33', expected: undefined },
    { name: 'no core', input: undefined, expected: undefined },
  ],
);
