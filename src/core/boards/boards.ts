import type { Board } from './board';
import { readBoard } from './boardFile';
import * as files from './boardFiles';

/** All boards, by vendor and then by name. A new board is a file in `data/` and a line in `boardFiles.ts`. */
export const boards: readonly Board[] = Object.values(files)
  .map(readBoard)
  .sort((left, right) => order(left.vendor, right.vendor) || order(left.name, right.name));

const byId: ReadonlyMap<string, Board> = new Map(boards.map((board) => [board.id, board]));

const byAlias: ReadonlyMap<string, Board> = new Map(
  boards.flatMap((board) =>
    [board.name, ...(board.aliases ?? [])].map((alias) => [normalizeName(alias), board] as const),
  ),
);

/**
 * The board with this id, with the name that it is sold by, or with this name in PlatformIO, Arduino or Zephyr;
 * `undefined` where there is none.
 */
export function boardById(id: string): Board | undefined {
  return boardCalled(id) ?? boardWithOptions(id) ?? boardWithQualifiers(id);
}

function boardCalled(name: string): Board | undefined {
  return byId.get(name) ?? byId.get(normalizeName(name)) ?? byAlias.get(normalizeName(name));
}

/** An Arduino FQBN with chosen options: `vendor:architecture:board:option=value,…`. */
function boardWithOptions(name: string): Board | undefined {
  const parts = name.split(':');
  return parts.length === 4 ? boardCalled(parts.slice(0, 3).join(':')) : undefined;
}

/** Clusters of a chip's cores in Zephyr's names, those that a board's figures are of. */
const mainClusters: readonly (string | undefined)[] = [undefined, 'cpuapp', 'cpu0', 'procpu', 'm7', 'cm7'];

/** A Zephyr board with its chip and cluster of cores: `board@revision/soc/cluster`. Another chip is another board. */
function boardWithQualifiers(name: string): Board | undefined {
  const [named, soc, cluster, ...more] = name.toLowerCase().split('/');
  if (soc === undefined || more.length > 0 || !mainClusters.includes(cluster)) return undefined;
  const board = boardCalled(named) ?? boardCalled(named.replace(/@.*$/, ''));
  return board !== undefined && isSameChip(board.mcu, soc) ? board : undefined;
}

/** Zephyr's name of a chip leaves out its package, or writes `x` for it: `stm32h747xx` is an STM32H747XIH6. */
function isSameChip(mcu: string, soc: string): boolean {
  const [own, other] = [mcu, soc].map((each) =>
    each
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .replace(/x+$/, ''),
  );
  return other !== '' && (own.startsWith(other) || other.startsWith(own));
}

/** Every name by which a board is found. */
export function boardNames(): readonly string[] {
  return boards.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
}

/** Case, and how words are joined, do not tell boards apart. */
function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]+/g, '_');
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
