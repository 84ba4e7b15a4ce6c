import { placedOperators } from '../../src/core/estimate/layers';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { withoutColdCode } from '../../src/core/estimate/timing/coldCode';
import { withoutOtherKernels } from '../../src/core/estimate/timing/otherKernels';
import { codeWait, flashPathOf, flashWait, weightOrder } from '../../src/core/estimate/timing/flashWait';
import type { CycleFit, Scale } from '../../src/core/estimate/timing/timingFacts';
import { measuredLevel } from '../../src/core/estimate/timing/timingScale';
import type { BoardRow } from './boardRows';
import { reachOfBoards } from './openKinds';
import { median, quantile } from './statistics';
import type { Target } from '../../src/core/runtimes/target';
import { architectureKeys, architectureOf, coefficientsOf, featuresOf, predict } from './timingFormula';

/** Cycles of a row without what it waits for flash, over those of the reference board's formula. */
export interface ScaleOfRow {
  readonly row: BoardRow;
  /** Board of the table where the row has one, else its core. */
  readonly board: string;
  /** Core, with ` cached` for boards that read their flash outside of the chip. */
  readonly key: string;
  readonly ratio: number;
  readonly formulaCycles: number;
  /** Whether the formula is the core's manual instead of the reference board's. */
  readonly isArchitecture: boolean;
}

type Fits = Readonly<Record<string, CycleFit>>;

/** Ratios of all rows of cores whose instructions were counted. */
export function scalesOfRows(rows: readonly BoardRow[], fits: Fits): readonly ScaleOfRow[] {
  return rows.flatMap((row) => {
    const { target } = resolveTarget(row.choice);
    const isCached = target.board?.memory?.flashIsExternal?.value === true;
    const board = target.board?.id ?? target.core.id;
    const key = isCached || withoutWaits.has(board) ? `${target.core.id} cached` : target.core.id;
    const isArchitecture = architectureKeys.has(key);
    const formula = isArchitecture ? architectureOf(row.model, target) : referenceOf(row, target, fits);
    if (formula === undefined) return [];
    const ratio = (row.cycles - waitingOf(row)) / formula;
    return [{ row, board, key, ratio, formulaCycles: formula, isArchitecture }];
  });
}

function referenceOf(row: BoardRow, target: Target, fits: Fits): number | undefined {
  const features = featuresOf(row.model, target);
  const type = row.published.dtype === 'float32' ? 'float32' : 'int8';
  const fit = fits[`${type} ${measuredLevel(target.optimization)}`];
  if (features === undefined || fit === undefined) return undefined;
  const isWaiting = flashPathOf(target) !== undefined;
  const own = withoutColdCode(withoutOtherKernels(fit, target), target);
  const coefficients = isWaiting ? { ...own, cyclesPerRereadByte: 0, cyclesPerStreamedByte: 0 } : own;
  return predict(coefficientsOf(coefficients), features);
}

function waitingOf({ model, choice }: BoardRow): number {
  const { target } = resolveTarget(choice);
  const path = flashPathOf(target);
  if (path === undefined) return 0;
  const order = weightOrder(target);
  return placedOperators(model).reduce(
    (sum, { operator, graph }) =>
      sum + (flashWait(operator, graph, model, { path, order })?.cycles ?? 0) + codeWait(model, path),
    0,
  );
}

/**
 * Boards whose flash lies in the chip, behind a cache that answers without waits: they tell of their core what one that
 * runs from the cache of an external flash chip takes besides waiting.
 */
const withoutWaits: ReadonlySet<string> = new Set(['frdm_mcxn947']);

/** Networks of fewer cycles are calls and tables more than loops: they tell nothing of larger ones. */
const fewestCycles = 1e6;

/** What other models, versions and compilers leave open around a board that a few models measured. */
const otherModels = { low: 0.8, high: 1.25 };

/** The same for another board with the core; convolutions, which were not among them, may take longer. */
const otherBoards = { low: 0.7, high: 2 };

/**
 * Kinds that the small networks consist of. Where too few boards say how far one lies from others with its core
 * (`reachOfBoards`), this much is left open.
 */
const measuredKinds = { kinds: ['FULLY_CONNECTED', 'SOFTMAX'], reach: 0.3 };

/** What is left open where the core's manual says how many cycles instructions take: compilers and libraries. */
export const byManual = { factor: 1, low: 0.75, high: 1.3 } as const;

/**
 * Standard deviations of logarithms: of boards about the mean of their core (eight boards with a Cortex-M4F, M7 or M33,
 * pooled), and of models about their board.
 */
const ofBoards = 0.14;
const ofModels = 0.07;

/**
 * At least this much is left open for a board that was never measured: its flash and cache differ. More, the fewer
 * other boards with its core were.
 */
export function unseenBoard(others: number): { readonly low: number; readonly high: number } {
  const reach = 1.645 * Math.hypot(ofBoards * Math.sqrt(1 + 1 / Math.max(1, others)), ofModels);
  return { low: Math.exp(-reach), high: Math.exp(reach) };
}

/** Scales of boards, and of their cores, on which TFLM itself ran with CMSIS-NN. */
export function tflmScales(scales: readonly ScaleOfRow[]): readonly (readonly [board: string, key: string, Scale])[] {
  const own = scales.filter(
    ({ row, formulaCycles }) => row.choice.runtime === 'tflm-cmsis-nn' && formulaCycles >= fewestCycles,
  );
  return [...groups(own, ({ board }) => board)].map(([board, members]) => {
    const factor = median(members.map(({ ratio }) => ratio));
    const source =
      `The board's ratio is that of ${members.length} runs of TFLM on it (${studies(members)}).` +
      (members[0].key.endsWith('cached')
        ? ' What it waits for weights in flash follows from mode, clock and cache.'
        : '');
    return [
      board,
      members[0].key,
      scale(members, factor, { open: otherModels, runtime: 'tflm-cmsis-nn', source }),
    ] as const;
  });
}

/** Scales of reference kernels, by core: the median of boards. */
export function plainScales(
  scales: readonly ScaleOfRow[],
  tell: (line: string) => void = console.log,
): Readonly<Record<string, Scale>> {
  const plain = scales.filter(({ row }) => row.choice.runtime === 'tflm-reference');
  const reach = reachOfBoards(plain, levelKey) ?? measuredKinds.reach;
  return Object.fromEntries(
    [...groups(plain, ({ key }) => key), ...groups(plain, levelKey)].map(([key, members]) => {
      const boards = [...groups(members, ({ board }) => board).values()];
      const factor = median(boards.map((own) => median(own.map(({ ratio }) => ratio))));
      tell(`${key.padEnd(22)} plain C x ${factor.toFixed(3)} from ${members.length} rows of ${boards.length} boards`);
      const source =
        `Plain C kernels: the ratio is that of ${members.length} runs of small networks on ${boards.length === 1 ? 'a board' : `${boards.length} boards`} with this core (${studies(members)}). ` +
        'Convolutions were not among them.';
      return [key, scale(members, factor, { open: otherBoards, runtime: 'tflm-reference', source, reach })];
    }),
  );
}

/** A core, compiled for size or for speed: the compiler inlines what finds a value's place for speed alone. */
export function levelKey({ key, row }: ScaleOfRow): string {
  const { target } = resolveTarget(row.choice);
  return `${key} ${measuredLevel(target.optimization)}`;
}

function scale(
  members: readonly ScaleOfRow[],
  factor: number,
  more: {
    readonly open: { readonly low: number; readonly high: number };
    readonly runtime: 'tflm-cmsis-nn' | 'tflm-reference';
    readonly source: string;
    /** Of reference kernels: what is left open for the kinds that were measured, as a logarithm. */
    readonly reach?: number;
  },
): Scale {
  const ratios = members.map(({ ratio }) => ratio / factor);
  return {
    factor: round(factor),
    low: round(Math.min(...ratios, more.open.low)),
    high: round(Math.max(...ratios, more.open.high)),
    rows: members.length,
    kind: 'measured',
    runtimes: [more.runtime],
    source: more.source,
    ...(members[0].isArchitecture ? { base: 'architecture' } : {}),
    ...(more.reach === undefined ? {} : { ofKinds: kindsBand(ratios, more.reach) }),
  };
}

/** Wide enough for nine tenths of the runs about their middle, and for boards that are not among them. */
function kindsBand(ratios: readonly number[], reach: number): Scale['ofKinds'] {
  return {
    kinds: measuredKinds.kinds,
    low: round(Math.min(Math.exp(-reach), quantile(ratios, 0.05))),
    high: round(Math.max(Math.exp(reach), quantile(ratios, 0.95))),
  };
}

function studies(members: readonly ScaleOfRow[]): string {
  return [...new Set(members.map(({ row }) => row.study))].join(', ');
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
