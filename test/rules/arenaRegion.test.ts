import type { Limits } from '../../src/core/estimate/budget';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { arenaRegion } from '../../src/core/rules/arenaRegion';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

interface Asked {
  readonly board?: string;
  readonly region?: string;
  readonly arenaBytes: number;
  readonly limits?: Limits;
}

/** Which memory is proposed for an arena of exactly so many bytes, and what is said of it first. */
function proposed({ board, region, arenaBytes, limits = {} }: Asked): readonly string[] {
  const { target } = resolveTarget({
    board,
    runtime: 'tflm-reference',
    ...(region !== undefined && { settings: { arenaRegion: region } }),
  });
  const facts = { minimumBytes: arenaBytes, usedBytes: arenaBytes, plannedBytes: arenaBytes, persistentBytes: 0 };
  const report = { ...reportOf([1]), arena: { ...facts, scratchBytes: 0, basis: 'exact' as const } };
  const context = { target, limits, estimate: { report } } as unknown as Parameters<typeof arenaRegion.find>[0];
  return arenaRegion.find(context).map(({ message, setting }) => {
    const [first] = message.split('. ');
    return `${setting?.key} ${setting?.value}: ${first}.`;
  });
}

// A Nucleo-H743ZI has 131,072 bytes of DTCM, 524,288 of AXISRAM, where arrays go, and 131,072 twice and less elsewhere.
check('rules: another memory for the arena', proposed, [
  {
    name: 'nearer to the core',
    input: { board: 'nucleo_h743zi', arenaBytes: 131_072 },
    expected: ['arenaRegion DTCM: The arena of 131,072 bytes lies in AXISRAM and fits into DTCM, too.'],
  },
  { name: 'too large for the nearer one', input: { board: 'nucleo_h743zi', arenaBytes: 131_073 }, expected: [] },
  { name: 'chosen already', input: { board: 'nucleo_h743zi', region: 'DTCM', arenaBytes: 1000 }, expected: [] },
  {
    name: 'large enough',
    input: { board: 'nucleo_h743zi', region: 'DTCM', arenaBytes: 131_073 },
    expected: ['arenaRegion AXISRAM: The arena of 131,073 bytes does not fit into DTCM, but into AXISRAM.'],
  },
  {
    name: 'large enough beside what the system takes of the chosen one',
    input: { board: 'nucleo_h743zi', region: 'DTCM', arenaBytes: 131_072, limits: { reservedRamBytes: 1 } },
    expected: [],
  },
  { name: 'none is large enough', input: { board: 'nucleo_h743zi', arenaBytes: 600_000 }, expected: [] },
  {
    name: 'outside of the chip alone',
    input: { board: 'arduino_giga_r1', arenaBytes: 600_000 },
    expected: ['arenaRegion SDRAM: The arena of 600,000 bytes does not fit into AXISRAM, but into SDRAM.'],
  },
  { name: 'a board with one memory', input: { board: 'arduino_zero', arenaBytes: 1000 }, expected: [] },
  { name: 'no board', input: { arenaBytes: 1000 }, expected: [] },
  {
    name: 'a budget of the user’s own',
    input: { board: 'nucleo_h743zi', arenaBytes: 1000, limits: { ramBytes: 2000 } },
    expected: [],
  },
]);
