import { arenaRegions } from '../../src/core/boards/arenaRegions';
import type { Board, MemoryRegion } from '../../src/core/boards/board';
import { boardById } from '../../src/core/boards/boards';
import { check } from '../support/check';

interface Case {
  readonly regions: readonly MemoryRegion[];
  readonly arena: string;
  readonly limit?: number;
}

function region(name: string, start: number, bytes: number, more: Partial<MemoryRegion> = {}): MemoryRegion {
  return { name, start, bytes, kind: 'ram', holdsData: true, source: 'test', ...more };
}

/** A real board with other memories: nothing else of it counts here. */
function boardWith({ regions, arena, limit }: Case): Board {
  return {
    ...boardById('nucleo_f401re')!,
    ramRegions: regions,
    arenaRegion: { value: arena, source: 'test' },
    applicationRamBytes: limit === undefined ? undefined : { value: limit, source: 'test' },
  };
}

check('memories that one array can take', (input: Case) => arenaRegions(boardWith(input)), [
  {
    name: 'regions that touch are one',
    input: { regions: [region('A', 0x2000, 0x100), region('B', 0x2100, 0x80)], arena: 'A' },
    expected: [{ name: 'A+B', bytes: 0x180, kind: 'ram', isDefault: true }],
  },
  {
    name: 'a gap keeps them apart, and the default comes first',
    input: { regions: [region('A', 0x2000, 0x100), region('B', 0x2104, 0x80)], arena: 'B' },
    expected: [
      { name: 'B', bytes: 0x80, kind: 'ram', isDefault: true },
      { name: 'A', bytes: 0x100, kind: 'ram', isDefault: false },
    ],
  },
  {
    name: 'a border that an array must not cross keeps them apart',
    input: {
      regions: [region('A', 0x2000, 0x100), region('B', 0x2100, 0x80, { separate: true, why: 'It faults.' })],
      arena: 'A',
    },
    expected: [
      { name: 'A', bytes: 0x100, kind: 'ram', isDefault: true },
      { name: 'B', bytes: 0x80, kind: 'ram', isDefault: false, why: 'It faults.' },
    ],
  },
  {
    name: 'memory that holds no data is left out and joins nothing',
    input: {
      regions: [region('A', 0, 4), region('B', 4, 4, { holdsData: false }), region('C', 8, 4)],
      arena: 'C',
    },
    expected: [
      { name: 'C', bytes: 4, kind: 'ram', isDefault: true },
      { name: 'A', bytes: 4, kind: 'ram', isDefault: false },
    ],
  },
  {
    name: "the framework's limit holds for the default memory",
    input: { regions: [region('A', 0, 1000), region('B', 4000, 1000)], arena: 'A', limit: 900 },
    expected: [
      { name: 'A', bytes: 900, kind: 'ram', isDefault: true, why: 'STM32Cube leaves 900 bytes to static data.' },
      { name: 'B', bytes: 1000, kind: 'ram', isDefault: false },
    ],
  },
  {
    name: 'a memory without a known address joins nothing',
    input: {
      regions: [region('A', 0, 16), { name: 'X', bytes: 64, kind: 'psram', holdsData: true, source: 'test' }],
      arena: 'A',
    },
    expected: [
      { name: 'A', bytes: 16, kind: 'ram', isDefault: true },
      { name: 'X', bytes: 64, kind: 'psram', isDefault: false },
    ],
  },
  { name: 'a board without known memory has none', input: { regions: [], arena: 'A' }, expected: [] },
]);

check('memories of real boards', (id: string) => arenaRegions(boardById(id)!).map(({ name, bytes }) => [name, bytes]), [
  {
    name: 'STM32H743: five pieces, the AXI memory is the default',
    input: 'nucleo_h743zi',
    expected: [
      ['AXISRAM', 524288],
      ['DTCM', 131072],
      ['SRAM1+SRAM2+SRAM3', 294912],
      ['SRAM4', 65536],
    ],
  },
  {
    name: 'K64F: two regions that touch but must not be crossed',
    input: 'frdm_k64f',
    expected: [
      ['SRAM_U', 196608],
      ['SRAM_L', 65536],
    ],
  },
  { name: 'ESP32: the heap-only part is no place for an array', input: 'esp32_devkit', expected: [['DRAM', 180736]] },
]);
