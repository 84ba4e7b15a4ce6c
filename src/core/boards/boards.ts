import type { Board } from './board';
import { readBoard } from './boardFile';
import * as files from './boardFiles';

/** All boards, by vendor and then by name. A new board is a file in `data/` and a line in `boardFiles.ts`. */
export const boards: readonly Board[] = Object.values(files)
  .map(readBoard)
  .sort((left, right) => order(left.vendor, right.vendor) || order(left.name, right.name));

const byId: ReadonlyMap<string, Board> = new Map(boards.map((board) => [board.id, board]));

const byAlias: ReadonlyMap<string, Board> = new Map(
  boards.flatMap((board) => (board.aliases ?? []).map((alias) => [normalizeName(alias), board] as const)),
);

/** The board with this id, or with this name in PlatformIO, Arduino or Zephyr; `undefined` where there is none. */
export function boardById(id: string): Board | undefined {
  return byId.get(id) ?? byId.get(normalizeName(id)) ?? byAlias.get(normalizeName(id));
}

/** Every name by which a board is found. */
export function boardNames(): readonly string[] {
  return boards.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
}

/** Case, and whether words are joined by `-` or `_`, do not tell boards apart. */
function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/**
 * The boards that show these USB ids, the more telling ones first: ids of a serial bridge or debug probe are shared by
 * many boards, so that several boards come back; ids of the board itself name few.
 */
export function boardsByUsbId(vendorId: number, productId: number): readonly Board[] {
  return boards.filter((board) => board.usb.some((usb) => usb.vendorId === vendorId && usb.productId === productId));
}

/** The boards of each vendor, vendors and boards in alphabetical order. */
export function boardsByVendor(): readonly { readonly vendor: string; readonly boards: readonly Board[] }[] {
  const vendors = [...new Set(boards.map((board) => board.vendor))];
  return vendors.map((vendor) => ({ vendor, boards: boards.filter((board) => board.vendor === vendor) }));
}

/** Order of code units, the same in every locale. */
function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
