/**
 * A table that is asked with names from files and peers: it has its own entries alone, so that `constructor` or
 * `__proto__` finds nothing.
 */
export function lookup<Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
