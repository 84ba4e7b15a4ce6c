import { pathOfCore, type Row } from './rows';
import { nonNegativeLeastSquares } from './leastSquares';
import { quantile } from './statistics';
import { sweptBuild } from './sweeps';
import { evaluated, fitted } from './variantFit';

/**
 * What all borrowed rows of a variant weigh together, in counted rows: between cores of one path, and from anywhere
 * else.
 */
const borrowedWeight = { alike: 0.5, other: 0.03 };

/** Rows that stand in for shapes which a build was not swept on, given the rows that a fit may see. */
export type Borrow = (seen: readonly Row[]) => readonly Row[];

/** How much more than the base build a build takes: for what a call costs once, and for its loops. */
interface Scaling {
  readonly once: number;
  readonly loops: number;
}

/**
 * Swept rows for builds on which a variant was not swept: those of the Cortex-M4, their fixed part and their loops each
 * scaled to the rows that models show of both builds. They carry the shape of the loops, the counted rows the level.
 * Only where both builds compile the same source: the same kernel path, or a library that has one path. The scaling is
 * found from the rows that a fit may see, so that a model that is left out leaves no trace.
 */
export class Lender {
  readonly #base: ReadonlyMap<string, readonly Row[]>;
  readonly #fits = new Map<string, Readonly<Record<string, number>>>();
  readonly #overall = new Map<string, Scaling | undefined>();
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
    this.#base = byVariant(rows.filter((row) => row.build === sweptBuild));
  }

  /** What can be borrowed for a variant (`library|variant`) on a build. */
  borrow(build: string, key: string, own: readonly Row[]): Borrow {
    const base = this.#base.get(key) ?? [];
    const swept = base.filter((row) => row.swept);
    if (build === sweptBuild || swept.length === 0 || own.some((row) => row.swept)) return () => [];
    if (!sameSource(build, key)) return () => [];
    return (seen) => {
      const scaling = this.#scaling(key, seen) ?? this.#overallScaling(build, key);
      if (scaling === undefined) return [];
      const alike = pathOf(build) === pathOf(sweptBuild) && build.endsWith('O2');
      const weight = Math.sqrt((alike ? borrowedWeight.alike : borrowedWeight.other) / swept.length);
      return swept.map((row) => ({
        ...row,
        build,
        instructions: scaled(this.#partsOf(key, row), scaling),
        weight,
      }));
    };
  }

  /**
   * Variants that a build compiles from the same source and has no rows of at all. Not for the Cortex-M0+: what was
   * swept on both takes 1.1 to 3.7 times as much there (9 of 10 rows), on the others 0.9 to 1.2 times.
   */
  unseen(build: string, seen: ReadonlySet<string>): readonly string[] {
    if (build.startsWith('cortex-m0plus ') || !build.endsWith('O2')) return [];
    return [...this.#base.keys()].filter((key) => !seen.has(key) && sameSource(build, key));
  }

  #fitOf(key: string): Readonly<Record<string, number>> {
    const known = this.#fits.get(key) ?? fitted(this.#base.get(key) ?? []);
    this.#fits.set(key, known);
    return known;
  }

  #partsOf(key: string, row: Row): Scaling {
    const fit = this.#fitOf(key);
    const once = fit['call'] ?? 0;
    return { once, loops: evaluated(fit, row.call.counts) - once };
  }

  #scaling(key: string, seen: readonly Row[]): Scaling | undefined {
    const known = new Map((this.#base.get(key) ?? []).map((row) => [keyOf(row), row]));
    const pairs = seen.flatMap((row) => {
      const base = row.swept ? undefined : known.get(keyOf(row));
      return base === undefined ? [] : [{ row, parts: this.#partsOf(key, base) }];
    });
    if (pairs.length === 0) return undefined;
    const rows = pairs.map(({ row, parts: { once, loops } }) =>
      Float64Array.of(once / row.instructions, loops / row.instructions),
    );
    const ratio = quantile(
      pairs.map(({ row, parts }) => row.instructions / (parts.once + parts.loops)),
      0.5,
    );
    // The common ratio counts as one more row for each part: a part that no row shows keeps to it.
    for (const at of [0, 1]) rows.push(Float64Array.of(at === 0 ? 0.3 / ratio : 0, at === 1 ? 0.3 / ratio : 0));
    const target = new Float64Array(rows.length).fill(1);
    target.fill(0.3, pairs.length);
    const [once, loops] = nonNegativeLeastSquares(rows, target);
    return { once, loops };
  }

  /** The median ratio over the variants of a build; none where arithmetic costs far more than on the base build. */
  #overallScaling(build: string, key: string): Scaling | undefined {
    if (computesFloats(key) && !hasFloatUnit(build)) return undefined;
    const library = key.split('|')[0];
    const cached = `${build}|${library}`;
    if (this.#overall.has(cached)) return this.#overall.get(cached);
    const ratios = [...byVariant(this.#rows.filter((row) => row.build === build))].flatMap(([other, rows]) => {
      if (computesFloats(other) && !hasFloatUnit(build)) return [];
      const scaling = other.startsWith(library) ? this.#scaling(other, rows) : undefined;
      return scaling === undefined ? [] : [scaling];
    });
    const middle = (of: (scaling: Scaling) => number): number => quantile(ratios.map(of), 0.5);
    const overall =
      ratios.length === 0 ? undefined : { once: middle(({ once }) => once), loops: middle(({ loops }) => loops) };
    this.#overall.set(cached, overall);
    return overall;
  }
}

/**
 * Whether a build compiles the code of a variant from the same source: a library of one path, or reference kernels
 * within CMSIS-NN.
 */
function sameSource(build: string, key: string): boolean {
  return !key.startsWith('cmsis_nn') || key.includes(' reference ') || pathOf(build) === pathOf(sweptBuild);
}

function scaled(parts: Scaling, by: Scaling): number {
  return Math.max(1, parts.once * by.once + parts.loops * by.loops);
}

/** Kernels that only move values: their cost does not depend on a floating-point unit. */
const moving = /concatenation|split|pack|slice|gather|transpose (?!conv)|space to|depth to|nearest|broadcast to|pad/;

/** Whether a kernel variant computes with floating-point values. */
export function computesFloats(variant: string): boolean {
  return /f32|float/.test(variant) && !moving.test(variant);
}

function hasFloatUnit(build: string): boolean {
  return !build.startsWith('cortex-m3 ') && !build.startsWith('cortex-m0plus ');
}

function pathOf(build: string): string {
  return pathOfCore(build.split(' ')[0] ?? '');
}

function byVariant(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.library}|${row.call.variant}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  return groups;
}

function keyOf(row: Row): string {
  return `${row.model}|${String(row.operator)}`;
}
