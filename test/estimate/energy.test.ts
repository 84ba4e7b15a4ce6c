import { boardById } from '../../src/core/boards/boards';
import type { Limits } from '../../src/core/estimate/budget';
import { energyFacts } from '../../src/core/estimate/energy';
import type { EnergyFacts } from '../../src/core/estimate/report';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { check } from '../support/check';

interface Case {
  readonly board: string;
  /** Share of the operators whose time is known. */
  readonly coverage?: number;
  readonly ms?: number;
  readonly limits?: Limits;
  readonly clockHz?: number;
}

function energy({ board, coverage, ms, limits = {}, clockHz }: Case): EnergyFacts | undefined {
  const { target } = resolveTarget({ board, settings: clockHz === undefined ? {} : { clockHz } });
  return energyFacts(
    ms === undefined ? undefined : { ms, lowMs: ms / 2, highMs: ms * 2, basis: 'modelled', coverage },
    target,
    limits,
  );
}

/** Rounded so that hand-computed figures can be written down. */
function rounded(input: Case): readonly (number | string | undefined)[] {
  const facts = energy(input);
  const digits = (value: number | undefined): number | undefined => value && Number(value.toPrecision(4));
  return [
    digits(facts?.joulesPerInference),
    digits(facts?.lowJoules),
    digits(facts?.highJoules),
    digits(facts?.averageMilliwatts),
    digits(facts?.batteryDays),
    facts?.powerBasis,
  ];
}

const mine = { activeMilliamps: 10, supplyVolts: 3, sleepMicroamps: 100 };

check('energy: joules, band, average milliwatts, battery days, basis of the power', rounded, [
  {
    // 10 mA x 3 V = 30 mW; 100 ms: 3 mJ, half to twice the time: 1.5 to 6 mJ.
    name: 'the own measurement',
    input: { board: 'nucleo_l4r5zi', ms: 100, limits: { power: mine } },
    expected: [0.003, 0.0015, 0.006, undefined, undefined, 'measured'],
  },
  {
    // One a second: 3 mJ + 0.9 s x 0.3 mW = 3.27 mW.
    name: 'with a rate, sleeping in between',
    input: { board: 'nucleo_l4r5zi', ms: 100, limits: { power: mine, inferencesPerSecond: 1 } },
    expected: [0.003, 0.0015, 0.006, 3.27, undefined, 'measured'],
  },
  {
    // 1,000 mAh x 3 V = 10,800 J; at 3.27 mW 3,302,752 s = 38.23 days.
    name: 'with a battery',
    input: {
      board: 'nucleo_l4r5zi',
      ms: 100,
      limits: { power: { ...mine, batteryMilliampHours: 1000 }, inferencesPerSecond: 1 },
    },
    expected: [0.003, 0.0015, 0.006, 3.27, 38.23, 'measured'],
  },
  {
    // What is missing takes more time and power: no upper end, and no life of a battery, which would be shorter.
    name: 'the time of an operator is not known',
    input: {
      board: 'nucleo_l4r5zi',
      ms: 100,
      coverage: 0.5,
      limits: { power: { ...mine, batteryMilliampHours: 1000 }, inferencesPerSecond: 1 },
    },
    expected: [0.003, 0.0015, undefined, 3.27, undefined, 'measured'],
  },
  {
    name: 'a rate that the time does not allow has no average',
    input: { board: 'nucleo_l4r5zi', ms: 100, limits: { power: mine, inferencesPerSecond: 11 } },
    expected: [0.003, 0.0015, 0.006, undefined, undefined, 'measured'],
  },
  {
    // Published 40 to 45 mW at 1.8 V: 42.5 mW; 100 ms: 4.25 mJ; ±15 % is wider than the range, and the time lies
    // between half and twice: exp(-hypot(ln 0.85, ln 0.5)) = 0.4907, exp(hypot(ln 1.15, ln 2)) = 2.0281.
    name: 'published power of the board',
    input: { board: 'nucleo_l4r5zi', ms: 100 },
    expected: [0.00425, 0.002085, 0.008619, undefined, undefined, 'modelled'],
  },
  {
    // 3.3 mA at 3 V = 9.9 mW; 100 ms: 0.99 mJ; ±40 %, and half to twice the time: x 0.4227, x 2.1608.
    name: 'the current of the datasheet',
    input: { board: 'arduino_nano33ble_sense_rev2', ms: 100 },
    expected: [0.00099, 0.0004185, 0.002139, undefined, undefined, 'modelled'],
  },
  {
    name: 'half the clock, half the datasheet current',
    input: { board: 'arduino_nano33ble_sense_rev2', ms: 100, clockHz: 32e6 },
    expected: [0.000495, 0.0002092, 0.00107, undefined, undefined, 'modelled'],
  },
  {
    name: 'no time, no energy',
    input: { board: 'nucleo_l4r5zi' },
    expected: [undefined, undefined, undefined, undefined, undefined, undefined],
  },
  {
    name: 'no current known, no energy',
    input: { board: 'raspberry_pi_pico', ms: 100 },
    expected: [undefined, undefined, undefined, undefined, undefined, undefined],
  },
]);

check('energy: what the tests above rest on', (id: string) => boardById(id)?.activeMilliamps?.value, [
  { name: 'the Nano 33 BLE has a datasheet current', input: 'arduino_nano33ble_sense_rev2', expected: 3.3 },
  { name: 'the Pico has none', input: 'raspberry_pi_pico', expected: undefined },
]);
