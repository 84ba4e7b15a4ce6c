import { pathOfCore, type Row } from './rows';
import { sweptBuild } from './sweeps';
import { quantile } from './variantFit';

/** Weight of a row that is inferred from another core, against 1 for one that was counted; less where models show enough. */
const inferredWeight = 0.3;
const confirmingWeight = 0.1;

/**
 * Swept rows for builds on which a variant was not swept: those of the Cortex-M4, scaled by the median ratio of the rows that both builds
 * have counted in models. They carry the shape of the loops, the counted rows the level. Only where both run the same source: the same
 * kernel path, or a library that has one path. Without a row in common nothing is borrowed, but between cores of one path and one
 * floating-point unit, whose ratio over all variants is then taken.
 */
export function borrowedRows(rows: readonly Row[]): readonly Row[] {
  const builds = [...new Set(rows.map((row) => row.build))].filter((build) => build !== sweptBuild);
  const tables = new Map(builds.concat(sweptBuild).map((build) => [build, byVariant(rows, build)]));
  const base = tables.get(sweptBuild) ?? new Map<string, readonly Row[]>();
  return builds.flatMap((build) => {
    const own = tables.get(build) ?? new Map<string, readonly Row[]>();
    const overall = overallRatio(base, own, build);
    return [...base].flatMap(([key, members]) => {
      const swept = members.filter((row) => row.swept);
      const counted = own.get(key) ?? [];
      if (swept.length === 0 || !borrows(key, build, counted)) return [];
      const ratio = medianRatio(members, counted) ?? overall;
      if (ratio === undefined) return [];
      const weight = enough(counted) ? confirmingWeight : inferredWeight;
      return swept.map((row) => ({ ...row, build, instructions: row.instructions * ratio, weight }));
    });
  });
}

/** Models that show a variant often enough for a fit of its own. */
const enoughModels = 5;

function enough(rows: readonly Row[]): boolean {
  return new Set(rows.map((row) => row.model)).size >= enoughModels;
}

/** Kernels that only move values: their cost does not depend on a floating-point unit. */
const moving = /concatenation|split|pack|slice|gather|transpose (?!conv)|space to|depth to|nearest|broadcast to|pad/;

function borrows(key: string, build: string, counted: readonly Row[]): boolean {
  if (counted.some((row) => row.swept)) return false;
  const alike = pathOf(build) === pathOf(sweptBuild) && build.endsWith('O2');
  if (alike) return true;
  if (key.startsWith('cmsis_nn') && pathOf(build) !== pathOf(sweptBuild)) return false;
  if (/f32|float/.test(key) && !moving.test(key) && !hasFloatUnit(build)) return false;
  return !enough(counted);
}

/** Without a floating-point unit arithmetic costs far more than the loops around it: their proportions are not those of the M4. */
function hasFloatUnit(build: string): boolean {
  return !build.startsWith('cortex-m3 ') && !build.startsWith('cortex-m0plus ');
}

function pathOf(build: string): string {
  return pathOfCore(build.split(' ')[0] ?? '');
}

function byVariant(rows: readonly Row[], build: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.build !== build) continue;
    const key = `${row.library}|${row.call.variant}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  return groups;
}

/** Median of own / base over the rows that both have; `undefined` where there is none. */
function medianRatio(base: readonly Row[], own: readonly Row[]): number | undefined {
  const known = new Map(base.filter((row) => !row.swept).map((row) => [keyOf(row), row.instructions]));
  const ratios = own
    .filter((row) => !row.swept)
    .flatMap((row) => {
      const other = known.get(keyOf(row));
      return other === undefined ? [] : [row.instructions / other];
    })
    .sort((a, b) => a - b);
  return ratios.length === 0 ? undefined : quantile(ratios, 0.5);
}

function overallRatio(
  base: ReadonlyMap<string, readonly Row[]>,
  own: ReadonlyMap<string, readonly Row[]>,
  build: string,
): number | undefined {
  if (pathOf(build) !== pathOf(sweptBuild) || !build.endsWith('O2')) return undefined;
  const ratios = [...base]
    .flatMap(([key, members]) => medianRatio(members, own.get(key) ?? []) ?? [])
    .sort((a, b) => a - b);
  return ratios.length === 0 ? undefined : quantile(ratios, 0.5);
}

function keyOf(row: Row): string {
  return `${row.model}|${String(row.operator)}`;
}
