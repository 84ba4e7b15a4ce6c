/** A map of names whose values are made when they are first asked for: most of a long table is never looked at. */
export class LazyTable<T> implements ReadonlyMap<string, T> {
  readonly #made = new Map<string, T>();
  readonly #names: ReadonlySet<string>;
  readonly #make: (name: string) => T;

  constructor(names: Iterable<string>, make: (name: string) => T) {
    this.#names = new Set(names);
    this.#make = make;
  }

  get size(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  get(name: string): T | undefined {
    return this.#names.has(name) ? this.#valueOf(name) : undefined;
  }

  keys(): ReturnType<ReadonlySet<string>['keys']> {
    return this.#names.keys();
  }

  *values(): Generator<T, undefined> {
    for (const name of this.#names) yield this.#valueOf(name);
  }

  *entries(): Generator<[string, T], undefined> {
    for (const name of this.#names) yield [name, this.#valueOf(name)];
  }

  [Symbol.iterator](): Generator<[string, T], undefined> {
    return this.entries();
  }

  forEach(callback: (value: T, name: string, table: ReadonlyMap<string, T>) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }

  #valueOf(name: string): T {
    if (!this.#made.has(name)) this.#made.set(name, this.#make(name));
    return this.#made.get(name)!;
  }
}
