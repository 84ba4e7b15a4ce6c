import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { boardById, boards } from '../../src/core/boards/boards';

const folder = path.resolve(import.meta.dirname, '../../../shared/data');
const absent = existsSync(path.join(folder, 'boards.json'))
  ? false
  : 'the table ../shared/data/boards.json is not here';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly clock_hz: number;
  readonly flash_bytes: number | null;
  readonly largest_contiguous_ram_bytes: number | null;
  readonly ram_regions: readonly { readonly start: string; readonly bytes: number }[] | null;
  readonly usb: readonly { readonly vid: string; readonly pid: string | null }[] | null;
}

describe('boards against the table they were taken from', { skip: absent }, () => {
  const rows =
    absent === false ? (JSON.parse(readFileSync(path.join(folder, 'boards.json'), 'utf8')) as Table).boards : [];

  it('has all of them, one that is the Sense without its sensors, and one that starts with its other cores', () => {
    const expected = [...rows.map((row) => row.id), 'arduino_nano33ble', 'raspberry_pi_pico2_riscv'];
    assert.deepEqual(boards.map((board) => board.id).sort(), expected.sort());
  });

  for (const row of rows) {
    it(row.id, () => {
      const board = boardById(row.id)!;
      assert.equal(board.name, row.name);
      assert.equal(board.clockHz.value, row.clock_hz);
      if (row.flash_bytes !== null) assert.equal(board.flashBytes?.value, row.flash_bytes);
      if (row.largest_contiguous_ram_bytes !== null) {
        assert.equal(board.largestContiguousRamBytes.value, row.largest_contiguous_ram_bytes);
      }
      for (const { start, bytes } of row.ram_regions ?? []) assertCovered(row.id, Number(start), bytes);
      for (const { vid, pid } of row.usb ?? []) {
        if (pid === null) continue;
        const [vendorId, productId] = [Number(vid), Number(pid)];
        assert.ok(board.usb.some((usb) => usb.vendorId === vendorId && usb.productId === productId));
      }
    });
  }
});

interface Table {
  readonly boards: readonly Row[];
}

/** A region of the table is there, whole or cut into pieces. */
function assertCovered(id: string, start: number, bytes: number): void {
  const inside = boardById(id)!.ramRegions.filter(
    (region) => region.start !== undefined && region.start >= start && region.start < start + bytes,
  );
  assert.equal(
    inside.reduce((sum, region) => sum + region.bytes, 0),
    bytes,
  );
}
