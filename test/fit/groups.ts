import type { Row } from './rows';

/** Share of a model's kernel calls that must also occur in another for both to be left out together. */
const alikeShare = 0.5;

/** Groups models that are near duplicates of one another: returns the name of the group of each model. */
export function modelGroups(rows: readonly Row[]): ReadonlyMap<string, string> {
  const calls = callsByModel(rows);
  const parent = new Map([...calls.keys()].map((name) => [name, name]));
  const find = (name: string): string => {
    const above = parent.get(name) ?? name;
    return above === name ? name : find(above);
  };
  const owners = new Map<string, string[]>();
  for (const [name, keys] of calls) for (const key of keys) owners.set(key, [...(owners.get(key) ?? []), name]);
  for (const [name, keys] of calls) {
    const common = new Map<string, number>();
    for (const key of keys) for (const other of owners.get(key) ?? []) common.set(other, (common.get(other) ?? 0) + 1);
    for (const [other, count] of common) {
      const size = Math.min(keys.size, calls.get(other)?.size ?? 0);
      if (other !== name && count >= alikeShare * size) parent.set(find(other), find(name));
    }
  }
  return new Map([...calls.keys()].map((name) => [name, find(name)]));
}

/** Kernel calls of each model as text; operators of fixed small work tell nothing and are left out. */
function callsByModel(rows: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  const calls = new Map<string, Set<string>>();
  for (const row of rows) {
    const keys = calls.get(row.model) ?? new Set<string>();
    calls.set(row.model, keys);
    if (row.instructions * 100 < row.total) continue;
    keys.add(`${row.call.variant} ${JSON.stringify(row.call.counts)}`);
  }
  return calls;
}
