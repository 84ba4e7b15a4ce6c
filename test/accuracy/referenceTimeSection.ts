import { scaleOf } from '../../src/core/estimate/timing/timingScale';
import timing from '../../src/core/estimate/timing/timing.json';
import { withoutEspNn, type OtherRow } from '../fit/otherRows';
import { formulaCycles } from '../fit/timingFormula';
import { median } from '../fit/statistics';
import { readSharedJson } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

/** A published run of person_detect with reference kernels, and an estimate that has not seen it. */
interface HeldOut {
  readonly board: string;
  readonly runtime: string;
  readonly measuredMs: number;
  readonly expectedMs: number;
  readonly low: number;
  readonly high: number;
}

/** Published rows whose board is no chip of Espressif's: board, its core, and how their kernels are named. */
const cortexBoards: Readonly<Record<string, string>> = { NUCLEO_F413ZH: 'cortex-m4f' };

/** Reference kernels on boards that no figure was made from, or with the figure made without them. */
export function referenceTimeSection(): Section {
  const { other } = readSharedJson<{ readonly other: readonly OtherRow[] }>('boards_measured.json');
  const rows = [...espressif(other), ...cortex(other)];
  const isWithin = ({ measuredMs, expectedMs, low, high }: HeldOut): boolean =>
    measuredMs >= expectedMs * low && measuredMs <= expectedMs * high;
  return {
    title: 'Milliseconds: reference kernels on boards that were not measured',
    about:
      "person_detect with TFLM's plain C kernels, as it was published. A chip of Espressif is predicted from the other three, a Cortex-M from its instructions with the cycles per instruction of CMSIS-NN. " +
      'Neither versions nor flags were written down, only that the Cortex-M ran it under Mbed; current kernels were published on no Cortex-M, so the bands are wide. ' +
      `${rows.filter(isWithin).length} of ${rows.length} lie in the band.`,
    head: ['board', 'kernels', 'measured', 'predicted without it', 'measured over predicted', 'band', 'within'],
    rows: [...rows]
      .sort((one, other) => distance(other) - distance(one))
      .map((row) => [
        row.board,
        row.runtime,
        `${row.measuredMs.toFixed(0)} ms`,
        `${row.expectedMs.toFixed(0)} ms`,
        percent(row.measuredMs / row.expectedMs, 0),
        `${percent(row.low, 0)} to ${percent(row.high, 0)}`,
        isWithin(row) ? 'yes' : 'no',
      ]),
  };
}

/** How far off a row is, as a factor either way. */
function distance({ measuredMs, expectedMs }: HeldOut): number {
  return Math.abs(Math.log(measuredMs / expectedMs));
}

function personDetect(rows: readonly OtherRow[], runtime: string): readonly OtherRow[] {
  return rows.filter((row) => row.runtime === runtime && row.model?.includes('person_detect') && row.latency_ms);
}

function expectedCycles(core: string): number {
  return formulaCycles('tflm_person_detect', core, timing.reference.fits, 'tflm-reference')!;
}

function espressif(all: readonly OtherRow[]): readonly HeldOut[] {
  const expected = expectedCycles('cortex-m4f');
  const rows = personDetect(all, withoutEspNn.runtime);
  const factorOf = (row: OtherRow): number => (row.latency_ms! * row.clock_mhz! * 1000) / expected;
  return rows.map((row) => {
    const factor = median(rows.filter((each) => each !== row).map(factorOf));
    return {
      board: row.board!,
      runtime: row.runtime!,
      measuredMs: row.latency_ms!,
      expectedMs: (expected * factor) / (row.clock_mhz! * 1000),
      ...withoutEspNn.band,
    };
  });
}

function cortex(all: readonly OtherRow[]): readonly HeldOut[] {
  return personDetect(all, 'TFLM reference kernels (mbed)').flatMap((row) => {
    const core = cortexBoards[row.board ?? ''];
    const scale = core === undefined ? undefined : scaleOf({ core, runtime: 'tflm-reference' });
    if (scale === undefined) return [];
    const expectedMs = (expectedCycles(core) * scale.factor) / (row.clock_mhz! * 1000);
    const { low, high } = scale;
    return [{ board: row.board!, runtime: row.runtime!, measuredMs: row.latency_ms!, expectedMs, low, high }];
  });
}
